"""How strong each part of the day level is for one queue: chosen by its own past origins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.covariance import Scales
from forecast.daylevel import Observed, Solved, roll, solve
from forecast.series import Floats

MENU: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("level", (0.5, 2.0)),
    ("swing", (0.5, 2.0)),
    ("event", (0.5, 2.0)),
    ("event_own", (0.5, 2.0)),
    ("year", (3.0,)),
    ("month", (0.5, 2.0)),
    ("weekday", (0.5, 2.0)),
    ("holiday", (2.0,)),
    ("noise", (2.0,)),
    ("event", (0.5, 2.0)),
)
"""Parts tried in this order, with the factors tried on their default scales."""
PENALTY = 0.01
"""Log error that leaving a default by a factor of two must gain."""
WEEKS = 52
AHEAD_DAYS = 7
FEWEST_DAYS = 56
"""An origin needs eight weeks before it."""
FEWEST_ORIGINS = 8
OUTLIER = 4.0
"""One week counts at most this many times the median week."""


@dataclass(frozen=True, slots=True)
class Past:
    """Counts and expectations that past origins are judged by, on the observed days."""

    counts: Floats
    expected: Floats


def weekly_origins(last_day: int, weeks: int, fewest_days: int = FEWEST_DAYS) -> list[int]:
    """Origins at weekly distance back from ``last_day`` that have enough days before them."""
    return list(range(last_day - AHEAD_DAYS, fewest_days - 1, -AHEAD_DAYS))[:weeks]


def weekly_errors(solved: Solved, prior_variance: Floats, past: Past, origins: Sequence[int]) -> tuple[Floats, Floats]:
    """Sums of absolute errors and of counts for the week after each origin."""
    errors, counts = [], []
    for ahead in roll(solved, prior_variance, origins, AHEAD_DAYS):
        foretold = past.expected[ahead.rows] * np.exp(ahead.mean + solved.observed.offset)
        errors.append(float(np.abs(foretold - past.counts[ahead.rows]).sum()))
        counts.append(float(past.counts[ahead.rows].sum()))
    return np.array(errors), np.array(counts)


def tune(
    found: Mapping[str, Floats], prior: Floats, observed: Observed, past: Past, start: Scales, with_events: bool
) -> tuple[Scales, Floats]:
    """Coordinate search over ``MENU`` for the scales with the smallest error on past weekly origins.

    Parameters
    ----------
    found : parts of the covariance on the counted days.
    prior : their combination at the scales ``start``.
    with_events : whether promotions lie in the past.

    Returns
    -------
    scales, prior : the best scales, and the covariance at them.
    """
    origins = weekly_origins(int(observed.days[-1]) + 1, WEEKS)
    if len(origins) < FEWEST_ORIGINS:
        return start, prior
    scales = start
    best = _loss(prior, observed, past, scales, origins)
    for name, factors in MENU:
        for factor in factors if with_events or not name.startswith("event") else ():
            tried = scales.scaled(name, factor)
            more = getattr(tried, name) ** 2 - getattr(scales, name) ** 2
            own = prior + more * found[name] if name in found else prior
            loss = _loss(own, observed, past, tried, origins) + PENALTY * abs(np.log2(factor))
            if loss < best:
                best, prior, scales = loss, own, tried
                break
    return scales, prior


def _loss(prior: Floats, observed: Observed, past: Past, scales: Scales, origins: Sequence[int]) -> float:
    """Log of the mean relative weekly error, single weeks cut."""
    solved = solve(observed, prior, scales.noise)
    errors, counts = weekly_errors(solved, np.diag(prior), past, origins)
    relative = errors / np.maximum(counts, 1.0)
    return float(np.log(np.mean(np.minimum(relative, OUTLIER * np.median(relative))) + 1e-9)) if len(errors) else 0.0
