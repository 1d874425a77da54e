"""Runs of slots that saw next to nothing of what they usually see: the counter failed, or nobody could come."""

import numpy as np

from forecast.series import Bools, Floats

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
