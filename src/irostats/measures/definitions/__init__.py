"""What each section measures: registry entries and the sums among them, one module a section."""
