"""The rest of the day, given the hours seen: the exact conditional of the fitted covariance.

The log rate of a slot is the day's level (with all that a promotion has in common with its other days), a surprise that
all hours share, one that fades from hour to hour, and what the plans of the drivers missed: jointly normal. The
slots seen today, and the totals of days seen before, observe it with counting noise (Laplace) and with a slot's own
chance; a slot at odds with the others counts little. Sample paths are corrected one by one (Matheron's rule), so that
whatever the prior paths hold in common, the new ones do.

Sources: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 2.2 and 3.4; Wilson et al., Pathwise
Conditioning of Gaussian Processes, JMLR 22 (2021).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from forecast.outlook import Outlook
from forecast.path import JITTER, LARGEST_RATE, contributions, sample_levels, sample_rates, slot_chance, stretched
from forecast.queue import QueueModel
from forecast.series import Floats
from forecast.sight import Sights, sights
from forecast.under_way import heard, stretches, under_way
from forecast.unlike import PRICE as UNLIKE_PRICE
from forecast.unlike import STUDENT_DF, UNLIKE, student, surprises
from forecast.within import Within, within_day

ROUNDS = 8
FARTHEST_STEP = 1.5
WILDER = (0.5, 4.0, 30.0)
"""Tried as more fading today, in variances of a day."""
FEWEST_WILD = 3
"""Sights of today from which a wild day is told."""
LEAST_TRUST = 0.3
"""Below this share of what its hours say, a day is left as it was forecast."""
PRICE = 2.0
"""Log likelihood that each step must gain."""


@dataclass(frozen=True, slots=True)
class Belief:
    """How log rates vary together before anything is seen.

    Parameters
    ----------
    level : covariance of the days' levels with what all their hours share, shape (h, h).
    own_sd : of what only the hours of one day share, shape (h,).
    fading : variance of what fades within the day, shape (h,); 0 after today.
    told : what of the scatter of a day's slots about the day the fading part tells, shape (h,).
    within : how it fades.
    plans : errors of drivers' plans as sums of independent normals, shape (k, h, S); and what a promotion under way
        has of its own beyond the usual.
    unlike : variance of that today.
    """

    level: Floats
    own_sd: Floats
    fading: Floats
    told: Floats
    within: Within
    plans: Floats
    unlike: float = 0.0


def belief_of(model: QueueModel, ahead: Outlook, today: int) -> Belief:
    """The joint belief on the days of ``ahead``; what fades is told apart up to the day ``today`` of them."""
    within, mean = within_day(model), np.exp(ahead.mean)[:, None] * ahead.weights
    share = mean / np.maximum(mean.sum(axis=1, keepdims=True), 1e-9)
    kept = within.kept(share)
    level, whole = np.diag(ahead.covariance), np.diag(ahead.covariance) + ahead.noise_sd**2
    scale = whole / np.maximum(within.common + within.fading * kept, 1e-12)
    common = np.clip(within.common * scale, level, whole)
    until = np.arange(len(level)) <= today
    own = np.where(until, common - level, ahead.noise_sd**2)
    fading = np.where(until & (kept > 0), (whole - common) / np.maximum(kept, 1e-9), 0.0)
    plans = _plan_errors(model, ahead)
    return Belief(ahead.covariance + np.diag(own), np.sqrt(own), fading, fading * (1 - kept), within, plans)


def _plan_errors(model: QueueModel, ahead: Outlook) -> Floats:
    """What one standard deviation of each source of the plans' errors adds to the log rates, shape (k, h, S)."""
    found = [np.zeros((0, ahead.exposure.size))]
    for index, driver in enumerate(model.drivers if model.kernel is not None else ()):
        future = np.arange(driver.known_days, int(ahead.days[-1]) + 1)
        if model.kernel is None or not len(future):
            continue
        each = contributions(model.kernel, index, driver, future, ahead.days) / ahead.exposure.ravel()
        sd, common = driver.error_sd[future, None], driver.common[future, None]
        found += [(sd * np.sqrt(common) * each).sum(axis=0, keepdims=True), sd * np.sqrt(1 - common) * each]
    return np.concatenate(found).reshape(-1, *ahead.exposure.shape)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sights as normal observations.

    Parameters
    ----------
    z, variance : deviation from the mean, and its variance.
    factor : Cholesky factor of their covariance.
    likely : log likelihood of each given the others, summed.
    in_turn : that of each given those before it, summed.
    trust : how far each is followed, 0-1.
    """

    z: Floats
    variance: Floats
    factor: tuple[Floats, bool]
    likely: float
    in_turn: float
    trust: Floats


def weigh(own: Sights, covariance: Floats, chance: Floats) -> Weighed:
    """Laplace's approximation of the counts, with Student weights against sights at odds with the others.

    Parameters
    ----------
    covariance : of the log rates of the sights before they are seen, shape (n, n).
    chance : relative variance of their own chance.
    """
    f, weight = np.zeros(len(own.day)), np.ones(len(own.day))
    for _ in range(ROUNDS):
        mu = own.expected * np.exp(f)
        z, plain = f + (own.count - mu) / mu, 1 / mu + chance
        factor = cho_factor(covariance + np.diag(plain / weight), lower=True)
        alpha, precision = cho_solve(factor, z), np.diag(cho_solve(factor, np.eye(len(z))))
        spread = np.maximum(1 / precision - plain / weight, 0.0) + plain
        odd = (alpha / precision) ** 2 / spread
        f = f + np.clip(z - plain / weight * alpha - f, -FARTHEST_STEP, FARTHEST_STEP)
        used, weight = plain / weight, np.minimum(1.0, (STUDENT_DF + 1) / (STUDENT_DF + odd))
    in_turn = surprises(factor[0], z, used, plain)
    return Weighed(z, used, factor, student(odd, spread), in_turn, np.ones(len(z)))


def updated_rates(
    model: QueueModel, ahead: Outlook, counts: Floats, handwork: Floats, surprises: Floats, rng: np.random.Generator
) -> Floats:
    """Rates per path, day and slot given what was seen, shape (path, h, S), before counting noise.

    Parameters
    ----------
    counts : inquiries seen on the first days of ``ahead``, the last of them today; NaN where not seen.
    handwork : factor of overrides on every slot, shape (h, S): what was seen includes it.
    surprises : standard normal draws for each day's own chance, shape (path, h).
    """
    today = len(counts) - 1
    belief = belief_of(model, ahead, today)
    drift = -(belief.plans**2).sum(axis=0) / 2
    mean = np.exp(ahead.mean)[:, None] * ahead.weights * np.exp(drift)
    own = sights(counts, (mean * handwork)[: today + 1], stretches(model, ahead)[: today + 1])
    belief = unlike(model, belief, own, ahead)
    if not belief.unlike and tells_nothing(belief.within, own, today):
        return sample_rates(model, ahead, surprises, rng)
    belief, seen = settled(belief, own, today)
    level = sample_levels(model, replace(ahead, noise_sd=belief.own_sd), surprises, rng)
    plans = np.tensordot(rng.standard_normal((len(level), len(belief.plans))), belief.plans, axes=1)
    swing = _swings(belief, today + 1, len(level), ahead.weights.shape[1], rng)
    level, plans, now = _corrected(belief, own, seen, ahead, (level, plans, swing), rng)
    chance = slot_chance(model, mean, len(level), rng)
    chance[:, : today + 1] = 1.0
    sd = np.sqrt(np.log1p(belief.within.chance(mean[today], belief.told[today])))
    chance[:, today] = np.exp(now + rng.standard_normal(now.shape) * sd - sd**2 / 2)
    rates = np.exp(np.minimum(level[:, :, None] + drift + plans, np.log(LARGEST_RATE))) * ahead.weights * chance
    return np.asarray(np.minimum(stretched(rates, model.level.width.tail), LARGEST_RATE))


def tells_nothing(within: Within, own: Sights, today: int) -> bool:
    """Whether only hours of today are seen, and those of past days said next to nothing of the rest."""
    if not len(own.day) or (own.day < today).any():
        return False
    return bool(_trusted(within, own, today).max() < LEAST_TRUST)


def _swings(belief: Belief, days: int, paths: int, slots: int, rng: np.random.Generator) -> Floats:
    """What fades, drawn for the days up to today, shape (path, day, slot)."""
    root = np.linalg.cholesky(belief.within.kinship(slots) + JITTER * np.eye(slots))
    return np.asarray(rng.standard_normal((paths, days, slots)) @ root.T * np.sqrt(belief.fading[:days, None]))


def unlike(model: QueueModel, belief: Belief, own: Sights, ahead: Outlook) -> Belief:
    """The belief with as much of its own for the promotion under way as makes what was seen likeliest, at a price.

    Promotions mostly lie near those before them, and some lie far off. None makes inquiries vanish that come without
    it: a counter that failed tells nothing of it.
    """
    own = own.part(heard(own, ahead))
    lifts = under_way(model, ahead, own.day, own.share)
    if not len(lifts):
        return belief
    found = [belief]
    for times in UNLIKE:
        variance = model.level.scales.event_own**2 * (times**2 - 1)
        plans = np.concatenate([belief.plans, lifts * np.sqrt(variance)])
        found.append(replace(belief, plans=plans, unlike=variance))
    seen = [weigh(own, _between(tried, own), _chance(tried, own)) for tried in found]
    return found[int(np.argmax([each.in_turn - UNLIKE_PRICE * step for step, each in enumerate(seen)]))]


def _chance(belief: Belief, own: Sights) -> Floats:
    """Relative variance of the own chance of each sight."""
    told = belief.told[own.day][:, None]
    return np.asarray((own.share**2 * belief.within.chance(own.expected[:, None] * own.share, told)).sum(axis=1))


def settled(belief: Belief, own: Sights, today: int) -> tuple[Belief, Weighed | None]:
    """The belief with as much fading today as makes what was seen likeliest, and the sights weighed by it.

    A day that jumps late is not held for a row of accidents: more fading than usual is believed where it foretells
    each hour from the others better, at a price.
    """
    if not len(own.day):
        return belief, None
    chance = _chance(belief, own)
    whole = float(belief.level[today, today] + belief.fading[today])
    found = [(belief, weigh(own, _between(belief, own), chance))]
    for wider in WILDER if (own.day == today).sum() >= FEWEST_WILD else ():
        fading = belief.fading.copy()
        fading[today] += wider * whole
        tried = replace(belief, fading=fading)
        found.append((tried, weigh(own, _between(tried, own), chance)))
    _, (chosen, seen) = max(enumerate(found), key=lambda ranked: ranked[1][1].likely - PRICE * ranked[0])
    usual = whole / (whole + belief.unlike)
    return chosen, replace(seen, trust=1 - (1 - _trusted(belief.within, own, today)) * usual)


def _trusted(within: Within, own: Sights, today: int) -> Floats:
    """How far each sight is followed: those of today as far as the past teaches."""
    inside = own.day == today
    last = np.flatnonzero(own.share[inside].any(axis=0)).max(initial=0)
    return np.where(inside, within.trust[last], 1.0)


def _between(belief: Belief, own: Sights) -> Floats:
    """Covariance of the log rates of the sights, shape (n, n)."""
    source = _sources(belief, own)
    kin = own.share @ belief.within.kinship(own.share.shape[1]) @ own.share.T
    same = own.day[:, None] == own.day[None, :]
    return np.asarray(belief.level[np.ix_(own.day, own.day)] + source.T @ source + same * belief.fading[own.day] * kin)


def _sources(belief: Belief, own: Sights) -> Floats:
    """What each source of the plans' errors adds to each sight, shape (k, n)."""
    return np.asarray(np.einsum("kns,ns->kn", belief.plans[:, own.day], own.share))


def _corrected(
    belief: Belief,
    own: Sights,
    seen: Weighed | None,
    ahead: Outlook,
    drawn: tuple[Floats, Floats, Floats],
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats]:
    """Levels, plan errors, and what fades today, each path moved to agree with the sights."""
    level, plans, swing = drawn
    if seen is None:
        return level, plans, swing[:, -1]
    foretold = level[:, own.day] - ahead.mean[own.day]
    foretold = foretold + np.einsum("pns,ns->pn", swing[:, own.day] + plans[:, own.day], own.share)
    foretold += rng.standard_normal(foretold.shape) * np.sqrt(seen.variance)
    moved = cho_solve(seen.factor, (seen.z - foretold).T) * seen.trust[:, None]
    today = swing.shape[1] - 1
    kin = own.share @ belief.within.kinship(own.share.shape[1]) * (own.day == today)[:, None]
    level = level + (belief.level[:, own.day] @ moved).T
    plans = plans + np.tensordot((_sources(belief, own) @ moved).T, belief.plans, axes=1)
    return level, plans, swing[:, -1] + (kin.T @ moved).T * belief.fading[today]
