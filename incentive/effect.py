"""From outcomes and expectations to the effect of each agent, shrunk by what the evidence can bear."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from incentive.log import Flags, Floats, Ints, total_by

HALVINGS = 40
SMALL = 1e-9
FARTHEST = 4.0


@dataclass(frozen=True, slots=True)
class Effects:
    """One entry per agent; NaN where an agent has no evidence.

    Parameters
    ----------
    contacts : valid contacts.
    observed, expected : sums O and E of outcomes and expectations.
    raw : effect d = (O - E) / V; in logits for a share, in logs for a time.
    variance : s^2 = phi / V of ``raw``.
    skill : shrunk effect m; 0 where there is no evidence.
    sd : posterior standard deviation of the effect, the desk's spread being at least what the evidence could overlook.
    dispersion : phi, 1 = nothing but chance.
    tau2, mean : variance and mean of the effects between agents.
    """

    contacts: Floats
    observed: Floats
    expected: Floats
    raw: Floats
    variance: Floats
    skill: Floats
    sd: Floats
    dispersion: float
    tau2: float
    mean: float

    def score(self, sign: int = 1) -> Floats:
        """Phi((m - mu) / tau): 0.5 is the middle of the desk; 0.5 for all where agents can't be told apart.

        ``sign`` is -1 where low values are good.
        """
        spread = np.sqrt(self.tau2)
        place = (self.skill - self.mean) / spread if spread > 0 else np.zeros(len(self.skill))
        return np.where(self.contacts > 0, ndtr(sign * place), np.nan)

    def known(self) -> Floats:
        """Shrunk effects, NaN where there is no evidence."""
        return np.where(self.contacts > 0, self.skill, np.nan)

    def ends(self, share: float, stretch: float = 1.0) -> tuple[Floats, Floats]:
        """Ends of the effect's interval that covers ``share``; ``stretch`` is what calibration found missing."""
        reach = ndtri((1 + share) / 2) * stretch * self.sd
        return self.known() - reach, self.known() + reach


@dataclass(frozen=True, slots=True)
class Mix:
    """The desk's contacts by what is expected of them: logits and their weights, which add up to 1."""

    place: Floats
    weight: Floats

    def rate(self, effect: Floats) -> Floats:
        """The share that an agent with this effect would reach on all the desk's contacts."""
        rates: Floats = expit(self.place[None, :] + effect[:, None]) @ self.weight
        return rates


def mix(chance: Floats, weight: Floats, bins: int = 200) -> Mix:
    """The desk's mix of contacts; neighbours are joined where there are more than ``bins`` different ones."""
    place, at = np.unique(np.round(logit(chance), 9), return_inverse=True)
    share = total_by(at, weight, len(place)) / max(weight.sum(), SMALL)
    if len(place) <= bins:
        return Mix(place, share)
    edges = np.searchsorted(np.cumsum(share), np.arange(1, bins) / bins)
    group = np.searchsorted(edges, np.arange(len(place)), side="right")
    whole = total_by(group, share, bins)
    kept = whole > 0
    return Mix(total_by(group, share * place, bins)[kept] / whole[kept], whole[kept])


def effects(
    outcome: Floats,
    expectation: Floats,
    agent: Ints,
    cluster: Ints,
    agents: int | None = None,
    *,
    spread: Callable[[Floats], Floats] | None = None,
    phi_least: float = 1.0,
) -> Effects:
    """Effects of the agents.

    Parameters
    ----------
    outcome : 0 or 1 per contact, or the logarithm of a time.
    expectation : its expected value.
    agent : code of the agent per contact.
    cluster : code of the agent and day per contact; a bad day makes its contacts alike, which ``dispersion`` measures.
    agents : number of agents; default those seen.
    spread : variance of an outcome but for phi, from the expectation; default p (1 - p).
    phi_least : phi is not taken for less.

    Source: O/E with one-step effects as in risk-adjusted provider profiling (Spiegelhalter 2005 for phi; Paule and
    Mandel 1982 for tau^2; Morris 1983 for the shrinkage).
    """
    size = agents if agents is not None else int(agent.max(initial=-1)) + 1
    own = (spread or bernoulli)(expectation)
    contacts, observed, expected, information = (
        total_by(agent, weight, size) for weight in (np.ones_like(outcome), outcome, expectation, own)
    )
    if spread in (None, bernoulli):
        information = np.maximum(information, least_information(contacts, observed, expected))
    raw = np.divide(observed - expected, information, out=np.zeros(size), where=information > 0)
    phi = dispersion(outcome - expectation - raw[agent] * own, own, agent, cluster, phi_least)
    return from_sums(contacts, observed, expected, information, phi)


