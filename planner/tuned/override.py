"""Changes of the forecast by hand: what one would do, which others it meets, and the desk with it or without it."""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from planner.desk_change import changed_desk

KINDS = ("multiply", "add", "set")
KEY = ["start", "end", "queue", "kind", "made_at"]


@dataclass(frozen=True, slots=True)
class Override:
    """A row of table ``overrides``; times are zone-aware, ``end`` is the first moment no longer changed."""

    queue: str
    start: pd.Timestamp
    end: pd.Timestamp
    kind: str
    value: float
    owner: str
    reason: str
    made_at: pd.Timestamp

    def row(self, like: pd.DataFrame) -> pd.DataFrame:
        """The override as a frame of the columns and types of ``like``."""
        return pd.DataFrame([asdict(self)])[list(like.columns)].astype(like.dtypes.to_dict())


def overlapping(overrides: pd.DataFrame, queue: str, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """The overrides of ``queue`` that touch the span, in the order in which they were made."""
    own = overrides[(overrides["queue"] == queue) & (overrides["start"] < end) & (overrides["end"] > start)]
    return own.sort_values("made_at", kind="stable")


def previewed(forecast: Forecast, before: pd.DataFrame, after: pd.DataFrame, queue: str) -> pd.DataFrame:
    """What the model expects of ``queue`` with the overrides of ``before``, and with those of ``after``.

    Parameters
    ----------
    before, after : tables ``overrides``.

    Returns
    -------
    start, model (without any), before, after: mean inquiries per interval.
    """
    from forecast.override import applied
    from forecast.review import modelled

    mean = modelled(forecast, queue)[None]
    found = {"start": forecast.starts, "model": mean[0]}
    for name, table in (("before", before), ("after", after)):
        own = table[table["queue"] == queue].sort_values("made_at", kind="stable")
        found[name] = np.asarray(applied(own, forecast.starts, mean)[0])
    return pd.DataFrame(found)


def with_override(desk: Desk, override: Override) -> Desk:
    """The desk with one override more.

    Raises
    ------
    InputError : a file with it would be refused.
    """
    table = desk.table("overrides")
    row = override.row(table)
    return changed_desk(desk, {"overrides": pd.concat([table, row], ignore_index=True) if len(table) else row})


def without_override(desk: Desk, key: tuple[object, ...]) -> Desk:
    """The desk without the override of this ``KEY``; as it was where there is none."""
    table = desk.table("overrides")
    same = np.logical_and.reduce([table[name] == value for name, value in zip(KEY, key, strict=True)])
    return changed_desk(desk, {"overrides": table[~np.asarray(same, dtype=bool)].reset_index(drop=True)})
