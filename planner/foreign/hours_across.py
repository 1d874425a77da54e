"""A sheet with a row a day and a column an hour, as rows of one hour each."""

import re

import pandas as pd

HOUR, COUNT = "hour", "count"
_TITLE = re.compile(r"^(\d{1,2})\s*(?:[:：]\d{2}|时|点|h)?(?:\s*[-~–至到].*)?$")
_FEWEST, _HOURS = 8, 24


def hours_across(frame: pd.DataFrame) -> list[str]:
    """The columns that are hours of the day, where so many are that the sheet is written across; none otherwise."""
    found = [title for title in frame.columns if (own := _TITLE.match(title)) and int(own[1]) < _HOURS]
    return found if len(found) >= _FEWEST else []


def unfolded(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with their hours one below the other, as columns ``hour`` and ``count``; as they are where none are
    across. The index still says the row that a spreadsheet shows.
    """
    hours = hours_across(frame)
    if not hours:
        return frame
    kept = [title for title in frame.columns if title not in hours]
    long = frame.melt(id_vars=kept, value_vars=hours, var_name=HOUR, value_name=COUNT, ignore_index=False)
    return long.sort_index(kind="stable").astype("str")
