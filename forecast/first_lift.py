"""Kinds of phase that a queue has never seen: what they may do is told by other kinds, other queues, or the settings.

Each teller gives a log lift at intensity 1 and a variance: the other kinds that the queue has seen (their mean, drawn
to nothing by their number), the queues that have seen the kind, and what is stated. They are weighed by precision.
Where drivers were admitted the lift is what comes beyond them: what is stated speaks of the whole, so that what the
drivers foresee is taken off, and their own word is heard beside it, as precise as plans and other kinds have it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desk import Desk
from desk.settings import ExpectedLift
from forecast.event import Phase
from forecast.event_lift import shared_lifts
from forecast.lifted import PhaseLift, inside, phase_lifts, told_by_drivers
from forecast.queue import QueueModel
from forecast.series import Bools, Floats, Ints
from forecast.teller import DRIVERS, OTHER_KINDS, OTHER_QUEUES, STATED, FirstLift, Teller

KIND_SD, QUEUE_SD = 0.5, 0.4
"""How far kinds of phase, and queues, are thought to be apart (log) before there are several to compare."""
SMALLEST_SD = 0.15
UNTOLD_SD = 0.45
"""Log sd of a lift of which nobody tells."""
LEAST_REST = 0.2
"""At least this share of a day's variance is not of the phase."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a queue has seen of promotions: kinds to come that it never saw, what past phases did beyond its drivers and
    in all, and what the drivers foresee of each kind never seen; None without drivers."""

    unseen: tuple[str, ...]
    beyond: tuple[PhaseLift, ...]
    whole: tuple[PhaseLift, ...]
    foreseen: Mapping[str, Teller] | None


def with_first_lifts(desk: Desk, models: Mapping[str, QueueModel | None]) -> dict[str, QueueModel | None]:
    """The models, each knowing what to expect of the kinds of phase that its queue never saw."""
    if not any(_unseen(model) for model in models.values() if model is not None):
        return dict(models)
    seen = {queue: sighting(model) for queue, model in models.items() if model is not None}
    lifts = {queue: first_lifts(desk, queue, seen) for queue in seen}
    return {
        queue: None if model is None else replace(model, first_lifts=lifts[queue]) for queue, model in models.items()
    }


def sighting(model: QueueModel) -> Sighting:
    """What the queue of ``model`` has seen."""
    unseen = _unseen(model)
    beyond = tuple(phase_lifts(model, beyond_drivers=True)) if unseen else ()
    foreseen = None if model.kernel is None else {kind: _foreseen(model, kind) for kind in unseen}
    return Sighting(unseen, beyond, tuple(phase_lifts(model, beyond_drivers=False)), foreseen)


def first_lifts(desk: Desk, queue: str, seen: Mapping[str, Sighting]) -> tuple[FirstLift, ...]:
    """What to expect of each kind of phase that ``queue`` never saw, given what every queue of the desk has seen."""
    own = seen[queue]
    driven = own.foreseen is not None
    others = {} if driven else {name: other.whole for name, other in seen.items() if name != queue}
    return tuple(_first(kind, own, others, _stated(desk, queue, kind)) for kind in own.unseen)


def _unseen(model: QueueModel) -> tuple[str, ...]:
    """Kinds of phase to come of which the queue has no counted slot."""
    offered, until = model.setting.series.offered, model.setting.series.until_d
    phases = [phase for phase in model.setting.phases if phase.intensity > 0]
    coming, known = {phase.name for phase in phases if phase.end_d > until}, ~np.isnan(offered)
    past = [own for own in phases if own.name in coming and own.start_d < len(offered) and own.end_d > 0]
    seen = {phase.name for phase in past if (known & (inside(phase, *offered.shape) > 0)).any()}
    return tuple(sorted(coming - seen))


def _foreseen(model: QueueModel, kind: str) -> Teller:
    """What the drivers foresee of the coming phases of a kind, at intensity 1, with the error of what is foreseen."""
    until = model.setting.series.until_d
    coming = [own for own in _spans(model, kind) if own.end_d > until and own.intensity > 0]
    told = np.array([(*told_by_drivers(model, phase), phase.intensity) for phase in coming])
    log_lift, sd = (float(np.mean(told[:, column] / told[:, 2])) for column in (0, 1))
    return Teller(DRIVERS, tuple(driver.name for driver in model.drivers), log_lift, sd)


def _stated(desk: Desk, queue: str, kind: str) -> ExpectedLift | None:
    """The lift that the settings state; what is said of the queue before what is said of all."""
    of_kind = [lift for lift in desk.settings.forecast.expected_lifts if lift.phase == kind]
    own = [lift for lift in of_kind if lift.queue == queue] or [lift for lift in of_kind if lift.queue is None]
    return own[-1] if own else None


def _first(
    kind: str, own: Sighting, others: Mapping[str, Sequence[PhaseLift]], stated: ExpectedLift | None
) -> FirstLift:
    foreseen, beyond = None if own.foreseen is None else own.foreseen[kind], _other_kinds(own.beyond)
    if foreseen is not None and stated is not None:
        beyond = _beside(foreseen, beyond)
    tellers = [teller for teller in (beyond, _other_queues(kind, others)) if teller is not None]
    known = None if foreseen is None else foreseen.log_lift
    if stated is not None:
        tellers.append(Teller(STATED, (), float(np.log(stated.lift)) - (known or 0.0), stated.spread))
    if not tellers:
        return FirstLift(kind, 0.0, UNTOLD_SD, (), known)
    precision = np.array([teller.sd**-2 for teller in tellers])
    weight = precision / precision.sum()
    log_lift = float(weight @ [teller.log_lift for teller in tellers])
    named = tuple(replace(teller, weight=float(share)) for teller, share in zip(tellers, weight, strict=True))
    return FirstLift(kind, log_lift, max(float(precision.sum() ** -0.5), SMALLEST_SD), named, known)


def _beside(foreseen: Teller, beyond: Teller | None) -> Teller:
    """The drivers' word as one teller: nothing more comes, or what other kinds of phase did beyond them."""
    log_lift, sd = (0.0, UNTOLD_SD) if beyond is None else (beyond.log_lift, beyond.sd)
    return Teller(DRIVERS, foreseen.names, log_lift, float(np.hypot(sd, foreseen.sd)))


