"""Years and days in a row as spans, for sentences."""

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd


def year_spans(years: Iterable[int]) -> str:
    """Such as ``2027–2029, 2031``."""
    return _spans(years, str)


def day_spans(days: pd.DatetimeIndex) -> str:
    """Such as ``2026-11-09–2026-11-11, 2026-11-14``."""
    return _spans((day.toordinal() for day in days), lambda number: date.fromordinal(number).isoformat())


def _spans(numbers: Iterable[int], said: Callable[[int], str]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(said, run)) for run in runs)