def from_sums(contacts: Floats, observed: Floats, expected: Floats, information: Floats, phi: float) -> Effects:
    """Effects from the sums of each agent: n, O, E, V."""
    seen = information > 0
    raw = np.divide(observed - expected, information, out=np.full(len(seen), np.nan), where=seen)
    variance = np.divide(phi, information, out=np.full(len(seen), np.nan), where=seen)
    tau2, mean = between(raw, variance)
    reliability = _reliability(tau2, variance, seen)
    skill = np.where(seen, mean + reliability * (np.where(seen, raw, 0.0) - mean), 0.0)
    wide = max(tau2, overlooked(variance[seen]))
    share = _reliability(wide, variance, seen)
    sd = np.sqrt(share * np.where(seen, variance, 0.0) + (1 - share) ** 2 * _mean_variance(variance[seen], wide))
    return Effects(contacts, observed, expected, raw, variance, skill, sd, phi, tau2, mean)


def least_information(contacts: Floats, observed: Floats, expected: Floats) -> Floats:
    """Information below which the step d = (O - E) / V is not believed.

    One Newton step from the expectation overshoots without limit where nearly all expectations are close to 0 or 1.
    It may go ``FARTHEST`` times as far as the logits of the sums O / n and E / n lie apart, and no farther.
    """
    found, awaited = (logit((own + 0.5) / (contacts + 1.0)) for own in (observed, expected))
    apart = FARTHEST * np.abs(found - awaited)
    least: Floats = np.divide(np.abs(observed - expected), apart, out=np.zeros_like(contacts), where=apart > SMALL)
    return least


def bernoulli(chance: Floats) -> Floats:
    """Variance of a yes or no."""
    return chance * (1 - chance)


def constant(level: Floats) -> Floats:
    """Variance of a logarithm, in units of phi."""
    return np.ones_like(level)


def dispersion(residual: Floats, spread: Floats, agent: Ints, cluster: Ints, least: float = 1.0) -> float:
    """Over-dispersion phi >= ``least``: squared residual sums of the agent-days over what chance alone would give.

    An agent's effect takes one degree of freedom: a cluster with information v of the agent's V keeps v - v^2 / V.
    """
    size = int(cluster.max(initial=-1)) + 1
    own = np.bincount(cluster, spread, minlength=size)
    whole = np.zeros(size)
    whole[cluster] = np.bincount(agent, spread)[agent]
    kept = (own - np.divide(own**2, whole, out=np.zeros(size), where=whole > 0)).sum()
    found = (np.bincount(cluster, residual, minlength=size) ** 2).sum()
    return max(least, float(found / kept)) if kept > SMALL else max(least, SMALL)


def between(raw: Floats, variance: Floats) -> tuple[float, float]:
    """Variance tau^2 and mean of the true effects (Paule-Mandel): the tau^2 at which Q equals n - 1, else 0.

    Agents without evidence (NaN) are left out.
    """
    tau2, mean = between_columns(raw[:, None], variance[:, None])
    return float(tau2[0]), float(mean[0])


def between_columns(raw: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """``between`` for many desks at once: one column a desk."""
    seen = ~np.isnan(raw)
    value, noise = np.where(seen, raw, 0.0), np.where(seen, variance, 1.0)
    free = seen.sum(axis=0) - 1
    low, high = np.zeros(raw.shape[1]), np.maximum((noise * seen).max(axis=0, initial=0.0), SMALL)
    while (grow := (free > 0) & (_excess(value, noise, seen, high) > free)).any():
        low, high = np.where(grow, high, low), np.where(grow, 2 * high, high)
    none = _excess(value, noise, seen, np.zeros_like(high)) <= np.maximum(free, 0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        up = _excess(value, noise, seen, middle) > free
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    tau2 = np.where(none, 0.0, high)
    return tau2, _centre(value, noise, seen, tau2)[0]


def overlooked(variance: Floats) -> float:
    """The variance between agents that this evidence could take for none: one standard error of tau^2 at 0."""
    if len(variance) < 2:
        return float(variance.sum())
    return float(np.sqrt(2 / (len(variance) - 1)) / np.mean(1 / variance))


def _excess(value: Floats, noise: Floats, seen: Flags, tau2: Floats) -> Floats:
    mean, weight = _centre(value, noise, seen, tau2)
    found: Floats = (weight * (value - mean) ** 2).sum(axis=0)
    return found


def _centre(value: Floats, noise: Floats, seen: Flags, tau2: Floats) -> tuple[Floats, Floats]:
    weight = seen / (noise + tau2)
    whole = weight.sum(axis=0)
    return np.divide((weight * value).sum(axis=0), whole, out=np.zeros_like(tau2), where=whole > 0), weight


def _reliability(tau2: float, variance: Floats, seen: Flags) -> Floats:
    return np.where(seen, tau2 / (tau2 + np.where(seen, variance, 1.0)), 0.0)


def _mean_variance(variance: Floats, tau2: float) -> float:
    weight = 1 / (variance + tau2)
    return float(1 / weight.sum()) if len(weight) else 0.0
