"""Runs of slots that saw next to nothing of what they usually see: the counter failed, or nobody could come."""

import numpy as np

from forecast.series import Bools, Floats

RECENT_DAYS, WEEK = 56, 7
SILENT_SHARE, SILENT_USUAL, SILENT_SLOTS = 0.05, 20.0, 2
"""Adjoining slots that saw at most this share of the inquiries, at least so many, that they usually see."""


def silent_runs(came: Floats, usual: Floats) -> Bools:
    """The slots of silent runs, shape (day, slot); slots that usually see nothing end a run.

    Parameters
    ----------
    came, usual : inquiries that came and that usually come, shape (day, slot); ``usual`` is 0 where none were counted.
    """
    silent = (np.nan_to_num(came) <= SILENT_SHARE * usual) & (usual > 0)
    lost, length, found = np.zeros(len(came)), np.zeros(len(came)), np.zeros((*came.shape[:1], came.shape[1] + 1), bool)
    for slot in range(came.shape[1]):
        lost = np.where(silent[:, slot], lost + usual[:, slot], 0.0)
        length = np.where(silent[:, slot], length + 1, 0)
        found[:, slot] = (lost >= SILENT_USUAL) & (length >= SILENT_SLOTS)
    for slot in reversed(range(came.shape[1])):
        found[:, slot] |= found[:, slot + 1] & silent[:, slot]
    return found[:, :-1]


def counter_failed(counts: Floats, expected: Floats) -> Bools:
    """Slots of days under way that are silent beside others of the same day that are not, shape (day, slot).

    A day that is silent from its first hour on may as well be a closed one.
    """
    usual = np.where(np.isnan(counts), 0.0, expected)
    silent = silent_runs(counts, usual)
    heard = np.where(silent, 0.0, usual).sum(axis=1) >= SILENT_USUAL
    return np.asarray(silent & heard[:, None])


def silent_end(offered: Floats, shut: Bools) -> tuple[int, float] | None:
    """Where the zeros at the end of a history begin, and how many inquiries are usual in them.

    Parameters
    ----------
    offered : counts per day and slot, NaN where nothing is known.
    shut : days on which none are to be expected, such as holidays.

    Returns
    -------
    Number of the first slot of the run that usually sees any, and the sum over its slots of what the last weeks before
    it saw in them; None where it is too little to tell, and where the zeros last for longer than these weeks: so the
    queue is then.
    """
    slots, some = offered.shape[1], np.flatnonzero(np.nan_to_num(offered.ravel()) > 0)
    first = int(some[-1]) + 1 if len(some) else offered.size
    days, before = np.arange(first // slots, len(offered)), offered[: first // slots][-RECENT_DAYS:]
    if not len(before) or len(days) > RECENT_DAYS:
        return None
    usual = _by_weekday(before)[(days - first // slots + len(before)) % WEEK]
    zeros = ~np.isnan(offered[days]) & ~shut[days, None] & (days[:, None] * slots + np.arange(slots) >= first)
    lost = np.where(zeros, usual, 0.0).ravel()
    total = float(lost.sum())
    return (int(days[0]) * slots + int(np.argmax(lost > 0)), total) if total >= SILENT_USUAL else None


def _by_weekday(rows: Floats) -> Floats:
    """Mean of each slot on every seventh day, the first of ``rows`` first; 0 where none was counted."""
    own = [rows[day::WEEK] for day in range(WEEK)]
    counted = [np.maximum((~np.isnan(some)).sum(axis=0), 1) for some in own]
    return np.array([np.nansum(some, axis=0) / number for some, number in zip(own, counted, strict=True)])
