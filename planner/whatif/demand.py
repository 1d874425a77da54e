"""Suppositions about what comes: drivers, their plans' error, delays, inquiries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from desk import Desk, Finding, Forecast
from desk.tables import table
from planner.whatif.supposition import SOURCE, Supposition, refused

if TYPE_CHECKING:
    from forecast import Model

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
OFFERED, PLAN_ERROR, DELAY, DRIVERS = "offered", "plan_error", "delay", "drivers"
MOST_DELAY_DAYS = 35
MOST_FACTOR = 100.0


def drivers_of(desk: Desk) -> tuple[str, ...]:
    """Columns of table ``drivers`` that can be supposed otherwise."""
    return tuple(name for name in desk.table("drivers").columns if name not in table("drivers").columns)


def about_drivers(desk: Desk, own: Supposition) -> bool:
    """Whether it is about what the forecaster looks ahead for: then the forecast has to be made again."""
    return own.head in (PLAN_ERROR, DELAY, DRIVERS) or own.name[0] in drivers_of(desk)


def supposed_drivers(model: "Model", suppositions: Sequence[Supposition]) -> tuple["Model", tuple[Finding, ...]]:
    """The model with the drivers ahead as supposed; notes on those that no queue's forecast rests on."""
    from forecast import Supposed, felt, felt_late, suppose

    factors: dict[str, float] = {}
    delays: dict[str, int] = {}
    error, notes = 1.0, []
    for own in suppositions:
        if own.head == PLAN_ERROR:
            error *= _factor(own)
        elif own.head == DELAY:
            late = felt_late(model)
            delays |= dict.fromkeys([_driver(model.desk, own, own.rest)] if own.rest else late, _days(own))
            notes += _unfelt(own, own.rest, late) if own.rest or not late else []
        else:
            name = _driver(model.desk, own, own.rest if own.head == DRIVERS else own.head)
            factors[name] = factors.get(name, 1.0) * _factor(own)
            notes += _unfelt(own, name, felt(model))
    return suppose(model, Supposed(factors, delays, error)), tuple(notes)


def scaled(forecast: Forecast, suppositions: Sequence[Supposition], seed: int) -> Forecast:
    """The forecast with its inquiries times the factors of ``offered``: as many as the factors say, scattered as a
    forecast of so many is (`times`)."""
    if not suppositions:
        return forecast
    factors = dict.fromkeys(forecast.queues, 1.0)
    for own in suppositions:
        if own.rest and own.rest not in forecast.queues:
            raise refused(own, "whatif_unknown", known=", ".join(forecast.queues))
        for queue in (own.rest,) if own.rest else forecast.queues:
            factors[queue] *= _factor(own)
    rng, days = np.random.default_rng(seed), forecast.starts.tz_localize(None).normalize().factorize()[0]
    parts = (times(forecast.paths[:, :, index], factor, days, rng) for index, factor in enumerate(factors.values()))
    return replace(forecast, paths=np.stack(list(parts), axis=2).astype(np.float32))


def times(counts: npt.NDArray[np.float32], factor: float, days: IntArray, rng: np.random.Generator) -> FloatArray:
    """Counts of ``factor`` times as many inquiries, shape (path, interval); ``days``: of which day each interval is.

    Paths hold a random rate with Poisson noise on top. The rate grows by the factor, the noise by its root: multiplied
    as a whole, two inquiries an hour would be six, or none, or twelve. Fewer are those who stay of the many.
    """
    own, chance = counts.astype(np.float64), rng.random(counts.shape)
    if factor == 1.0:
        return own
    if factor < 1.0:
        return rng.binomial(counts.astype(np.int64), factor).astype(np.float64)
    usual = day_levels(own, days)
    share = _beyond_chance(own - usual, own.mean(axis=0))
    scatter = np.sqrt(factor**2 * share + factor * (1.0 - share))
    return np.asarray(np.floor(factor * usual + scatter * (own - usual) + chance))


def day_levels(counts: FloatArray, days: IntArray) -> FloatArray:
    """The mean of each interval times the level of the path's day, without what of the level is chance."""
    mean = counts.mean(axis=0)
    summed = np.stack([counts[:, days == day].sum(axis=1) for day in range(days.max() + 1)], axis=1)
    usual = summed.mean(axis=0)
    level = 1.0 + (summed / np.where(usual > 0.0, usual, 1.0) - 1.0) * np.sqrt(_beyond_chance(summed, usual))
    return np.asarray(np.maximum(level, 0.0)[:, days] * mean)


def _beyond_chance(counts: FloatArray, mean: FloatArray) -> FloatArray:
    """Share of the variance over the paths that is not the Poisson noise of ``mean``."""
    variance = counts.var(axis=0)
    return np.asarray(np.maximum(variance - mean, 0.0) / np.where(variance > 0.0, variance, 1.0))


def _factor(own: Supposition) -> float:
    if own.op != "*" or not 0 <= own.value <= MOST_FACTOR:
        raise refused(own, "whatif_factor", most=f"{MOST_FACTOR:g}")
    return float(own.value)


def _days(own: Supposition) -> int:
    if own.op != "=" or own.value not in range(MOST_DELAY_DAYS + 1):
        raise refused(own, "whatif_days", most=MOST_DELAY_DAYS)
    return int(own.value)


def _driver(desk: Desk, own: Supposition, name: str) -> str:
    known = drivers_of(desk)
    if name not in known:
        raise refused(own, "whatif_unknown", known=", ".join(known))
    return name


def _unfelt(own: Supposition, name: str, by: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    return [] if name in by else [Finding("whatif_unfelt", "warning", SOURCE, value=own.text, facts={"driver": name})]
