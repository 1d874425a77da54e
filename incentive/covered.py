"""The time of which a duty plan, or several of a month, say who was to be there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk
from desk.grid import at_clock, epoch_s, local_midnights
from incentive.log import Flags, Ints

_DAY_MIN = 1440
_DAY = pd.Timedelta(days=1)
Spans = tuple[tuple[float, float], ...]
"""First and one-after-last second, since 1970 UTC, of each plan; days between two plans are in none."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a plan speaks of.

    Parameters
    ----------
    on_duty : from its first shift to the end of its last one.
    planned : the same, to the midnight after its last day: who works then off the plan works beyond their shift. What
        comes before its first shift may be the end of a night that another plan holds.
    days : from the midnight before its first day to that after its last.
    """

    on_duty: Spans
    planned: Spans
    days: Spans


def covered(desk: Desk, duty: pd.DataFrame | None, service: pd.DataFrame | None) -> Covered:
    """What ``duty`` speaks of; days that ``service`` has not, between others that it has, part two plans."""
    on_duty, planned, whole = list[tuple[float, float]](), list[tuple[float, float]](), list[tuple[float, float]]()
    for dates, starts in _plans(desk, duty, service):
        begin, end = float(starts.min()), float(starts.max()) + 60 * desk.settings.interval_min
        days = (_midnight_s(desk, dates.min(), 0), _midnight_s(desk, dates.max(), _DAY_MIN))
        on_duty.append((begin, end))
        planned.append((begin, max(end, days[1])))
        whole.append(days)
    return Covered(tuple(on_duty), tuple(planned), tuple(whole))


def within(start_s: Ints, spans: Spans) -> Flags:
    """Which moments lie in one of the spans."""
    found = np.zeros(len(start_s), dtype=bool)
    for begin, end in spans:
        found |= (start_s >= begin) & (start_s < end)
    return found


def _plans(
    desk: Desk, duty: pd.DataFrame | None, service: pd.DataFrame | None
) -> Iterator[tuple["pd.Series[pd.Timestamp]", "np.ndarray[tuple[int], np.dtype[np.float64]]"]]:
    """Dates and starts, s, of the rows of each plan, that of the eve of its first day among them."""
    if duty is None or duty.empty:
        return
    dates = duty["date"].fillna(local_midnights(duty["start"]))
    number = np.searchsorted(_begins(desk, service), dates.to_numpy(dtype="datetime64[ns]"), side="right")
    starts = epoch_s(pd.DatetimeIndex(duty["start"]))
    for own in np.unique(number):
        yield dates[number == own], starts[number == own]


def _begins(desk: Desk, service: pd.DataFrame | None) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    """The eve of each plan but the first."""
    if service is None or service.empty:
        return np.array([], dtype="datetime64[ns]")
    known = local_midnights(service["start"].dt.tz_convert(desk.settings.timezone)).unique()
    days = pd.DatetimeIndex(known).sort_values()
    later = 1 + np.flatnonzero(days[1:] - days[:-1] > _DAY)
    return np.asarray(days[later] - _DAY, dtype="datetime64[ns]")


def _midnight_s(desk: Desk, day: pd.Timestamp, minute: int) -> float:
    return float(at_clock(day, minute, desk.settings.timezone).timestamp())
