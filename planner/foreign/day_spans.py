"""Rows that tell of several days, as one row a day."""

import re
from datetime import date, timedelta

import pandas as pd

UNTIL = "until"
"""Not a column of ours: the last day, where another system has leave as a span."""
_MOST_DAYS = 366
_MIDNIGHT = re.compile(r" 00:00(?::00(?:\.0+)?)?$")
"""What a spreadsheet writes behind a day that it took for a moment."""


def by_day(own: pd.DataFrame) -> pd.DataFrame:
    """Leave from ``date`` until ``until``, both of them days of leave, as one row a day; without a last day it is one.

    The index still says the row that a spreadsheet shows. What is no span stays in one cell, for the reader to refuse.
    """
    if UNTIL not in own or "date" not in own:
        return own.drop(columns=UNTIL, errors="ignore")
    spans = zip(own["date"], own[UNTIL], strict=True)
    days = pd.Series([_days(first, last) for first, last in spans], index=own.index, dtype="object")
    return own.drop(columns=UNTIL).assign(date=days).explode("date")


def _days(first: str, last: str) -> list[str]:
    if not last:
        return [first]
    try:
        begin, end = (date.fromisoformat(_MIDNIGHT.sub("", cell)) for cell in (first, last))
    except ValueError:
        return [f"{first} – {last}"]
    count = (end - begin).days + 1
    if not 0 < count <= _MOST_DAYS:
        return [f"{first} – {last}"]
    return [(begin + timedelta(days=day)).isoformat() for day in range(count)]
