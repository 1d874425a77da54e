"""Shrinkage from a log: the part of the people at work who take nothing while customers wait."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
HOUR_MIN = 60
SHIFT_GAP_MIN = 360
FEWEST_MINUTES = 60
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Share of the people at work who were not available, by hour of the day, shape (24,).

    Parameters
    ----------
    share, low, high : with 95 % limits; NaN where fewer than an hour of people's minutes were seen.
    minutes : people's minutes seen, at work while a customer waited for a whole minute.
    """

    share: FloatArray
    low: FloatArray
    high: FloatArray
    minutes: FloatArray


def shrinkage(contacts: pd.DataFrame, queue: str) -> Shrinkage:
    """Breaks, absence from the desk and the like, where they can be seen: while customers of ``queue`` wait.

    Whoever is available then holds at least one contact, so somebody between his first and last contact of a shift who
    holds none in a minute in which a customer waited throughout is not available. A shift is what no six hours without
    a contact part; who never came is not seen. People whose contacts are mostly of other queues don't count.

    Notes
    -----
    The limits take each person's hour as one observation, since his minutes hang together.
    """
    known = contacts[contacts["agent"].notna() & contacts["assigned"].notna() & contacts["closed"].notna()]
    own = contacts[contacts["queue"].eq(queue)]
    if known.empty or own.empty:
        return _rated(np.zeros((0, 3)))
    start = known["assigned"].min().floor("D")
    count = int(np.ceil((known["closed"].max() - start) / pd.Timedelta(minutes=1))) + 1
    busy = _waiting(own, start, count)
    hour = np.asarray((start + pd.to_timedelta(np.arange(count), unit="min")).hour)
    parts = []
    for _, mine in known.groupby("agent"):
        if mine["queue"].eq(queue).mean() > 0.5:
            held, there = _at_work(mine, start, count)
            seen = np.flatnonzero(there & busy)
            cells, place = np.unique(seen // HOUR_MIN, return_inverse=True)
            idle = np.bincount(place, ~held[seen], cells.size)
            first = cells * HOUR_MIN
            parts.append(np.column_stack([hour[first], idle, np.bincount(place, minlength=cells.size)]))
    return _rated(np.concatenate(parts) if parts else np.zeros((0, 3)))


def _minute(times: "pd.Series[pd.Timestamp]", start: pd.Timestamp) -> FloatArray:
    return np.asarray((times - start) / pd.Timedelta(minutes=1), dtype=np.float64)


def _covered(first: FloatArray, after: FloatArray, count: int) -> BoolArray:
    """Minutes from ``first`` until before ``after``, of any row."""
    low, high = first.astype(np.int64).clip(0, count), after.astype(np.int64).clip(0, count)
    fits = low < high
    changes = np.bincount(low[fits], minlength=count + 1) - np.bincount(high[fits], minlength=count + 1)
    return np.asarray(changes[:count].cumsum() > 0)


def _waiting(own: pd.DataFrame, start: pd.Timestamp, count: int) -> BoolArray:
    """Minutes throughout which somebody waited."""
    seen = own[own["assigned"].notna()]
    return _covered(np.ceil(_minute(seen["arrived"], start)), np.floor(_minute(seen["assigned"], start)), count)


def _at_work(mine: pd.DataFrame, start: pd.Timestamp, count: int) -> tuple[BoolArray, BoolArray]:
    """Minutes in which one person held a contact, and minutes between the first and last contact of his shifts."""
    begins, ends = _minute(mine["assigned"], start), _minute(mine["closed"], start)
    held = _covered(np.floor(begins), np.floor(ends) + 1.0, count)
    minutes = np.flatnonzero(held)
    cut = np.flatnonzero(np.diff(minutes) > SHIFT_GAP_MIN)
    first, last = minutes[np.append(0, cut + 1)], minutes[np.append(cut, minutes.size - 1)]
    return held, _covered(first.astype(np.float64), last + 1.0, count)


def _rated(cells: FloatArray) -> Shrinkage:
    """Ratio of idle to seen minutes by hour, from rows (hour, idle, seen), with limits between the rows."""
    hour, idle, seen = (cells[:, column] for column in range(3))
    place = hour.astype(np.int64)
    total, away = (np.bincount(place, values, 24) for values in (seen, idle))
    share = np.where(total >= FEWEST_MINUTES, away / np.maximum(total, 1.0), np.nan)
    square = np.bincount(place, (idle - np.nan_to_num(share)[place] * seen) ** 2, 24)
    spread = NORMAL_95 * np.sqrt(square) / np.maximum(total, 1.0)
    low, high = np.maximum(share - spread, 0.0), np.minimum(share + spread, 1.0)
    return Shrinkage(share, low, high, total.astype(np.float64))
