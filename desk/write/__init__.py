"""Writes a desk back: a folder of CSV, or a workbook; both load as the same desk."""

from desk.write.folder import write_folder
from desk.write.workbook import write_workbook

__all__ = ["write_folder", "write_workbook"]