def _other_kinds(own: Sequence[PhaseLift]) -> Teller | None:
    """What the other kinds of phase did to the queue, by intensity."""
    kinds = dict.fromkeys(lift.phase.name for lift in own)
    units = np.array([np.mean([lift.unit for lift in own if lift.phase.name == kind]) for kind in kinds])
    if not len(units):
        return None
    mean, sd = _pooled(units, KIND_SD)
    return Teller(OTHER_KINDS, tuple(kinds), mean * len(units) / (len(units) + 1), sd)


def _other_queues(kind: str, others: Mapping[str, Sequence[PhaseLift]]) -> Teller | None:
    """What this kind of phase did to other queues."""
    units = {name: [lift.unit for lift in lifts if lift.phase.name == kind] for name, lifts in others.items()}
    known = {name: float(np.mean(own)) for name, own in units.items() if own}
    if not known:
        return None
    mean, sd = _pooled(np.array(list(known.values())), QUEUE_SD)
    return Teller(OTHER_QUEUES, tuple(known), mean, sd)


def _pooled(units: Floats, usual_sd: float) -> tuple[float, float]:
    """Mean, and sd of one more; the variance between them is drawn to the usual by their number."""
    variance = (usual_sd**2 + ((units - units.mean()) ** 2).sum()) / len(units)
    return float(units.mean()), float(np.sqrt(variance * (1 + 1 / len(units))))


def first_factors(model: QueueModel, days: Ints) -> Floats:
    """What phases never seen do to every slot of ``days``, shape (day, slot); 1 outside them."""
    shape = (len(model.setting.days), model.setting.series.offered.shape[1])
    found = np.zeros(shape)
    for lift in model.first_lifts:
        for phase in _spans(model, lift.phase):
            found += np.log1p(inside(phase, *shape) * np.expm1(phase.intensity * lift.log_lift))
    return np.asarray(np.exp(found[days]))


def _spans(model: QueueModel, kind: str) -> list[Phase]:
    """The phases of a kind that touch the days of the model."""
    setting = model.setting
    return [own for own in setting.phases if own.name == kind and own.end_d > 0 and own.start_d < len(setting.days)]


def first_strength(model: QueueModel, days: Ints) -> Floats:
    """Strength of the kinds of phase never seen on ``days``, shape (lift, day)."""
    effects, names = model.setting.table.events, [lift.phase for lift in model.first_lifts]
    rows = [[own == name for own in effects.names] for name in names]
    return np.array([effects.strength[np.array(row)].sum(axis=0)[days] for row in rows]).reshape(len(names), len(days))


def _touched(model: QueueModel, kind: str) -> Bools:
    """Days of the model's setting on which a phase of the kind lasts."""
    shape = (len(model.setting.days), model.setting.series.offered.shape[1])
    return np.asarray(sum((inside(own, *shape) for own in _spans(model, kind)), np.zeros(shape)).any(axis=1))


def first_level(model: QueueModel, days: Ints, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """The days' log level, where kinds of phase never seen have the mean lift and the sd that were told of them.

    On the days of the phase what all phases share counts within the lift told, not on top of it; after it, it stays.
    """
    scales, table = model.level.scales, model.setting.table
    known, usual = table.take(model.level.observed.days).events, scales.event**2 + scales.event_own**2
    usual += scales.event_any**2
    for lift, strength in zip(model.first_lifts, first_strength(model, days), strict=True):
        shared = shared_lifts(table.take(days).events.of(lift.phase), known) @ model.level.solved.alpha
        mean = mean - scales.event_any**2 * shared * _touched(model, lift.phase)[days] - (lift.sd * strength) ** 2 / 2
        own = np.diag(covariance)
        rest = np.maximum(own - usual * strength**2, LEAST_REST * own)
        factor = np.where(strength > 0, np.sqrt((rest + lift.sd**2 * strength**2) / np.maximum(own, 1e-12)), 1.0)
        covariance = covariance * np.outer(factor, factor)
    return mean, covariance
