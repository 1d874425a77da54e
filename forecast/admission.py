"""Which drivers may enter a queue: only those that a rolling back-test of that queue proves useful.

The kernel is learned on the first half of the days since the driver is known; weekly origins in the second half are
forecast with and without the driver, its days ahead as they stood in the plan. A driver enters that lowers the error by
more than two per cent and by more than one standard error of the paired differences. Where others lower it too, and lie
nearly level, plans that err hide which moves the queue: then that enters under which the past, given what they did, is
most likely.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecast.daylevel import Observed, Solved, roll, whitened
from forecast.foresight import Driver
from forecast.lag import Kernel, bin_edges
from forecast.lag_fit import Learned, learn_kernel
from forecast.level import Level
from forecast.profile import long_run
from forecast.series import Bools, Floats
from forecast.setting import KINDS
from forecast.trial import Errors, Keys, Trial, Verdict
from forecast.tuning import AHEAD_DAYS, weekly_origins

LEARNED_SHARE = 0.5
LEAST_LEARNED_DAYS = 84
LEAST_ORIGINS = 6
MOST_ORIGINS = 52
LEAST_GAIN = 0.02
LAG_DAYS = 35


def usable_days(drivers: Sequence[Driver], days: int) -> Bools:
    """Days from which a kernel may be learned: five weeks of every driver lie behind (less in a short history)."""
    warm = min(LAG_DAYS, days // 4)
    first = max(driver.first_day for driver in drivers) + warm
    last = min(driver.known_days for driver in drivers)
    number = np.arange(days)
    return np.asarray((number >= first) & (number < last))


def learned(trial: Trial, drivers: Sequence[Driver], until: int) -> Learned | None:
    """What the days before ``until`` tell of the lags of ``drivers``; None where too few can be used."""
    key = (tuple(driver.key for driver in drivers), until)
    if key not in trial.learned:
        trial.learned[key] = _learned(trial, drivers, until)
    return trial.learned[key]


def _learned(trial: Trial, drivers: Sequence[Driver], until: int) -> Learned | None:
    days = len(trial.offered)
    usable = usable_days(drivers, days) & (np.arange(days) < until)
    if (usable & (trial.setting.series.totals > 0)).sum() < LEAST_LEARNED_DAYS // 2:
        return None
    edges = bin_edges(trial.setting.series.step_min, min(LAG_DAYS, days // 4))
    values = {driver.name: driver.best[:days] for driver in drivers}
    kind, start = trial.setting.kind[:days], _near(trial, tuple(driver.key for driver in drivers))
    return learn_kernel(trial.offered, values, kind, KINDS, usable, edges, trial.levels, start)


def _near(trial: Trial, keys: Keys) -> Kernel | None:
    """A kernel learned before to begin with: of the same drivers, or of all but the last."""
    known = {own: found.kernel for (own, _), found in trial.learned.items() if found is not None}
    return known.get(keys, known.get(keys[:-1]))


def fitted_kernel(trial: Trial, drivers: Sequence[Driver], until: int) -> Kernel | None:
    """The kernel of ``drivers`` learned on the days before ``until``; None where too few can be used."""
    found = learned(trial, drivers, until)
    return None if found is None else found.kernel


def admit(trial: Trial, drivers: Sequence[Driver]) -> tuple[tuple[Driver, ...], list[Verdict]]:
    """Forward selection: the driver that helps most enters, then the next beside it, until none helps; with a verdict
    for every trial."""
    chosen: tuple[Driver, ...] = ()
    verdicts: list[Verdict] = []
    rest = [driver for driver in drivers if driver.known_days > driver.first_day]
    while rest and len(_origins(trial)) >= LEAST_ORIGINS:
        rest = [_as_told_best(trial, chosen, driver) for driver in rest]
        errors = [_errors_with(trial, (*chosen, driver), _origins(trial, driver)) for driver in rest]
        found = [_verdict(trial, driver, chosen, own) for driver, own in zip(rest, errors, strict=True)]
        found, best = _judged_by_the_past(trial, chosen, rest, found, errors)
        verdicts += found
        if best is None:
            break
        chosen = (*chosen, rest.pop(best))
    return chosen, verdicts


def _as_told_best(trial: Trial, chosen: tuple[Driver, ...], driver: Driver) -> Driver:
    """The driver as it was measured, or with its past in today's terms where that errs less."""
    if driver.now is None:
        return driver
    errors = [_errors_with(trial, (*chosen, own), _origins(trial, driver)).wape for own in (driver, driver.now)]
    return driver.now if errors[1] < (1 - LEAST_GAIN) * errors[0] else driver


