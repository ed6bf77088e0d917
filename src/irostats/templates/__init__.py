"""What ``irostats new`` puts into an authority's and a year's folder, for people to fill in."""

from irostats.templates.folder import Started, start

__all__ = ["Started", "start"]
