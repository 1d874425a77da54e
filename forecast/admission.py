"""Which drivers may enter a queue: only those that a rolling back-test of that queue proves useful.

The kernel is learned on the first half of the history; weekly origins in the second half are forecast with and
without the driver, its days ahead as they stood in the plan. A driver enters that lowers the error by more than two
per cent and by more than one standard error of the paired differences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.covariance import Parts, rescaled
from forecast.daylevel import Observed, Solved, roll, solve, whitened
from forecast.foresight import Driver
from forecast.lag import Kernel, bin_edges, fit_kernel
from forecast.level import Level
from forecast.profile import long_run
from forecast.series import Bools, Floats
from forecast.setting import KINDS, Setting
from forecast.tuning import AHEAD_DAYS, weekly_origins

LEARNED_SHARE = 0.5
LEAST_LEARNED_DAYS = 84
LEAST_ORIGINS = 6
MOST_ORIGINS = 52
LEAST_GAIN = 0.02
LAG_DAYS = 35
QUIET = {"event": 0.15, "event_own": 0.05, "noise": 0.16}
"""Scales under which a driver that explains promotions can show it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A queue as the trials see it.

    Parameters
    ----------
    setting : its surroundings.
    level : its day level without drivers.
    solved : the process under each prior that is tried, with the prior variance of the days; a trial takes the better
        one. What the days expect moves with a driver, their covariance does not.
    """

    setting: Setting
    level: Level
    solved: tuple[tuple[Solved, Floats], ...]

    @property
    def offered(self) -> Floats:
        """Inquiries, shape (day, slot), NaN where unknown."""
        return self.setting.series.offered


@dataclass(frozen=True, slots=True)
class Verdict:
    """One trial: the drivers together, errors with and without the last of them, and whether it entered."""

    driver: str
    beside: tuple[str, ...]
    origins: int
    wape_without: float
    wape_with: float
    wins: float
    admitted: bool


def trial_of(setting: Setting, level: Level, found: Parts) -> Trial:
    """Trials of a queue: once with the usual scales, once with drivers left to explain what promotions do."""
    scales = replace(level.scales, **QUIET)
    quiet = rescaled(level.prior, found, level.scales, scales)
    ordinary = (level.solved, np.diag(level.prior))
    return Trial(setting, level, (ordinary, (solve(level.observed, quiet, scales.noise), np.diag(quiet))))


def usable_days(drivers: Sequence[Driver], days: int) -> Bools:
    """Days from which a kernel may be learned: five weeks of every driver lie behind (less in a short history)."""
    warm = min(LAG_DAYS, days // 4)
    first = max(driver.first_day for driver in drivers) + warm
    last = min(driver.known_days for driver in drivers)
    number = np.arange(days)
    return np.asarray((number >= first) & (number < last))


def fitted_kernel(trial: Trial, drivers: Sequence[Driver], until: int) -> Kernel | None:
    """The kernel of ``drivers`` learned on the days before ``until``; None where too few can be used."""
    days = len(trial.offered)
    usable = usable_days(drivers, days) & (np.arange(days) < until)
    if usable.sum() < LEAST_LEARNED_DAYS // 2:
        return None
    edges = bin_edges(trial.setting.series.step_min, min(LAG_DAYS, days // 4))
    values = {driver.name: driver.best[:days] for driver in drivers}
    return fit_kernel(trial.offered, values, trial.setting.kind[:days], KINDS, usable, edges)


def admit(trial: Trial, drivers: Sequence[Driver]) -> tuple[tuple[Driver, ...], list[Verdict]]:
    """Forward selection: the driver that helps most enters, then the next beside it, until none helps.

    Returns
    -------
    drivers admitted, and a verdict for every trial.
    """
    chosen: tuple[Driver, ...] = ()
    verdicts: list[Verdict] = []
    base = _errors_without(trial)
    rest = [driver for driver in drivers if driver.known_days > driver.first_day]
    while rest and len(base.errors) >= LEAST_ORIGINS:
        errors = {driver.name: _errors_with(trial, (*chosen, driver)) for driver in rest}
        found = [_verdict(driver, chosen, base, errors[driver.name]) for driver in rest]
        best = min(range(len(rest)), key=lambda index: found[index].wape_with)
        verdicts += [replace(own, admitted=own.admitted and index == best) for index, own in enumerate(found)]
        if not found[best].admitted:
            break
        base = errors[rest[best].name]
        chosen = (*chosen, rest.pop(best))
    return chosen, verdicts


@dataclass(frozen=True, slots=True)
class Errors:
    """Sums of absolute errors and of counts per origin."""

    errors: Floats
    counts: Floats

    @property
    def wape(self) -> float:
        return float(self.errors.sum() / max(self.counts.sum(), 1.0))


def _verdict(driver: Driver, chosen: Sequence[Driver], base: Errors, tried: Errors) -> Verdict:
    beside = tuple(own.name for own in chosen)
    if len(tried.errors) != len(base.errors):
        return Verdict(driver.name, beside, 0, base.wape, float("inf"), 0.0, False)
    gain = base.errors - tried.errors
    spread = float(gain.std(ddof=1) / np.sqrt(len(gain)))
    better = tried.wape < (1 - LEAST_GAIN) * base.wape and float(gain.mean()) > spread
    wins = float((gain > 0).mean())
    return Verdict(driver.name, beside, len(gain), base.wape, tried.wape, wins, better)


def _origins(trial: Trial) -> list[int]:
    days = len(trial.offered)
    first = max(int(LEARNED_SHARE * days), LEAST_LEARNED_DAYS)
    return weekly_origins(days, MOST_ORIGINS, first)


def _errors_without(trial: Trial) -> Errors:
    expected = trial.level.expected
    return _judged(trial, trial.level.observed, dict.fromkeys(_origins(trial), expected))


def _errors_with(trial: Trial, drivers: Sequence[Driver]) -> Errors:
    """Errors at the origins with the kernel of ``drivers`` learned before the first of them."""
    origins = _origins(trial)
    kernel = fitted_kernel(trial, drivers, origins[-1])
    if kernel is None:
        return Errors(np.zeros(0), np.zeros(0))
    return errors_of(trial, kernel, drivers, origins)


def errors_of(trial: Trial, kernel: Kernel, drivers: Sequence[Driver], origins: Sequence[int]) -> Errors:
    """Errors in the weeks after ``origins`` under ``kernel``, learned before them."""
    past = trial.setting.past
    exposure = kernel.exposure([driver.best[past] for driver in drivers])
    shape = long_run(trial.offered, exposure, trial.setting.kind[past], KINDS, trial.setting.profile_weight)
    measured = _expected(trial, exposure, shape, 0)
    foreseen = {origin: _foreseen(trial, kernel, drivers, shape, measured, origin) for origin in origins}
    return _judged(trial, shifted(trial.level, measured), foreseen)


def _foreseen(
    trial: Trial, kernel: Kernel, drivers: Sequence[Driver], shape: Floats, measured: Floats, origin: int
) -> Floats:
    """Expected inquiries per counted day, those of the week after ``origin`` as they were to be foreseen then."""
    counted = trial.level.observed.days
    ahead = (counted >= origin) & (counted < origin + AHEAD_DAYS)
    window = _expected(trial, foreseen_exposure(kernel, drivers, origin), shape, origin)
    found = measured.copy()
    found[ahead] = window
    return found


def _expected(trial: Trial, exposure: Floats, shape: Floats, first: int) -> Floats:
    """Expected inquiries at level 0 of the counted days among those from ``first``, in the slots counted."""
    rows = np.arange(first, min(first + len(exposure), len(trial.offered)))
    known = ~np.isnan(trial.offered[rows])
    expected = (np.where(known, exposure[: len(rows)], 0.0) * shape[trial.setting.kind[rows]]).sum(axis=1)
    return np.asarray(expected[trial.setting.series.counted[rows]])


def shifted(level: Level, expected: Floats) -> Observed:
    """The observations against another expectation: only their logs move."""
    own = level.observed
    moved = own.z + own.offset + np.log(np.maximum(level.expected, 1e-9) / np.maximum(expected, 1e-9))
    offset = float(np.average(moved, weights=own.weight))
    return Observed(own.days, moved - offset, own.counting, own.weight, offset)


def _judged(trial: Trial, observed: Observed, expected: Mapping[int, Floats]) -> Errors:
    """Errors of the weeks after the origins, each with what it expected then, under the better prior."""
    tried = [_under(*own, trial, observed, expected) for own in trial.solved]
    return min(tried, key=lambda own: own.wape)


def _under(under: Solved, variance: Floats, trial: Trial, observed: Observed, expected: Mapping[int, Floats]) -> Errors:
    solved = replace(under, observed=observed, white=whitened(under.factor, observed.z))
    counts = trial.setting.series.totals[observed.days]
    errors, sums = [], []
    for ahead in roll(solved, variance, list(expected), AHEAD_DAYS):
        foretold = expected[ahead.origin][ahead.rows] * np.exp(ahead.mean + observed.offset)
        errors.append(float(np.abs(foretold - counts[ahead.rows]).sum()))
        sums.append(float(counts[ahead.rows].sum()))
    return Errors(np.array(errors), np.array(sums))


def foreseen_exposure(kernel: Kernel, drivers: Sequence[Driver], origin: int) -> Floats:
    """Exposure of the week after ``origin`` as it was to be foreseen then: measured before, foreseen after."""
    first = max(origin - LAG_DAYS - 1, 0)
    values = [np.concatenate([own.best[first:origin], own.foreseen(origin, AHEAD_DAYS)]) for own in drivers]
    return kernel.exposure(values, origin - first)
