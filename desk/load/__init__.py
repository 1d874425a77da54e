"""Reads a desk from a folder of CSV or a workbook, checks everything, and tells all that is wrong at once."""

from desk.load.changed import changed_settings
from desk.load.recipe import load_desk
from desk.load.single import load_table

__all__ = ["changed_settings", "load_desk", "load_table"]