def _judged_by_the_past(
    trial: Trial, chosen: Sequence[Driver], rest: Sequence[Driver], found: list[Verdict], errors: Sequence[Errors]
) -> tuple[list[Verdict], int | None]:
    """Which of ``rest`` enters: where one helps, of those level with the best the one that tells most of the past."""
    helping = [index for index, own in enumerate(found) if own.helps]
    if not helping:
        return found, None
    best = min(helping, key=lambda index: found[index].wape_with / found[index].wape_without)
    alike = [own.origins == found[best].origins for own in found]
    lower = [index for index, own in enumerate(found) if alike[index] and own.wape_with < own.wape_without]
    level = [index for index in lower if index == best or errors[index].level_with(errors[best])]
    if len(level) > 1:
        told = _told(trial, [(*chosen, rest[index]) for index in level], _origins(trial, rest[best])[-1])
        found = [replace(own, told=told[level.index(i)]) if i in level else own for i, own in enumerate(found)]
        best = max(level, key=lambda index: found[index].told)
    found[best] = replace(found[best], admitted=True)
    return found, best


def _told(trial: Trial, tried: Sequence[tuple[Driver, ...]], until: int) -> list[float]:
    """Log-likelihood of the past, given what the drivers did, over the least likely of ``tried``."""
    past = [learned(trial, drivers, until) for drivers in tried]
    known = [own for own in past if own is not None]
    gains = [float("-inf") if own is None else own.gain(known[0]) for own in past]
    return [gain - min(own for own in gains if np.isfinite(own)) for gain in gains]


def _verdict(trial: Trial, driver: Driver, chosen: tuple[Driver, ...], tried: Errors) -> Verdict:
    origins, beside = _origins(trial, driver), tuple(own.name for own in chosen)
    base = _errors_with(trial, chosen, origins)
    if len(origins) < LEAST_ORIGINS or len(tried.errors) != len(base.errors):
        return Verdict(driver.name, beside, 0, base.wape, float("inf"), 0.0, helps=False)
    gain = base.errors - tried.errors
    spread = float(gain.std(ddof=1) / np.sqrt(len(gain)))
    better = tried.wape < (1 - LEAST_GAIN) * base.wape and float(gain.mean()) > spread
    return Verdict(driver.name, beside, len(gain), base.wape, tried.wape, float((gain > 0).mean()), better)


def _origins(trial: Trial, driver: Driver | None = None) -> list[int]:
    """Weekly origins of the second half of the days since the queue is counted, and ``driver`` known."""
    days, begin = len(trial.offered), int(trial.level.observed.days[0])
    begin = begin if driver is None else max(begin, driver.first_day)
    first = begin + max(int(LEARNED_SHARE * (days - begin)), LEAST_LEARNED_DAYS)
    return weekly_origins(days, MOST_ORIGINS, first)


def _errors_with(trial: Trial, drivers: tuple[Driver, ...], origins: Sequence[int]) -> Errors:
    """Errors at the origins with the kernel of ``drivers`` learned before the first of them, or without any."""
    key = (tuple(driver.key for driver in drivers), len(origins))
    if key not in trial.errors:
        trial.errors[key] = _errors(trial, drivers, origins)
    return trial.errors[key]


def _errors(trial: Trial, drivers: tuple[Driver, ...], origins: Sequence[int]) -> Errors:
    if not drivers:
        return _judged(trial, trial.level.observed, dict.fromkeys(origins, trial.level.expected))
    kernel = fitted_kernel(trial, drivers, origins[-1]) if origins else None
    return Errors(np.zeros(0), np.zeros(0)) if kernel is None else errors_of(trial, kernel, drivers, origins)


def errors_of(trial: Trial, kernel: Kernel, drivers: Sequence[Driver], origins: Sequence[int]) -> Errors:
    """Errors in the weeks after ``origins`` under ``kernel``, learned before them."""
    past = trial.setting.past
    exposure = kernel.exposure([driver.best[past] for driver in drivers])
    shape = long_run(trial.offered, exposure, trial.setting.kind[past], KINDS, trial.setting.profile_weight)
    measured = _expected(trial, exposure, shape, 0)
    ahead = foreseen_exposures(kernel, drivers, origins)
    foreseen = {
        origin: _foreseen(trial, own, shape, measured, origin) for origin, own in zip(origins, ahead, strict=True)
    }
    return _judged(trial, shifted(trial.level, measured), foreseen)


def _foreseen(trial: Trial, exposure: Floats, shape: Floats, measured: Floats, origin: int) -> Floats:
    """Expected inquiries per counted day, those of the week after ``origin`` as they were to be foreseen then."""
    counted = trial.level.observed.days
    ahead = (counted >= origin) & (counted < origin + AHEAD_DAYS)
    found = measured.copy()
    found[ahead] = _expected(trial, exposure, shape, origin)
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


def foreseen_exposures(kernel: Kernel, drivers: Sequence[Driver], origins: Sequence[int]) -> Floats:
    """Exposure of the weeks after ``origins`` as it was to be foreseen then, shape (origin, day, slot).

    Before an origin the drivers are as measured, after it as foreseen.
    """
    behind = LAG_DAYS + 1
    values = [
        np.array([np.concatenate([_before(own, at, behind), own.foreseen(at, AHEAD_DAYS)]) for at in origins])
        for own in drivers
    ]
    return kernel.exposure(values, behind)


def _before(driver: Driver, origin: int, days: int) -> Floats:
    """The ``days`` before ``origin``; where there are fewer the first goes on."""
    return driver.best[np.maximum(np.arange(origin - days, origin), 0)]
