"""The postcode directory: where a postcode lies, and under which authority.

A user gives the Office for National Statistics' directory once; only what placements need is kept.
"""

from irostats.postcodes.directory import FILE, Directory, open_directory
from irostats.postcodes.importing import Added, add

__all__ = ["FILE", "Added", "Directory", "add", "open_directory"]
