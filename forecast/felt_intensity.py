"""What stated intensities were worth: whether a promotion stated twice as strong lifted that much more."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecast.event import Phase
from forecast.series import Bools, Floats, Ints, Series

NEAR_DAYS = 35
"""What is usual of an hour is told by the same weekday so near."""
FEWEST_USUAL, FEWEST_PHASES, FEWEST_FREE = 3, 4, 3
LEAST_RANGE = 1.5
"""Intensities of a kind that lie nearer to each other than so many times say nothing of their power."""
LEAST_LIFT, LEAST_EXPECTED = 0.15, 5.0
"""Log lifts below say nothing of their power, nor do phases in which fewer inquiries are usual."""
LEAST_SD = 0.1
"""Of the logarithm of a log lift, whatever the few phases seen leave unexplained."""
PRIOR_SD = 0.5
SURE_SD = 2.0
LEAST, MOST = 0.2, 1.5


def with_felt(phases: tuple[Phase, ...], series: Series) -> tuple[Phase, ...]:
    """The phases with the intensity that the queue felt: the stated one to a power that its past phases tell.

    Notes
    -----
    A log lift goes with the intensity where nothing speaks against it. Where earlier phases of a kind were stated with
    different intensities, the logarithms of their log lifts on those of the intensities, kinds apart, have a slope;
    where it is surely (two standard errors) not 1, it is taken, drawn to 1 as far as it is uncertain.
    """
    power = felt_power(phases, series)
    if power == 1.0:
        return phases
    return tuple(replace(own, intensity=own.intensity**power if own.intensity > 0 else own.intensity) for own in phases)


def felt_power(phases: tuple[Phase, ...], series: Series) -> float:
    """The power of the stated intensities with which log lifts went; 1 where the past does not surely say otherwise."""
    seen = _seen(phases, series)
    if not seen:
        return 1.0
    x, y = np.concatenate([own - own.mean(axis=1, keepdims=True) for own in seen], axis=1)
    freedom, spread = len(x) - len(seen) - 1, float((x**2).sum())
    if freedom < FEWEST_FREE:
        return 1.0
    slope = float((x * y).sum()) / spread
    sd = max(LEAST_SD, float(np.sqrt(((y - slope * x) ** 2).sum() / freedom))) / np.sqrt(spread)
    if abs(slope - 1.0) <= SURE_SD * sd:
        return 1.0
    weight = PRIOR_SD**2 / (PRIOR_SD**2 + sd**2)
    return float(np.clip(1.0 + weight * (slope - 1.0), LEAST, MOST))


def _seen(phases: tuple[Phase, ...], series: Series) -> list[Floats]:
    """Of each kind that was seen often enough the logarithms of intensities and of log lifts, shape (2, phase)."""
    over = [own for own in phases if own.intensity > 0 and own.start_d >= 0 and own.end_d <= series.until_d]
    kinds = [[own for own in over if own.name == name] for name in sorted({own.name for own in over})]
    kinds = [own for own in kinds if len(own) >= FEWEST_PHASES and _are_apart([phase.intensity for phase in own])]
    usual, found = _usual(phases, [phase for own in kinds for phase in own], series), []
    for kind in kinds:
        told = [(phase.intensity, _log_lift(phase, series, usual)) for phase in kind]
        own = np.array([(intensity, lift) for intensity, lift in told if lift >= LEAST_LIFT]).reshape(-1, 2)
        if len(own) >= FEWEST_PHASES and _are_apart(own[:, 0].tolist()):
            found.append(np.log(own).T)
    return found


def _are_apart(intensities: list[float]) -> bool:
    return max(intensities) >= LEAST_RANGE * min(intensities)


def _log_lift(phase: Phase, series: Series, usual: Floats) -> float:
    """What came over what is usual in the hours of a phase; 0 where too little is known of them."""
    inside = _inside(phase, series.offered.shape) & ~np.isnan(series.offered) & ~np.isnan(usual)
    expected = float(usual[inside].sum())
    return float(np.log((series.offered[inside].sum() + 0.5) / expected)) if expected >= LEAST_EXPECTED else 0.0


def _inside(phase: Phase, shape: tuple[int, ...]) -> Bools:
    """The slots that begin within a phase, shape (day, slot)."""
    days, slots = shape
    began = np.arange(days)[:, np.newaxis] + np.arange(slots) / slots
    return np.asarray((began >= phase.start_d - 1e-9) & (began < phase.end_d - 1e-9))


def _usual(phases: tuple[Phase, ...], asked: list[Phase], series: Series) -> Floats:
    """On days of the phases asked about the mean of the same slot and weekday near by, on days without promotions,
    where enough of them are known; NaN elsewhere.
    """
    day, found = np.arange(len(series.offered)), np.full(series.offered.shape, np.nan)
    plain, wanted = ~_touched(phases, day), _touched(asked, day)
    for one in np.flatnonzero(wanted):
        known = series.offered[plain & (np.abs(day - one) <= NEAR_DAYS) & ((day - one) % 7 == 0)]
        counts = (~np.isnan(known)).sum(axis=0)
        found[one] = np.where(counts >= FEWEST_USUAL, np.nansum(known, axis=0) / np.maximum(counts, 1), np.nan)
    return found


def _touched(phases: Sequence[Phase], day: Ints) -> Bools:
    """Days that a phase touches."""
    inside = [(day + 1 > own.start_d) & (day < own.end_d) for own in phases]
    return np.asarray(np.logical_or.reduce([day < 0, *inside]))
