"""What if the drivers came otherwise: the fitted model with other days ahead."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from forecast.foresight import Driver
from forecast.model import Model
from forecast.queue import QueueModel

LATE_H = 24.0
"""A queue feels a driver late, so that a delay can postpone it, where the mean lag is at least a day."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """How the drivers are supposed to come; whatever is not named comes as foreseen.

    Parameters
    ----------
    factors : driver -> factor on all that is still to come of it.
    delay_days : driver -> days by which its late echo (a mean lag of a day or more) comes later; whole days.
    error_factor : on the error of what is foreseen of every driver.
    """

    factors: Mapping[str, float] = field(default_factory=dict)
    delay_days: Mapping[str, int] = field(default_factory=dict)
    error_factor: float = 1.0


def suppose(model: Model, supposed: Supposed) -> Model:
    """The same fitted model, its drivers ahead as ``supposed``; nothing is learned anew.

    Sources of demand that the model does not use stay without effect: ``felt`` says which it uses.
    """
    queues = {name: None if own is None else _queue(own, supposed) for name, own in model.queues.items()}
    return replace(model, queues=queues)


def felt(model: Model) -> dict[str, tuple[str, ...]]:
    """Driver -> the queues whose forecast rests on it."""
    fitted = {name: own for name, own in model.queues.items() if own is not None}
    names = {driver.name for own in fitted.values() for driver in own.drivers}
    return {name: tuple(queue for queue, own in fitted.items() if _uses(own, name)) for name in sorted(names)}


def felt_late(model: Model) -> dict[str, tuple[str, ...]]:
    """Driver -> the queues that feel it a day late or more, which a delay postpones."""
    late = {name: _late(model, name, queues) for name, queues in felt(model).items()}
    return {name: queues for name, queues in late.items() if queues}


def _late(model: Model, name: str, queues: tuple[str, ...]) -> tuple[str, ...]:
    fitted = ((queue, model.queues[queue]) for queue in queues)
    return tuple(queue for queue, own in fitted if own is not None and _lag_h(own, name) >= LATE_H)


def _uses(model: QueueModel, name: str) -> bool:
    return any(driver.name == name for driver in model.drivers)


def _lag_h(model: QueueModel, name: str) -> float:
    names = [driver.name for driver in model.drivers]
    return 0.0 if model.kernel is None else model.kernel.mean_lag_h(names.index(name), model.setting.series.step_min)


def _queue(model: QueueModel, supposed: Supposed) -> QueueModel:
    return replace(model, drivers=tuple(_driver(model, driver, supposed) for driver in model.drivers))


def _driver(model: QueueModel, driver: Driver, supposed: Supposed) -> Driver:
    best, first = driver.best.copy(), driver.known_days
    best[first:] *= supposed.factors.get(driver.name, 1.0)
    days = supposed.delay_days.get(driver.name, 0)
    if days and _lag_h(model, driver.name) >= LATE_H:
        ahead = best[first:].copy()
        best[first:] = 0.0
        best[first + days :] = ahead[: len(ahead) - days] if days < len(ahead) else np.zeros_like(best[first + days :])
    return replace(driver, best=best, error_sd=driver.error_sd * supposed.error_factor)
