"""Suppositions about what comes: drivers, their plans' error, delays, inquiries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from desk import Desk, Finding, Forecast
from desk.tables import table
from planner.whatif.supposition import SOURCE, Supposition, refused

if TYPE_CHECKING:
    from forecast import Model

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
    """The forecast with its inquiries times the factors of ``offered``; they stay whole, rounded by chance."""
    if not suppositions:
        return forecast
    rng, paths = np.random.default_rng(seed), forecast.paths.astype(np.float64)
    for own in suppositions:
        if own.rest and own.rest not in forecast.queues:
            raise refused(own, "whatif_unknown", known=", ".join(forecast.queues))
        for index, queue in enumerate(forecast.queues):
            paths[:, :, index] *= _factor(own) if own.rest in ("", queue) else 1.0
    whole = np.floor(paths + rng.random(paths.shape))
    return replace(forecast, paths=whole.astype(np.float32))


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
