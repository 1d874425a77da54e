"""What a fitted queue says of coming days: its log level with covariance, the weights of its slots, its factors."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from forecast.borrow import Loan
from forecast.choice import OURS
from forecast.covariance import GROUPS, Parts, combine, parts
from forecast.daylevel import posterior
from forecast.first_lift import first_factors, first_level, first_strength
from forecast.level import day_parts
from forecast.lifted import typical_exposure
from forecast.queue import QueueModel
from forecast.rival import RIVALS
from forecast.series import Bools, Floats, Ints
from forecast.setting import MIDWEEK
from forecast.shut import shut_days

LARGEST_SD = 0.6
"""Log sd of a day beyond which not knowing would only swell the mean."""
NEW_WEEKDAY_SD, SURE_SD = 0.45, 0.3
"""The same of a weekday never counted, and from which on its mean is held back by what not knowing adds to it."""
LARGEST_LIFT = float(np.log(50.0))
"""A day's promotions lift it by no more, whatever intensity was stated."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Coming days of one queue; h days of S slots.

    Parameters
    ----------
    days : their numbers since the first day of the history.
    mean, covariance : of the day's log level, shapes (h,) and (h, h); widths are applied.
    noise_sd : sd of a day's own chance, shape (h,).
    weights : inquiries per slot at log level 0, shape (h, S); 0 where closed.
    exposure : by the drivers, shape (h, S).
    calendar, promotion, drivers : factors that explain it, shape (h, S).
    """

    days: Ints
    mean: Floats
    covariance: Floats
    noise_sd: Floats
    weights: Floats
    exposure: Floats
    calendar: Floats
    promotion: Floats
    drivers: Floats


def outlook(model: QueueModel, days: Ints) -> Outlook:
    """The outlook of ``model`` on ``days`` (numbers since the first day of the history)."""
    if model.choice.model != OURS:
        return _simple(model, days)
    setting, level = model.setting, model.level
    table = level.table(setting)
    coming, known = table.take(days), table.take(level.observed.days)
    cross, own = parts(coming, known), parts(coming, coming)
    mean, covariance = posterior(level.solved, combine(cross, level.scales), combine(own, level.scales))
    width = level.width.of(setting.kind[days], setting.on_event[days])
    known_sd = width * np.sqrt(np.maximum(np.diag(covariance), 0.0))
    new = ~np.isin(coming.weekday, known.weekday)
    most = np.minimum(known_sd, np.where(new, NEW_WEEKDAY_SD, LARGEST_SD))
    spread = width * most / np.maximum(known_sd, 1e-9)
    swollen = np.maximum(most**2 - SURE_SD**2, 0.0) / 2 * new
    exposure = model.exposure()
    straight, bent = _weights(model, exposure, days)
    covariance = covariance * np.outer(spread, spread) + _held_back(model, cross, own, width, most)
    mean, covariance = first_level(model, days, mean - swollen, covariance)
    bent = bent * first_factors(model, days)
    lift = _effect(model, cross, "promotion")
    beyond = np.maximum(lift - LARGEST_LIFT, 0.0)
    effects = {"calendar": _effect(model, cross, "calendar"), "promotion": lift - beyond}
    stated = 0.0 if model.loan is None else model.loan.level_sd**2
    lent = 0.0 if model.loan is None else _lent(model.loan, model, days, most / np.maximum(width, 1e-9))
    return Outlook(
        days=days,
        mean=mean + level.observed.offset - (stated + lent) / 2 - beyond,
        covariance=covariance + stated,
        noise_sd=level.scales.noise * width,
        weights=bent,
        exposure=exposure[days],
        calendar=np.exp(effects["calendar"])[:, None] * np.ones(bent.shape),
        promotion=np.exp(effects["promotion"])[:, None] * _ratio(bent, straight),
        drivers=_ratio(exposure[days], typical_exposure(model, exposure)[setting.kind[days]]),
    )


def _lent(loan: Loan, model: QueueModel, days: Ints, known_sd: Floats) -> Floats:
    """Variance of ordinary days that is nothing but not knowing the queue's days from its lenders'. Its own days tell
    its size, so the mean is not to swell with it."""
    ordinary = ~model.setting.on_event[days]
    return np.asarray(loan.unknown**2 * (known_sd**2 + model.level.scales.noise**2) * ordinary)


def _simple(model: QueueModel, days: Ints) -> Outlook:
    """The outlook by a simple model: half of the variance of its days is common to them."""
    weights = RIVALS[model.choice.model](model.setting, days) * open_slots(model, days)
    variance, one = model.choice.day_sd**2, np.ones(weights.shape)
    return Outlook(
        days=days,
        mean=np.full(len(days), -variance / 2),
        covariance=np.full((len(days), len(days)), variance / 2),
        noise_sd=np.full(len(days), np.sqrt(variance / 2)),
        weights=weights,
        exposure=one,
        calendar=one,
        promotion=one,
        drivers=one,
    )


def _held_back(model: QueueModel, cross: Parts, own: Parts, width: Floats, sd: Floats) -> Floats:
    """What shrinking the lifts of promotions misses where days proved less noisy than shrinking took them to be.

    As far as the width, learned from all days, has taken that away, it is put back. Kinds of phase never seen have a
    width of their own; ``sd`` is what each day has already.
    """
    lift = _promotion(model, own)
    if not lift.any():
        return np.zeros(lift.shape)
    missed = _missed(model, cross, lift)
    seen = ~(first_strength(model, own.a.number) > 0).any(axis=0)
    room = np.maximum(LARGEST_SD**2 - sd**2, 0.0) / np.maximum(np.diag(missed), 1e-12)
    back = np.sqrt(np.minimum(np.maximum(1 - width**2, 0.0), room)) * seen
    return np.asarray(missed * np.outer(back, back))


def _missed(model: QueueModel, cross: Parts, lift: Floats) -> Floats:
    """Covariance of l - A m: l are the lifts of the coming days, m those of the days seen, and A weighs the latter in
    what is forecast. What weekday or level make up for is not missed, as of a promotion on every Tuesday."""
    factor = model.level.solved.factor
    half = solve_triangular(factor, combine(cross, model.level.scales).T, lower=True, check_finite=False)
    weight = solve_triangular(factor, half, lower=True, trans="T", check_finite=False).T
    across = weight @ _promotion(model, cross).T
    return np.asarray(lift - across - across.T + weight @ _promotion(model, day_parts(model.setting)) @ weight.T)


def _promotion(model: QueueModel, found: Mapping[str, Floats]) -> Floats:
    """The promotions' part of the covariance."""
    return np.asarray(
        np.sum([getattr(model.level.scales, name) ** 2 * found[name] for name in GROUPS["promotion"]], axis=0)
    )


