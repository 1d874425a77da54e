"""What a contact could be expected to bring, whoever takes it: cell means that leave the agent out."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from desk import Desk
from desk.grid import epoch_s
from incentive.effect import effects
from incentive.log import Floats, Ints, Log, local_clock

SURE = 1e-3


def cells(desk: Desk, log: Log, load: Floats) -> tuple[Ints, ...]:
    """The settings' risk factors, coarse to fine, each as codes 0, 1, ... per contact."""
    return tuple(FACTORS[name](desk, log, load) for name in desk.settings.incentive.risk_factors)


def expected(outcome: Floats, agent: Ints, codes: Sequence[Ints], *, prior: float, rounds: int) -> Floats:
    """Expected value of each contact, learned without its agent.

    The contacts are cut into cells: all, by the first factor, by the first two, and so on. The mean of a cell over
    the *other* agents is drawn towards the coarser cell's: p = (sum + prior * p_coarser) / (contacts + prior). A
    cell that good agents happen to work looks easier than it is; so from the second round on the others' outcomes
    are reduced by their own effect m, y - m p (1 - p), before the means are taken.

    Parameters
    ----------
    outcome : 0 or 1 per contact.
    agent : code of the agent per contact.
    codes : one array per factor, coarse to fine.
    prior : contacts that the coarser mean counts for.
    rounds : 1 = the others' skill stays in.

    Returns
    -------
    Probability per contact, inside (0, 1).

    Source: leave-one-out cell means with shrinkage; the rounds are backfitting of the crossed model
    logit p = cell + agent (Breslow and Clayton 1993) with the one-step effects of ``effect.effects``.
    """
    levels = _levels(len(outcome), codes)
    pairs = [_joint(level, agent) for level in levels]
    others = [np.bincount(level)[level] - np.bincount(pair)[pair] for level, pair in zip(levels, pairs, strict=True)]
    fair = outcome
    for done in range(1, rounds + 1):
        p = np.full(len(outcome), fair.mean())
        for depth, (level, pair, count) in enumerate(zip(levels, pairs, others, strict=True)):
            total = np.bincount(level, fair)[level] - np.bincount(pair, fair)[pair]
            weight = prior if depth else np.where(count > 0, 0.0, 1.0)
            p = (total + weight * p) / (count + weight)
        p = np.clip(p, SURE, 1 - SURE)
        if done < rounds:
            found = effects(outcome, p, agent, agent)
            fair = outcome - (found.skill - found.mean)[agent] * p * (1 - p)
    return p


def _levels(size: int, codes: Sequence[Ints]) -> list[Ints]:
    levels = [np.zeros(size, dtype=np.int64)]
    for code in codes:
        levels.append(_joint(levels[-1], code))
    return levels


def _joint(one: Ints, other: Ints) -> Ints:
    return np.unique(one * (other.max(initial=0) + 1) + other, return_inverse=True)[1].astype(np.int64)


def _queue(desk: Desk, log: Log, load: Floats) -> Ints:
    return log.queue


def _hour(desk: Desk, log: Log, load: Floats) -> Ints:
    return np.asarray(local_clock(log.start_s, desk.settings.timezone).hour, dtype=np.int64)


def _weekday(desk: Desk, log: Log, load: Floats) -> Ints:
    return np.asarray(local_clock(log.start_s, desk.settings.timezone).weekday, dtype=np.int64)


def _load(desk: Desk, log: Log, load: Floats) -> Ints:
    level = np.zeros(len(load), dtype=np.int64)
    inner = np.arange(1, desk.settings.incentive.load_levels) / desk.settings.incentive.load_levels
    for queue in np.unique(log.queue):
        own = log.queue == queue
        level[own] = np.searchsorted(np.quantile(load[own], inner), load[own])
    return level


def _phase(desk: Desk, log: Log, load: Floats) -> Ints:
    phases = desk.table("promotions")
    code = np.zeros(len(load), dtype=np.int64)
    names = pd.factorize(phases["phase"])[0] + 1
    begins, ends = (epoch_s(pd.DatetimeIndex(phases[name])) for name in ("start", "end"))
    for name, begin, end in zip(names, begins, ends, strict=True):
        code[(log.start_s >= begin) & (log.start_s < end)] = name
    return code


def _reason(desk: Desk, log: Log, load: Floats) -> Ints:
    return np.asarray(pd.factorize(log.column("reason"))[0] + 1, dtype=np.int64)


FACTORS: Mapping[str, Callable[[Desk, Log, Floats], Ints]] = {
    "queue": _queue,
    "phase": _phase,
    "hour": _hour,
    "load": _load,
    "weekday": _weekday,
    "reason": _reason,
}
