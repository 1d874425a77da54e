"""How promotions bend the shape of a day: log-linear effects per slot, learned from earlier phases of the name.

Given a day's total, its slots are multinomial with weights w exp(x g); x are the hour features of the phases, g is
shrunk by a normal prior, so that a name seen often is believed more. Newton's method; over-dispersion divides the
likelihood.

Source: McCullagh & Nelder, Generalized Linear Models (1989), ch. 6 (conditional Poisson = multinomial), ch. 9.
"""

from dataclasses import dataclass

import numpy as np

from forecast.event import CLOCK_KNOTS_H, HOUR_FEATURES, Phase, clock_strength, hour_features
from forecast.series import Floats

PRIOR_SD, CLOCK_SD, ALIKE_SD = 0.5, 0.3, 1.0
"""Effects of the hours since the start and until the end, of the clock, and of all hours of a phase alike: a live
stream moved to another hour, or made longer, takes the last with it."""
NEWTON_STEPS = 6
ENOUGH = 1e-3
"""A step that changes no log effect by more than this is the last."""
LARGEST = 3.0
"""Log effects beyond this are cut: a factor of 20."""
PSEUDO_DAYS, PSEUDO_COUNTS, REST_ROUNDS = 7.0, 20.0, 2
"""What is left by slot of the clock is shrunk by so many days of the phase and by so many inquiries a slot."""


@dataclass(frozen=True, slots=True)
class EventShape:
    """Effects of the hour features, ``names`` of the phases in order of their blocks, and what these features leave of
    every slot of the clock, ``rest``, shape (name, slot)."""

    names: tuple[str, ...]
    effects: Floats
    rest: Floats

    def bend(self, phases: tuple[Phase, ...], days: int, slots: int) -> Floats:
        """Factor of each slot against its day's usual shape, shape (day, slot); 1 outside the phases."""
        found = np.ones((days, slots))
        if not self.names:
            return found
        rows, features = hour_features(phases, self.names, days, slots)
        bent = np.clip(features @ self.effects, -LARGEST, LARGEST)
        bent += (clock_strength(features) * self.rest).sum(axis=1)
        found[rows.astype(int)] = np.exp(bent)
        return found


def fit_shape(offered: Floats, weights: Floats, phases: tuple[Phase, ...]) -> EventShape:
    """Learn the effects from past phases.

    Parameters
    ----------
    offered : counts, shape (day, slot), NaN where unknown.
    weights : what the usual profile expects, same shape, any scale per day.
    """
    days, slots = offered.shape
    past = tuple(phase for phase in phases if phase.start_d < days and phase.end_d > 0)
    names = tuple(sorted({phase.name for phase in past}))
    rows, features = hour_features(past, names, days, slots)
    own = rows.astype(int)
    base = np.where(np.isnan(offered[own]), 0.0, weights[own])
    counts = np.where(base > 0, np.nan_to_num(offered[own]), 0.0)
    used = np.flatnonzero((counts.sum(axis=1) > 0) & (base.sum(axis=1) > 0))
    if not len(used) or not features.shape[2]:
        return EventShape((), np.zeros(0), np.zeros((0, slots)))
    effects = _newton(counts[used], base[used], features[used])
    return EventShape(names, effects, _rest(counts[used], base[used], features[used], effects))


def _means(counts: Floats, base: Floats, features: Floats, effects: Floats) -> Floats:
    """Every day's total spread over its slots."""
    share = base * np.exp(np.clip(features @ effects, -LARGEST, LARGEST))
    return np.asarray(share / share.sum(axis=1, keepdims=True) * counts.sum(axis=1, keepdims=True))


def _rest(counts: Floats, base: Floats, features: Floats, effects: Floats) -> Floats:
    """Log of what came by slot of the clock within phases of each name over what the effects make of it, shrunk: a
    phase of weeks has hours of its own, which features of a few hours only sketch. How days scatter is told by what is
    left once this, taken at its word, is in."""
    mu = _means(counts, base, features, effects)
    strength = clock_strength(features)
    came, told = ((strength * own[:, None]).sum(axis=0) for own in (counts, mu))
    days = np.maximum((strength * (mu > 0)[:, None]).sum(axis=0), 1.0)
    found, spread = np.zeros(told.shape), 1.0
    for _ in range(REST_ROUNDS):
        pseudo = PSEUDO_DAYS * told / days + PSEUDO_COUNTS * spread
        found = np.log((came + pseudo) / (told + pseudo))
        spread = _dispersion(counts, mu * np.exp((strength * found).sum(axis=1)))
    return np.asarray(found)


def _newton(counts: Floats, base: Floats, features: Floats) -> Floats:
    """Most probable effects under the prior."""
    effects = np.zeros(features.shape[2])
    precision = np.diag(prior_sd(len(effects)) ** -2)
    flat = features.reshape(-1, len(effects))
    for _ in range(NEWTON_STEPS):
        mu = _means(counts, base, features, effects)
        spread = _dispersion(counts, mu)
        gradient = flat.T @ (counts - mu).ravel() / spread - precision @ effects
        per_day = (mu[:, None, :] @ features)[:, 0]
        between = (per_day / np.maximum(mu.sum(axis=1), 1e-9)[:, None]).T @ per_day
        rooted = flat * np.sqrt(mu).reshape(-1, 1)
        within = rooted.T @ rooted - between
        step = np.linalg.solve(within / spread + precision, gradient)
        effects = effects + step
        if np.abs(step).max() < ENOUGH:
            break
    return effects


def prior_sd(features: int) -> Floats:
    """Sd of every effect before anything is seen."""
    sd = np.full((features // HOUR_FEATURES, HOUR_FEATURES), PRIOR_SD)
    sd[:, 0], sd[:, -len(CLOCK_KNOTS_H) :] = ALIKE_SD, CLOCK_SD
    return sd.ravel()


def _dispersion(counts: Floats, mu: Floats) -> float:
    """Pearson's statistic per degree of freedom, at least 1."""
    expected = mu > 0
    degrees = max(int(expected.sum()) - len(mu), 1)
    return max(1.0, float((((counts - mu) ** 2)[expected] / mu[expected]).sum()) / degrees)