def _effect(model: QueueModel, cross: Mapping[str, Floats], group: str) -> Floats:
    """Posterior mean of one group of parts."""
    scaled = [getattr(model.level.scales, name) ** 2 * cross[name] for name in GROUPS[group]]
    return np.asarray(np.sum(scaled, axis=0) @ model.level.solved.alpha)


def _weights(model: QueueModel, exposure: Floats, days: Ints) -> tuple[Floats, Floats]:
    """Weights of the slots without and with the bend of promotions; a day's sum is the same."""
    setting = model.setting
    is_open = open_slots(model, days)
    straight = exposure[days] * model.level.profile.shape[setting.kind[days]] * is_open
    bend = model.event_shape.bend(setting.phases, len(setting.days), exposure.shape[1])[days]
    bent = straight * bend
    total, sums = straight.sum(axis=1, keepdims=True), bent.sum(axis=1, keepdims=True)
    return straight, bent * np.where(sums > 0, total / np.where(sums > 0, sums, 1.0), 0.0)


def open_slots(model: QueueModel, days: Ints) -> Bools:
    """Which slots are open: the weekday's, a made-up workday's as midweek, none on days that are shut as a rule."""
    setting = model.setting
    usual = setting.series.is_open
    weekday = np.asarray(setting.days[days].day_of_week)
    found = usual[weekday] | (setting.kinds.makeup[days, None] & usual[MIDWEEK])
    return np.asarray(found & ~shut_days(setting)[days, None])


def _ratio(values: Floats, by: Floats) -> Floats:
    """Quotient; 1 where the divisor is 0."""
    return np.where(by > 0, values / np.where(by > 0, by, 1.0), 1.0)
