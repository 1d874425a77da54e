"""How far intervals must be stretched to cover what they promise: found on logs drawn from the fitted desk."""

import numpy as np
from scipy.special import expit, logit, ndtri

from incentive.effect import Effects, from_sums
from incentive.log import Floats, total_by
from incentive.yardstick import Pairs, expected

DRAWS = 1000
FEWEST, MOST = 1, 20
SEED = 618
FARTHEST = 3.0


def stretch(own: Pairs, level: Floats, found: Effects, share: float, *, prior: float, rounds: int) -> float:
    """Factor, 1 to 3, on the intervals of ``found`` so that ``share`` of them cover the truth.

    Logs are drawn with the desk's own contacts, levels and agents, the true effects drawn from what is known of each
    agent, so that good agents keep their hard hours. Each is scored as the desk was; the factor is the quantile
    of |estimate - truth| / sd over that of the normal. It holds what the plain formula leaves out: that the levels of
    the cells, tau^2 and the mean are estimated too.

    Parameters
    ----------
    own : the desk's contacts by agent and cell.
    level : expected outcome of each pair.
    found : what was estimated on the desk, agents in the order of ``own``.

    Source: parametric bootstrap calibration of intervals (Efron and Tibshirani 1993, chapter 18).
    """
    seen = found.contacts > 0
    if seen.sum() < 2:
        return 1.0
    rng = np.random.default_rng(SEED)
    logs = int(np.clip(np.ceil(DRAWS / seen.sum()), FEWEST, MOST))
    truth = found.skill[:, None] + found.sd[:, None] * rng.standard_normal((own.agents, logs))
    totals = _draw(own, level, truth, found.dispersion, rng)
    again = expected(own, totals, prior=prior, rounds=rounds)
    far = [_distance(own, (level, again[:, log]), totals[:, log], truth[:, log], found)[seen] for log in range(logs)]
    return float(np.clip(np.quantile(np.concatenate(far), share) / ndtri((1 + share) / 2), 1.0, FARTHEST))


def _draw(own: Pairs, level: Floats, truth: Floats, phi: float, rng: np.random.Generator) -> Floats:
    """Totals of the pairs in logs with these effects, spread by phi."""
    count = own.count[:, None]
    if own.share:
        chance = expit(logit(level)[:, None] + truth[own.agent])
        even = count * chance
        return np.asarray(even + np.sqrt(phi) * (rng.binomial(count.astype(np.int64), chance) - even))
    even = count * (level[:, None] + truth[own.agent])
    return np.asarray(even + np.sqrt(phi * count) * rng.standard_normal(even.shape))


def _distance(own: Pairs, levels: tuple[Floats, Floats], total: Floats, truth: Floats, found: Effects) -> Floats:
    """|estimate - truth| / sd of each agent in a drawn log; a level that was missed is part of the estimate."""
    first, again = levels
    observed, expectation, information = (
        total_by(own.agent, values, own.agents) for values in (total, own.count * again, own.count * own.spread(again))
    )
    anew = from_sums(found.contacts, observed, expectation, information, found.dispersion)
    missed = logit(again) - logit(first) if own.share else again - first
    lift = np.average(missed, weights=own.count)
    return np.asarray(np.abs(anew.skill + lift - truth) / np.where(anew.sd > 0, anew.sd, 1.0))
