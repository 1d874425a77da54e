"""On what scale phases are stated: intensities are relative to the usual one of their kind."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk, Finding
from forecast.series import Bools, Floats

LEAST_USUAL, MOST_USUAL = 0.5, 3.0
"""Where the earlier phases of a kind lie within these, 1 is taken to be the usual one, as the table has it."""
FAR = 4.0
"""So many times as strong, or as weak, as all earlier ones is told."""


def usual_intensities(desk: Desk) -> Mapping[str, float]:
    """What counts as intensity 1 of each kind of phase: 1, or the median where the earlier ones are on another scale.

    A kind without earlier phases is on the scale of all others; where there are none, on its own.
    """
    table = _positive(desk)
    names, values, past = table["phase"], table["intensity"], _past(desk, table)
    found = {}
    for name in names.unique():
        own = np.asarray(names == name)
        among = next(some for some in (own & past, past, own) if some.any())
        usual = float(np.median(values[among]))
        found[str(name)] = 1.0 if LEAST_USUAL <= usual <= MOST_USUAL else usual
    return found


def told_of_intensities(desk: Desk) -> Iterator[Finding]:
    """Kinds of phase whose intensities are on another scale, and phases to come far beyond all earlier ones."""
    table, units = _positive(desk), usual_intensities(desk)
    scaled = {name: unit for name, unit in sorted(units.items()) if unit != 1}
    if scaled:
        facts = {"usual": " – ".join(f"{unit:g}" for unit in sorted({min(scaled.values()), max(scaled.values())}))}
        named = ", ".join(scaled)
        yield Finding("intensity_scaled", "note", "promotions", column="intensity", value=named, facts=facts)
    relative, past = table["intensity"] / table["phase"].map(units).astype(float), _past(desk, table)
    for row in np.flatnonzero(~past):
        own = past & np.asarray(table["phase"] == table["phase"].iloc[row])
        yield from _far(table.iloc[row], float(relative.iloc[row]), relative[own if own.any() else past].to_numpy())


def _far(phase: "pd.Series[Any]", coming: float, earlier: Floats) -> Iterator[Finding]:
    known = earlier if len(earlier) else np.ones(1)
    if known.min() / FAR <= coming <= known.max() * FAR:
        return
    facts = {"promotion": str(phase["promotion"]), "intensity": f"{phase['intensity']:g}"}
    facts["times"] = f"{coming / float(np.median(known)):,.3g}"
    yield Finding("intensity_far", "warning", "promotions", column="intensity", value=str(phase["phase"]), facts=facts)


def _positive(desk: Desk) -> pd.DataFrame:
    """The phases that were not called off; an intensity that is not stated is 1."""
    table = desk.table("promotions")
    stated = table.assign(intensity=table["intensity"].fillna(1.0).astype(np.float64))
    return stated[stated["intensity"] > 0]


def _past(desk: Desk, table: pd.DataFrame) -> Bools:
    """Which phases began before the desk's horizon."""
    return np.asarray(table["start"].dt.tz_localize(None) < pd.Timestamp(desk.settings.horizon.start))
