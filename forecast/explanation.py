"""Why a forecast is what it is: factors that multiply back to the mean, and the earlier promotions behind a lift."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.linalg import cho_solve

from forecast.lifted import day_lifts, promotion_part
from forecast.queue import QueueModel
from forecast.series import Floats, Ints

FACTORS = ("calendar", "promotion", "drivers", "overrides")
ANALOGUES = ("phase", "promotion", "start", "days", "lift", "weight", "factor")
DAY = pd.Timedelta(days=1)


def factors_of(explanation: pd.DataFrame) -> pd.DataFrame:
    """The parts of the mean of all the rows of one queue together.

    Parameters
    ----------
    explanation : rows of ``Forecast.explanation``: level and factors per interval.

    Returns
    -------
    One row per part, in the order in which they are applied: ``part``, ``factor`` (inquiries for ``level``), and
    ``inquiries``, the total once it is applied. The product of the factors is the last total, the mean.

    Notes
    -----
    Over several intervals the factor of a part is the total with it over the total without it, the parts before it
    applied: a mean of the intervals' factors, each weighed by what it multiplies.
    """
    running = explanation["level"].to_numpy(dtype=np.float64)
    totals = [float(running.sum())]
    for name in FACTORS:
        running = running * explanation[name].to_numpy(dtype=np.float64)
        totals.append(float(running.sum()))
    steps = [totals[0]] + [after / before if before > 0 else 1.0 for before, after in pairwise(totals)]
    return pd.DataFrame({"part": ["level", *FACTORS], "factor": steps, "inquiries": totals})


def analogues_of(model: QueueModel, days: Ints, weight: Floats) -> pd.DataFrame:
    """The earlier phases from which the lift of ``days`` is learned.

    Parameters
    ----------
    days : numbers since the history's first day. weight : of each day, such as what it expects.

    Returns
    -------
    One row per earlier phase, the weightiest first: ``phase, promotion``, ``start`` (naive midnight), ``days`` counted
    in it, its own ``lift`` (geometric mean over them, of what came over what was usual), its ``weight`` in the
    forecast and the ``factor`` that it adds. Last, without a name, what shrinkage and ordinary days leave. The factors
    multiply to the lift of the days, before the bend within the day.

    Notes
    -----
    The log lift is linear in the observed log levels z: w'z with w = k (K + R)^-1, k the covariance of the promotions'
    part. A phase's weight is the sum of w over its days, its factor exp(sum of w (z - usual)) over them
    and those after it.

    Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 2.6 (weight functions).
    """
    learned = _learned(model, days, weight / max(float(weight.sum()), 1e-12))
    rows = [row for index in _past_phases(model) if (row := _analogue(model, index, learned))]
    frame = pd.DataFrame(rows, columns=list(ANALOGUES)).sort_values("weight", ascending=False, kind="stable")
    rest = learned.total - float(np.log(frame["factor"].to_numpy(dtype=np.float64)).sum())
    last = {"phase": "", "promotion": "", "days": 0, "weight": 0.0, "factor": float(np.exp(rest))}
    return pd.concat([frame, pd.DataFrame([last])], ignore_index=True) if len(frame) else frame


@dataclass(frozen=True, slots=True)
class _Learned:
    """Per observed day its weight in a log lift, its own log lift, the phase it belongs to (-1: none); and the lift."""

    weight: Floats
    lift: Floats
    phase: Ints
    total: float


def _learned(model: QueueModel, days: Ints, weight: Floats) -> _Learned:
    level, known = model.level, model.setting.table.take(model.level.observed.days)
    ahead = weight @ promotion_part(model, model.setting.table.take(days), known)
    weights = cho_solve((level.solved.factor, True), ahead)
    lift = day_lifts(model)
    strength = known.events.strength
    owner = np.where(strength.max(axis=0, initial=0.0) > 0, strength.argmax(axis=0), -1) if len(strength) else None
    phase = np.full(len(lift), -1) if owner is None else owner
    return _Learned(weights, lift, phase, float(ahead @ level.solved.alpha))


def _past_phases(model: QueueModel) -> Iterator[int]:
    past = len(model.setting.past)
    for index, phase in enumerate(model.setting.phases):
        if phase.start_d < past and phase.end_d > 0:
            yield index


def _analogue(model: QueueModel, index: int, learned: _Learned) -> dict[str, object]:
    """The row of one earlier phase; empty where none of its days was counted."""
    phase, number = model.setting.phases[index], model.level.observed.days
    own = learned.phase == index
    inside = own & (number >= np.floor(phase.start_d)) & (number < np.ceil(phase.end_d))
    if not inside.any():
        return {}
    start = model.setting.series.first + int(np.floor(phase.start_d)) * DAY
    factor = float(np.exp(learned.weight[own] @ learned.lift[own]))
    row = {"phase": phase.name, "promotion": phase.promotion, "start": start, "days": int(inside.sum())}
    lift = float(np.exp(learned.lift[inside].mean()))
    return row | {"lift": lift, "weight": float(learned.weight[inside].sum()), "factor": factor}
