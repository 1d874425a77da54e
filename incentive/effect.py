"""From outcomes and expectations to the effect of each agent, shrunk by what the evidence can bear."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from incentive.log import Floats, Ints

HALVINGS = 60
SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Effects:
    """One entry per agent; NaN where an agent has no evidence.

    Parameters
    ----------
    contacts : valid contacts.
    observed, expected : sums O and E of outcomes and expectations.
    raw : effect d = (O - E) / V, in logits.
    variance : s^2 = phi / V of ``raw``.
    skill : shrunk effect m; 0 where there is no evidence.
    sd : posterior standard deviation of the effect.
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

    def score(self) -> Floats:
        """Phi((m - mu) / tau): 0.5 is the middle of the desk; 0.5 for all where agents can't be told apart."""
        spread = np.sqrt(self.tau2)
        place = (self.skill - self.mean) / spread if spread > 0 else np.zeros(len(self.skill))
        return np.where(self.contacts > 0, ndtr(place), np.nan)

    def rate(self, share: float) -> tuple[Floats, Floats, Floats]:
        """Adjusted rate on the desk's average contacts, with the ends of the interval that covers ``share``."""
        base = logit(self.expected.sum() / max(self.contacts.sum(), 1.0))
        reach = ndtri((1 + share) / 2) * self.sd
        known = np.where(self.contacts > 0, self.skill, np.nan) + base
        return expit(known), expit(known - reach), expit(known + reach)


def effects(outcome: Floats, expectation: Floats, agent: Ints, cluster: Ints, agents: int | None = None) -> Effects:
    """Effects of the agents.

    Parameters
    ----------
    outcome : 0 or 1 per contact.
    expectation : its expected value.
    agent : code of the agent per contact.
    cluster : code of the agent and day per contact; a bad day makes its contacts alike, which ``dispersion`` measures.
    agents : number of agents; default those seen.

    Source: O/E with one-step effects as in risk-adjusted provider profiling (Spiegelhalter 2005 for phi; Paule and
    Mandel 1982 for tau^2; Morris 1983 for the shrinkage).
    """
    size = agents if agents is not None else int(agent.max(initial=-1)) + 1
    spread = expectation * (1 - expectation)
    contacts, observed, expected, information = (
        np.bincount(agent, weight, minlength=size).astype(np.float64)
        for weight in (np.ones_like(outcome), outcome, expectation, spread)
    )
    seen = information > 0
    raw = np.divide(observed - expected, information, out=np.full(size, np.nan), where=seen)
    phi = dispersion(outcome - expectation - np.where(seen, raw, 0.0)[agent] * spread, spread, agent, cluster)
    variance = np.divide(phi, information, out=np.full(size, np.nan), where=seen)
    tau2, mean = between(raw[seen], variance[seen])
    reliability = np.where(seen, tau2 / (tau2 + np.where(seen, variance, 1.0)), 0.0)
    skill = np.where(seen, mean + reliability * (np.where(seen, raw, 0.0) - mean), 0.0)
    sd = np.sqrt(reliability * np.where(seen, variance, 0.0) + (1 - reliability) ** 2 * _mean_variance(variance, tau2))
    return Effects(contacts, observed, expected, raw, variance, skill, sd, phi, tau2, mean)


def dispersion(residual: Floats, spread: Floats, agent: Ints, cluster: Ints) -> float:
    """Over-dispersion phi >= 1: squared residual sums of the agent-days over what chance alone would give.

    An agent's effect takes one degree of freedom: a cluster with information v of the agent's V keeps v - v^2 / V.
    """
    size = int(cluster.max(initial=-1)) + 1
    own = np.bincount(cluster, spread, minlength=size)
    whole = np.zeros(size)
    whole[cluster] = np.bincount(agent, spread)[agent]
    kept = (own - np.divide(own**2, whole, out=np.zeros(size), where=whole > 0)).sum()
    found = (np.bincount(cluster, residual, minlength=size) ** 2).sum()
    return max(1.0, float(found / kept)) if kept > SMALL else 1.0


def between(raw: Floats, variance: Floats) -> tuple[float, float]:
    """Variance tau^2 and mean of the true effects (Paule-Mandel): the tau^2 at which Q equals n - 1, else 0."""
    if len(raw) < 2:
        return 0.0, float(raw.sum())
    if _excess(raw, variance, 0.0) <= 0:
        return 0.0, _mean(raw, variance, 0.0)
    low, high = 0.0, float(variance.max())
    while _excess(raw, variance, high) > 0:
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(raw, variance, middle) > 0 else (low, middle)
    return high, _mean(raw, variance, high)


def _excess(raw: Floats, variance: Floats, tau2: float) -> float:
    distance = (raw - _mean(raw, variance, tau2)) ** 2 / (variance + tau2)
    return float(distance.sum()) - (len(raw) - 1)


def _mean(raw: Floats, variance: Floats, tau2: float) -> float:
    return float(np.average(raw, weights=1 / (variance + tau2)))


def _mean_variance(variance: Floats, tau2: float) -> float:
    weight = 1 / (variance[~np.isnan(variance)] + tau2)
    return float(1 / weight.sum()) if len(weight) else 0.0
