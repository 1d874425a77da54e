"""A plan's workbook that somebody edited: read back, compared, judged, and taken as the plan where it is accepted. For
a plan of the store :mod:`planner.edited.stored` does it."""

from planner.edited.accept import edited_plan, valued
from planner.edited.differ import Differences, changes, compared
from planner.edited.sheet import Edited, read_edited

__all__ = ["Differences", "Edited", "changes", "compared", "edited_plan", "read_edited", "valued"]
