"""What a contact could be expected to bring, whoever takes it: a model of the other agents' contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from incentive.effect import between_columns
from incentive.log import Flags, Floats, Ints, total_by

SURE = 1e-3
MANY = 50


@dataclass(frozen=True, slots=True)
class Pairs:
    """The contacts, joined where agent and cell are the same.

    Parameters
    ----------
    agent : code of the agent of each pair.
    fold : the part of the agents that each pair's agent belongs to.
    count, total : contacts of the pair, and the sum of their outcomes.
    cells : per level, coarse to fine, the cell of each pair.
    parents : per level, the cell of the level above in which each cell lies.
    values : per level, the value of its factor in each cell.
    at : the pair of each contact.
    agents : number of agents.
    share : whether outcomes are 0 or 1.
    """

    agent: Ints
    fold: Ints
    count: Floats
    total: Floats
    cells: tuple[Ints, ...]
    parents: tuple[Ints, ...]
    values: tuple[Ints, ...]
    at: Ints
    agents: int
    share: bool

    def spread(self, level: Floats) -> Floats:
        """Variance of an outcome but for phi."""
        return level * (1 - level) if self.share else np.ones_like(level)


def pairs(outcome: Floats, agent: Ints, codes: Sequence[Ints], agents: int, folds: int, *, share: bool = True) -> Pairs:
    """Join the contacts of an agent in a cell.

    Parameters
    ----------
    outcome : per contact.
    agent : code of the agent per contact, in an order that neither names nor the order of the log decide.
    codes : one array per factor, coarse to fine.
    agents : number of agents.
    folds : parts that the agents are dealt into by turns; with fewer agents each is a part.
    """
    levels = _levels(len(outcome), codes)
    at, first = _joint(levels[-1], agent)
    cells = tuple(level[first] for level in levels)
    parents = tuple(_first_of(fine, coarse) for coarse, fine in pairwise(cells))
    present = np.unique(agent)
    values = tuple(_first_of(fine, code[first]) for fine, code in zip(cells[1:], codes, strict=True))
    fold = np.searchsorted(present, agent[first]).astype(np.int64) % max(min(folds, len(present)), 1)
    count, total = (total_by(at, own, len(first)) for own in (np.ones(len(at)), outcome))
    return Pairs(agent[first], fold, count, total, cells, parents, values, at, agents, share)


def expected(own: Pairs, totals: Floats, *, prior: float, rounds: int) -> Floats:
    """Expected outcome of a contact of each pair, learned without the agent and those of the same fold.

    The contacts are cut into cells: all, by the first factor, by the first two, and so on. The mean of a cell over
    the agents of the *other* folds is drawn towards q: p = (sum + prior * q) / (contacts + prior), where q is the
    coarser cell's p, moved by what the factor's value does in all the coarser cells together. Without that a hard hour
    would be drawn towards the easy ones in each small cell, and who always works it would lose. A cell that good agents
    happen to work looks easier than it is; so from the second round on the outcomes are reduced by the shrunk effect of
    who made them above the mean, y - (m - mean) p (1 - p), before the means are taken.

    Parameters
    ----------
    totals : sums of outcomes, one row a pair, one column a log; all logs have the same contacts.
    prior : contacts that the coarser mean counts for.
    rounds : 1 = the others' skill stays in.

    Returns
    -------
    Shape of ``totals``; inside (0, 1) for a share.

    Source: group K-fold by agent; cell means with shrinkage; the rounds are backfitting of the crossed model
    logit p = cell + agent (Breslow and Clayton 1993) with one-step effects.
    """
    folds = int(own.fold.max(initial=0)) + 1
    taught = (own.fold[:, None] != np.arange(folds)) | (folds == 1)
    learned = _learn(own, totals, taught, prior, rounds)
    mine = own.fold[:, None, None] == np.arange(folds)
    return np.asarray((learned.reshape(len(own.fold), totals.shape[1], folds) * mine).sum(axis=2))


def _learn(own: Pairs, totals: Floats, taught: Flags, prior: float, rounds: int) -> Floats:
    """Levels by the means of what each fold is taught; columns are logs x folds."""
    logs = totals.shape[1]
    count = own.count[:, None] * taught
    y = (totals[:, :, None] * taught[:, None, :]).reshape(len(own.count), totals.shape[1] * taught.shape[1])
    n = np.tile(count, (1, logs))
    sums = [_sums(cell) for cell in own.cells]
    counts = [np.tile(table @ count, (1, logs)) for table in sums]
    people = _sums(own.agent, own.agents)
    fair = y
    for done in range(1, rounds + 1):
        level = _means(own, sums, counts, fair, prior)
        level = np.clip(level, SURE, 1 - SURE) if own.share else level
        if done < rounds:
            v = own.spread(level)[own.cells[-1]]
            v *= n
            away = level[own.cells[-1]]
            away *= -n
            away += y
            v *= _skill(people @ away, people @ v)[own.agent]
            fair = np.subtract(y, v, out=v)
    return np.asarray(level[own.cells[-1]])


def _means(own: Pairs, sums: Sequence[csr_array], counts: Sequence[Floats], fair: Floats, prior: float) -> Floats:
    whole = np.maximum(counts[0], 1e-9)
    level = (sums[0] @ fair) / whole
    for parent, value, table, count in zip(own.parents, own.values, sums[1:], counts[1:], strict=True):
        made, level = table @ fair, level[parent]
        if parent.max(initial=0) > 0:
            level = _moved(own, value, made, count, level, prior)
        level = (made + prior * level) / (count + prior)
    return np.asarray(level)


def _moved(own: Pairs, value: Ints, made: Floats, count: Floats, level: Floats, prior: float) -> Floats:
    """Levels of cells, moved by what each value of a factor does in all of them: one step, drawn towards none."""
    level = np.clip(level, SURE, 1 - SURE) if own.share else level
    table, spread = _sums(value), own.spread(level)
    contacts, information = table @ count, table @ (count * spread)
    step = np.divide(table @ (made - count * level), information, out=np.zeros_like(contacts), where=information > 0)
    moved = level + (step * contacts / (contacts + prior))[value] * spread
    return np.asarray(np.clip(moved, SURE, 1 - SURE) if own.share else moved)


def _skill(excess: Floats, information: Floats) -> Floats:
    """Shrunk effects above the mean of those taught, per agent and column."""
    seen = information > 0
    raw = np.divide(excess, information, out=np.full(excess.shape, np.nan), where=seen)
    variance = np.divide(1.0, information, out=np.full(excess.shape, np.nan), where=seen)
    tau2, mean = between_columns(raw, variance)
    return np.where(seen, tau2 / (tau2 + np.where(seen, variance, 1.0)) * (np.where(seen, raw, 0.0) - mean), 0.0)


def _sums(code: Ints, size: int | None = None) -> csr_array:
    """The matrix that adds the rows of equal code."""
    rows = size if size is not None else int(code.max(initial=-1)) + 1
    ones, places = np.ones(len(code)), np.arange(len(code))
    return csr_array((ones, (code, places)), shape=(rows, len(code)))


def _levels(size: int, codes: Sequence[Ints]) -> list[Ints]:
    levels = [np.zeros(size, dtype=np.int64)]
    for code in codes:
        levels.append(_joint(levels[-1], code)[0])
    return levels


def _joint(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Codes 0, 1, ... of the pairs, and where each last stands."""
    key = one * (other.max(initial=0) + 1) + other
    if int(key.max(initial=0)) > MANY * max(len(key), 1):
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    size = int(key.max(initial=-1)) + 1
    there, last = np.zeros(size, dtype=bool), np.zeros(size, dtype=np.int64)
    there[key], last[key] = True, np.arange(len(key))
    return (np.cumsum(there) - 1)[key], last[there]


def _first_of(fine: Ints, coarse: Ints) -> Ints:
    parent = np.zeros(int(fine.max(initial=-1)) + 1, dtype=np.int64)
    parent[fine] = coarse
    return parent
