"""How strong each part of the day level is for one queue: chosen by its own past origins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.covariance import Parts, Scales, rescaled
from forecast.daylevel import Observed, enough_precision, factored, whitened
from forecast.series import Floats, Ints

MENU: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("level", (0.5, 2.0)),
    ("swing", (0.5, 2.0)),
    ("event_own", (0.5, 2.0)),
    ("month", (0.5, 2.0)),
    ("weekday", (0.5, 2.0)),
    ("holiday", (2.0,)),
    ("noise", (2.0,)),
)
"""Parts tried in this order, with the factors tried on their default scales; not the lift of phases, which a handful of
events would set by chance."""
YEAR = (1.0, 3.0, 8.0)
"""Factors on the time of year, tried last."""
PENALTY = 0.01
"""Log error that leaving a default by a factor of two must gain."""
WEEKS = 52
AHEAD_DAYS = 7
FEWEST_DAYS = 56
"""An origin needs eight weeks before it."""
FEWEST_ORIGINS = 8
YEARS_DAYS = 2 * 365
"""A season is strengthened only where every origin has seen a year before it."""
RECALLED_DAYS = 112
"""Ordinary days further back than this from the first origin tell little of the scales, and cost much."""
EVERY = 3
"""Of ordinary days further back every third tells of the time of year."""
RECALLED = 0.3
"""A day on which a promotion is felt this strongly is no ordinary one."""
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


@dataclass(frozen=True, slots=True)
class _Search:
    """What scales are judged by.

    Parameters
    ----------
    found : parts of the covariance on the n days that tell anything.
    observed, past : these days.
    ahead, week : rows of the m days after the first origin, and the number of the week that each lies in.
    known : 1 for the days before the origin of each, shape (m, n).
    """

    found: Parts
    observed: Observed
    past: Past
    ahead: Ints
    week: Ints
    known: Floats

    def loss(self, prior: Floats, noise: float) -> float:
        """Log of the mean relative weekly error, single weeks cut.

        The Cholesky factor of a leading block is the leading block of the factor: one factor serves every origin.
        """
        factor = factored(prior, self.observed.variance(noise))
        mean = (factor[self.ahead] * self.known) @ whitened(factor, self.observed.z)
        counts, expected = self.past.counts[self.ahead], self.past.expected[self.ahead]
        missed = np.abs(expected * np.exp(mean + self.observed.offset) - counts)
        errors, came, days = (np.bincount(self.week, own) for own in (missed, counts, np.ones(len(missed))))
        relative = (errors / np.maximum(came, 1.0))[days > 0]
        return float(np.log(np.mean(np.minimum(relative, OUTLIER * np.median(relative))) + 1e-9))


def tune(found: Parts, prior: Floats, observed: Observed, past: Past, start: Scales, with_events: bool) -> Scales:
    """Coordinate search over ``MENU`` for the scales with the smallest error on past weekly origins.

    Parameters
    ----------
    found : parts of the covariance on the counted days.
    prior : their sum at the scales ``start``.
    with_events : whether promotions lie in the past.
    """
    origins = weekly_origins(int(observed.days[-1]) + 1, WEEKS)
    if len(origins) < FEWEST_ORIGINS:
        return start
    rows = _telling(found, observed, origins)
    search = _search(found, observed, past, origins, rows)
    scales = _searched(search, prior[np.ix_(rows, rows)], start, with_events)
    if observed.days[-1] - observed.days[0] < YEARS_DAYS:
        return scales
    rows = np.union1d(rows, np.arange(0, len(observed.days), EVERY))
    return _with_season(_search(found, observed, past, origins, rows), prior[np.ix_(rows, rows)], start, scales)


def _searched(search: _Search, prior: Floats, start: Scales, with_events: bool) -> Scales:
    """The best scales by ``MENU``; ``prior`` is the covariance of the days of the search at ``start``."""
    precision = enough_precision(prior, start.noise)
    scales, prior, unit = start, prior.astype(precision), dict[str, Floats]()
    best = search.loss(prior, scales.noise)
    idle = set() if with_events else {"event_own"}
    for name, factors in MENU:
        for factor in factors if name not in idle else ():
            tried, own = scales.scaled(name, factor), prior
            if name in search.found:
                unit[name] = unit[name] if name in unit else search.found[name].astype(precision)
                own = prior + precision(getattr(tried, name) ** 2 - getattr(scales, name) ** 2) * unit[name]
            loss = search.loss(own, tried.noise) + PENALTY * abs(np.log2(factor))
            if loss < best:
                best, prior, scales = loss, own, tried
                break
    return scales


def _with_season(search: _Search, prior: Floats, start: Scales, scales: Scales) -> Scales:
    """The time of year as strong as all years tell; where it is, the level may come back to what it was believed to be.

    Days of the year before tell it, which the search for the other scales leaves out to be quick.
    """
    sizes = dict.fromkeys((scales.level, start.level))
    menu = [replace(scales.scaled("year", factor), level=size) for factor in YEAR for size in sizes]
    precision = enough_precision(prior, start.noise)
    whole: Floats = np.asarray(rescaled(prior, search.found, start, scales), dtype=precision)
    parts: dict[str, Floats] = {name: np.asarray(search.found[name], dtype=precision) for name in ("level", "year")}

    def loss(tried: Scales) -> float:
        more = {name: float(getattr(tried, name) ** 2 - getattr(scales, name) ** 2) for name in parts}
        own = np.asarray(sum((size * parts[name] for name, size in more.items() if size), whole))
        far = abs(np.log2(tried.year / start.year)) + abs(np.log2(tried.level / start.level))
        return search.loss(own, scales.noise) + PENALTY * float(far)

    return min(menu, key=loss)


def _telling(found: Parts, observed: Observed, origins: Sequence[int]) -> Ints:
    """Rows of the days that can tell anything at the origins: recent ones, promotions and holidays."""
    table = found.a
    special = (table.events.strength >= RECALLED).any(axis=0) | table.holiday.columns.any(axis=1)
    return np.flatnonzero(special | (observed.days >= origins[-1] - RECALLED_DAYS))


def _search(found: Parts, observed: Observed, past: Past, origins: Sequence[int], rows: Ints) -> _Search:
    days = observed.days[rows]
    own = Observed(days, observed.z[rows], observed.counting[rows], observed.weight[rows], observed.offset)
    ahead = np.flatnonzero(days >= origins[-1])
    week = (days[ahead] - origins[-1]) // AHEAD_DAYS
    known = days[None, :] < (origins[-1] + AHEAD_DAYS * week)[:, None]
    counted = Past(past.counts[rows], past.expected[rows])
    return _Search(found.among(rows, dict(MENU)), own, counted, ahead, week, known.astype(np.float32))
