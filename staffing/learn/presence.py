"""Shrinkage from a log: the part of the people at work who take nothing while customers wait."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
HOUR_MIN = 60
SHIFT_GAP_MIN = 360
FEWEST_MINUTES = 60
BREAK_SEEN = 0.5
SHORTEST_MIN = 2
"""Minutes without a contact that are seen as being away; less is the work between two contacts."""
NORMAL_95 = 1.959964
RARE = 0.05


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Share of the people at work who were not available, by hour of the day, shape (24,).

    Parameters
    ----------
    share, low, high : with 95 % limits; NaN where fewer than an hour of people's minutes were seen.
    minutes : people's minutes at work.
    """

    share: FloatArray
    low: FloatArray
    high: FloatArray
    minutes: FloatArray


def shrinkage(contacts: pd.DataFrame, queue: str, break_min: float = math.nan) -> Shrinkage:
    """Breaks, absence from the desk and the like, where they can be seen: while customers of ``queue`` wait.

    Whoever is available then holds at least one contact, so somebody between his first and last contact of a shift who
    holds none in a minute in which a customer waited throughout is not available, and is taken to be so for the whole
    spell without a contact, of two minutes or more. Spells in which nobody waited tell nothing, and count as available:
    to count them out would look at people only when one is short of them. A shift is what no six hours without a
    contact part; who never came is not seen. People whose contacts are mostly of other queues don't count.

    Parameters
    ----------
    break_min : length of the shortest rostered break, min; NaN where there are none. The spell without a contact, at
        least half as long, in which customers waited longest in a shift is taken for its break and left out: breaks
        are rostered, and would else count twice.

    Notes
    -----
    The limits take each person's hour as one observation, since his minutes hang together.
    """
    known = contacts[contacts["agent"].notna() & contacts["assigned"].notna() & contacts["closed"].notna()]
    own = contacts[contacts["queue"].eq(queue)]
    if known.empty or own.empty:
        return _rated(np.zeros((0, 4)))
    start = known["assigned"].min().floor("D")
    count = int(np.ceil((known["closed"].max() - start) / pd.Timedelta(minutes=1))) + 1
    busy = _waiting(own, start, count)
    hour = np.asarray((start + pd.to_timedelta(np.arange(count), unit="min")).hour)
    parts = []
    for _, mine in known.groupby("agent"):
        if mine["queue"].eq(queue).mean() > 0.5:
            held, there = _at_work(mine, start, count)
            there &= ~_breaks(held, there, busy, BREAK_SEEN * break_min)
            seen = np.flatnonzero(there)
            cells, place = np.unique(seen // HOUR_MIN, return_inverse=True)
            marks = (_away(held, there, busy)[seen], np.ones(seen.size), busy[seen])
            parts.append(np.column_stack([hour[cells * HOUR_MIN], *(np.bincount(place, mark) for mark in marks)]))
    return _rated(np.concatenate(parts) if parts else np.zeros((0, 4)))


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
    until = own["assigned"].fillna(own["closed"])
    seen = until.notna()
    return _covered(np.ceil(_minute(own["arrived"][seen], start)), np.floor(_minute(until[seen], start)), count)


def _at_work(mine: pd.DataFrame, start: pd.Timestamp, count: int) -> tuple[BoolArray, BoolArray]:
    """Minutes in whose middle one person held a contact, or held none only just, and minutes between the first and last
    contact of his shifts."""
    begins, ends = _minute(mine["assigned"], start), _minute(mine["closed"], start)
    held = _covered(np.ceil(begins - 0.5), np.ceil(ends - 0.5), count)
    minutes = np.flatnonzero(held | _covered(np.floor(begins), np.floor(begins) + 1.0, count))
    cut = np.flatnonzero(np.diff(minutes) > SHIFT_GAP_MIN)
    first, last = minutes[np.append(0, cut + 1)], minutes[np.append(cut, minutes.size - 1)]
    there = _covered(first.astype(np.float64), last + 1.0, count)
    for idle, after in _spells(there & ~held):
        held[idle:after] = after - idle < SHORTEST_MIN
    return held, there


def _spells(minutes: BoolArray) -> list[tuple[int, int]]:
    """First minute of each unbroken run of the minutes marked, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], minutes, [False]]).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _breaks(held: BoolArray, there: BoolArray, busy: BoolArray, least_min: float) -> BoolArray:
    """Minutes of one person's breaks: in each shift, of the idle spells of at least so many minutes, that in which
    customers waited longest."""
    found = np.zeros(held.size, dtype=np.bool_)
    waiting, shift = np.append(0, busy.cumsum()), np.cumsum(np.diff(np.append(False, there).astype(np.int8)) > 0)
    longest: dict[int, tuple[int, int, int]] = {}
    for first, after in _spells(there & ~held):
        waited = int(waiting[after] - waiting[first])
        if after - first >= least_min and waited > longest.get(int(shift[first]), (0, 0, 0))[0]:
            longest[int(shift[first])] = (waited, int(first), int(after))
    for _, first, after in longest.values():
        found[first:after] = True
    return found


def _away(held: BoolArray, there: BoolArray, busy: BoolArray) -> BoolArray:
    """Minutes of one person's spells without a contact in which somebody waited for a minute."""
    found = np.zeros(held.size, dtype=np.bool_)
    for first, after in _spells(there & ~held):
        found[first:after] = busy[first:after].any()
    return found


def _rated(cells: FloatArray) -> Shrinkage:
    """Ratio of minutes away to all by hour, from rows (hour, away, all, with somebody waiting), with limits between the
    rows; none for an hour in which too little was seen of waiting.

    The upper limit is at least that of a share of which as many rows showed nothing.
    """
    hour, idle, seen, waited = (cells[:, column] for column in range(4))
    place = hour.astype(np.int64)
    total, away, told = (np.bincount(place, values, 24) for values in (seen, idle, waited))
    share = np.where(told >= FEWEST_MINUTES, away / np.maximum(total, 1.0), np.nan)
    square = np.bincount(place, (idle - np.nan_to_num(share)[place] * seen) ** 2, 24)
    spread = NORMAL_95 * np.sqrt(square) / np.maximum(total, 1.0)
    unseen = 1.0 - RARE ** (1.0 / np.maximum(np.bincount(place, minlength=24), 1.0))
    low, high = np.maximum(share - spread, 0.0), np.minimum(np.maximum(share + spread, unseen), 1.0)
    return Shrinkage(share, low, high, total.astype(np.float64))
