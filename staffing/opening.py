"""Who comes while nobody is there: how long until somebody is, and whom he finds waiting then."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.survival import Survival

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NEVER = -1


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of those who come in each interval.

    Parameters
    ----------
    meets : the interval whose people they meet: their own where somebody is there, else the next with somebody; -1:
        nobody comes any more.
    until : the share still there when somebody comes, the mean wait until then or until leaving (s), and the seconds
        until then; of who comes at the interval's beginning, then in the middle of each of its steps; shape (interval,
        1 + step, 3).
    clears : part of each step in which whoever is there still opens what customers have left who are gone; shape
        (interval, step).
    """

    meets: IntArray
    until: FloatArray
    clears: FloatArray


def ahead(manned: BoolArray, steps: int, interval_s: float, law: Survival, gone_s: FloatArray | None = None) -> Ahead:
    """What lies ahead where ``manned`` says in which intervals somebody is there, each cut into ``steps``.

    Parameters
    ----------
    gone_s : seconds that the people of each opening take for what was left before it, see `clearing_s`; None: no time.
    """
    served_s = _served_s(manned, interval_s, np.zeros(len(manned)) if gone_s is None else gone_s)
    edges_s = interval_s * (np.arange(len(manned))[:, np.newaxis] + np.arange(steps + 1) / steps)
    wait_s = np.maximum(served_s[:, np.newaxis] - edges_s, 0.0)
    waits_s = np.concatenate([wait_s[:, :1], _mean_s(wait_s, interval_s / steps)], axis=1)
    clears = np.where(manned[:, np.newaxis], np.minimum(wait_s[:, :-1] * steps / interval_s, 1.0), 0.0)
    meets = np.maximum(np.arange(len(manned)), (served_s / interval_s).astype(np.int64))
    meets = np.where(meets < len(manned), meets, NEVER)
    return Ahead(meets, np.stack([law.stay(waits_s), law.waited_s(waits_s), waits_s], axis=2), clears)


def clearing_s(
    before: Ahead, manned: BoolArray, arriving: FloatArray, silent_s: float, slots: FloatArray, interval_s: float
) -> FloatArray:
    """Seconds that the people of each opening take for the contacts of those who left without a word before it.

    Parameters
    ----------
    before : what lies ahead where these take no time.
    arriving : customers in each step, shape (interval, step).
    silent_s : seconds that a slot is taken by one who left before the opening: those who speak take none.
    slots : contacts at once that whoever is there takes, by interval.
    """
    left = np.where(manned[:, np.newaxis], 0.0, arriving * (1.0 - before.until[:, 1:, 0])).sum(axis=1)
    found, waiting_s, opens = np.zeros(len(manned)), 0.0, 0
    for index, here in enumerate(manned.tolist()):
        if not here:
            waiting_s += silent_s * left[index]
            continue
        if index == 0 or not manned[index - 1]:
            opens = index
        taken_s = min(waiting_s / slots[index], interval_s)
        waiting_s -= taken_s * slots[index]
        found[opens] += taken_s
    return found


def _mean_s(wait_s: FloatArray, step_s: float) -> FloatArray:
    """Mean of waits that fall to nothing within a step, or last through it, by those at the steps' edges."""
    first, last = wait_s[:, :-1], wait_s[:, 1:]
    return np.asarray(np.where(last > 0.0, 0.5 * (first + last), 0.5 * first * np.minimum(first / step_s, 1.0)))


def _served_s(manned: BoolArray, interval_s: float, gone_s: FloatArray) -> FloatArray:
    """When those are served at the earliest who come in each interval, s from the start; at the end where never."""
    count = len(manned)
    opens = np.minimum.accumulate(np.where(manned, np.arange(count), count)[::-1])[::-1]
    own_s = opens * interval_s + np.append(gone_s, 0.0)[opens]
    return np.asarray(np.where(manned, np.maximum.accumulate(np.where(manned, own_s, 0.0)), own_s))
