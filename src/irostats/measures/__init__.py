"""The measures: one module a section, Records to Figures, and nothing else."""
