"""A sheet with a row a day and a column an hour, as rows of one hour each."""

import re

import pandas as pd

from planner.foreign.moments import iso_clock

HOUR, COUNT = "hour", "count"
_NUMBER = re.compile(r"(\d{1,4})(?:[:：]00|[时点h])?")
_FEWEST, _HOURS, _YEARS = 8, 24, 1900


def hours_across(frame: pd.DataFrame) -> list[str]:
    """The columns that are hours of the day, where so many are that the sheet is written across; none otherwise.

    Beside a column 25 or more, numbers are days of a month.
    """
    found = [title for title in frame.columns if _is_hour(title)]
    numbers = [int(own[1]) for title in frame.columns if (own := _NUMBER.fullmatch(title))]
    beyond = any(_HOURS < number < _YEARS for number in numbers)
    return found if len(found) >= _FEWEST and not beyond else []


def _is_hour(title: str) -> bool:
    """Whether the title is a clock, or one or two digits; four may be a year."""
    clock = iso_clock(title)
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", clock) is not None and not re.fullmatch(r"\d{3,}", title)


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
