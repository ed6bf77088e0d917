"""Reproducible annual reports of Independent Reviewing Officers."""
