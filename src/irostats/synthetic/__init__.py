"""Made-up returns calibrated to published totals: the sample data under ``data/``.

Nothing here is about a real child. Each authority's totals equal what the council and the
Department for Education published; every row is drawn by a seeded generator.
"""
