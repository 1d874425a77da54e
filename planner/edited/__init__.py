"""A plan's workbook that somebody edited: read back, compared, judged, and taken as the plan where it is accepted."""

from planner.edited.accept import edited_plan
from planner.edited.differ import Differences, changes, compared
from planner.edited.sheet import Edited, read_edited
from planner.edited.stored import BookEdits, accept_into_store, book_edits

__all__ = [
    "BookEdits",
    "Differences",
    "Edited",
    "accept_into_store",
    "book_edits",
    "changes",
    "compared",
    "edited_plan",
    "read_edited",
]
