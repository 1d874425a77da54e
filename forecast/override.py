"""Changes by hand, applied after the model and kept apart from it."""

import numpy as np
import pandas as pd

from desk import Desk
from forecast.series import Floats

LEAST_MEAN = 1e-3
"""Where the model expects nothing and a hand sets something, the model counts as this, so that a factor exists."""


def apply_overrides(desk: Desk, queue: str, starts: pd.DatetimeIndex, rates: Floats) -> tuple[Floats, Floats]:
    """Apply the desk's overrides of ``queue`` in the order in which they were made.

    Parameters
    ----------
    starts : zone-aware interval starts.
    rates : inquiries per path and interval, shape (path, interval).

    Returns
    -------
    rates, factors : the changed rates, and per interval the mean after over the mean before.

    Notes
    -----
    ``multiply`` scales, ``add`` shifts (never below 0), ``set`` moves the mean and keeps the relative spread.
    """
    changed = applied(overrides_of(desk, queue), starts, rates)
    return changed, override_factors(rates, changed)


def overrides_of(desk: Desk, queue: str) -> pd.DataFrame:
    """The overrides of ``queue`` in the order in which they were made."""
    table = desk.table("overrides")
    return table[table["queue"] == queue].sort_values("made_at", kind="stable")


def applied(overrides: pd.DataFrame, starts: pd.DatetimeIndex, rates: Floats) -> Floats:
    """``rates`` changed by the rows of ``overrides``, one after the other."""
    changed = rates
    rows = zip(overrides["start"], overrides["end"], overrides["kind"], overrides["value"], strict=True)
    for start, end, kind, value in rows:
        inside = np.asarray((starts >= start) & (starts < end))
        if inside.any():
            changed = changed.copy()
            changed[:, inside] = _changed(changed[:, inside], str(kind), float(value))
    return changed


def _changed(rates: Floats, kind: str, value: float) -> Floats:
    if kind == "multiply":
        return rates * max(value, 0.0)
    if kind == "add":
        return np.maximum(rates + value, 0.0)
    mean = rates.mean(axis=0)
    relative = np.where(mean > 0, rates / np.where(mean > 0, mean, 1.0), 1.0)
    return np.asarray(relative * max(value, 0.0))


def override_factors(before: Floats, after: Floats) -> Floats:
    """Mean after over mean before; 1 where both are 0."""
    old, new = before.mean(axis=0), after.mean(axis=0)
    return np.where((old == 0) & (new == 0), 1.0, new / np.maximum(old, LEAST_MEAN))
