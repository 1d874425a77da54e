"""Reads a desk from a folder of CSV or a workbook, checks everything, and tells all that is wrong at once."""

from desk.load.changed import changed_settings
from desk.load.recipe import load_desk, load_desk_again
from desk.load.single import judge_table, load_table, titles_of
from desk.load.source import is_in_store
from desk.load.times import moment_of

__all__ = [
    "changed_settings",
    "is_in_store",
    "judge_table",
    "load_desk",
    "load_desk_again",
    "load_table",
    "moment_of",
    "titles_of",
]
