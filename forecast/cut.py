"""Ways to split what a back-test judged."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk

Groups = npt.NDArray[np.object_]
Cut = Callable[[pd.DataFrame, Desk], Groups]
"""Rows with ``origin`` and ``start`` -> the group of each."""


def phase(rows: pd.DataFrame, desk: Desk) -> Groups:
    """Phase of a promotion that is running; empty on ordinary days."""
    return _running(rows, desk, "phase")


def event(rows: pd.DataFrame, desk: Desk) -> Groups:
    """Promotion that is running; empty on ordinary days."""
    return _running(rows, desk, "promotion")


def hour(rows: pd.DataFrame, desk: Desk) -> Groups:
    """Hour of the wall clock, 0-23."""
    return np.asarray(pd.DatetimeIndex(rows["start"]).hour, dtype=object)


def ahead(rows: pd.DataFrame, desk: Desk) -> Groups:
    """Day since the origin, 1 the first."""
    days = pd.DatetimeIndex(rows["start"]).tz_localize(None).normalize() - pd.DatetimeIndex(rows["origin"])
    return np.asarray(days.days + 1, dtype=object)


CUTS: Mapping[str, Cut] = {"phase": phase, "event": event, "hour": hour, "ahead": ahead}


def cut_of(rows: pd.DataFrame, desk: Desk, name: str) -> Groups:
    """The group of each row in the cut ``name``."""
    return CUTS[name](rows, desk)


def _running(rows: pd.DataFrame, desk: Desk, column: str) -> Groups:
    """``column`` of the phase that is running at each start, the one that began last where several are."""
    found = np.full(len(rows), "", dtype=object)
    table = desk.table("promotions").sort_values("start", kind="stable")
    for start, end, name in zip(table["start"], table["end"], table[column], strict=True):
        found[np.asarray((rows["start"] >= start) & (rows["start"] < end))] = str(name)
    return found
