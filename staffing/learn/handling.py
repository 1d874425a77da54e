"""Handle time from a log: by the number of contacts that the agent holds, by agent, by hour."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
ROUNDS = 200
STEADY = 1e-10
FEWEST_CLOSED = 30
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Handled:
    """The contacts of one queue that were handled, one entry or row each.

    Parameters
    ----------
    time_s : s during which the agent held 1, 2, ... contacts, shape (contact, level); the last counts all above.
    level : contacts held when it was closed, from 0 for one.
    agent : place in ``agents``.
    hour : hour of the day in which it was assigned.
    agents : names.
    """

    time_s: FloatArray
    level: IntArray
    agent: IntArray
    hour: IntArray
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandleFit:
    """Handle times of one queue.

    Parameters
    ----------
    aht_s, aht_low, aht_high : by contacts held, s, with 95 % limits; NaN for a level with fewer than thirty closings.
    closed : closings at each level.
    proficiency, proficiency_low, proficiency_high, contacts : by agent, shrunk by their evidence.
    hour, hour_low, hour_high, hour_contacts : handle time of each hour of the day relative to all, shape (24,).
    variation, variation_low, variation_high : standard deviation / mean of the work in a contact.
    agents : names, in the order of ``proficiency``.
    """

    aht_s: FloatArray
    aht_low: FloatArray
    aht_high: FloatArray
    closed: FloatArray
    proficiency: FloatArray
    proficiency_low: FloatArray
    proficiency_high: FloatArray
    contacts: FloatArray
    hour: FloatArray
    hour_low: FloatArray
    hour_high: FloatArray
    hour_contacts: FloatArray
    variation: float
    variation_low: float
    variation_high: float
    agents: tuple[str, ...]


def handled(contacts: pd.DataFrame, queue: str, levels: int) -> Handled:
    """Who held how many contacts for how long, from a table ``contacts`` of all queues.

    Contacts whose customer had left count for what their agent held, not for a handle time.
    """
    done = contacts[contacts["agent"].notna() & contacts["assigned"].notna() & contacts["closed"].notna()]
    done = done[done["closed"] > done["assigned"]]
    names, agent = np.unique(done["agent"].to_numpy(dtype=str), return_inverse=True)
    begins, ends = (_seconds(done[column]) for column in ("assigned", "closed"))
    time_s, level = _held(begins, ends, agent, levels)
    mine = (done["queue"].eq(queue) & ~done["abandoned"].eq(True).fillna(False)).to_numpy(dtype=bool)
    hour = done["assigned"].dt.hour.to_numpy()
    return Handled(time_s[mine], level[mine], agent[mine], hour[mine].astype(np.int64), tuple(names))


def _seconds(times: "pd.Series[pd.Timestamp]") -> FloatArray:
    return np.asarray((times - times.min()) / pd.Timedelta(seconds=1), dtype=np.float64) + (
        (times.min() - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(seconds=1)
    )


def _held(begins: FloatArray, ends: FloatArray, agent: IntArray, levels: int) -> tuple[FloatArray, IntArray]:
    """Time of each contact at each number held, and the number held at its end."""
    time_s, level = np.zeros((begins.size, levels)), np.zeros(begins.size, dtype=np.int64)
    order = np.argsort(agent, kind="stable")
    for mine in np.split(order, np.flatnonzero(np.diff(agent[order])) + 1):
        moments = np.unique(np.concatenate([begins[mine], ends[mine]]))
        changes = np.searchsorted(moments, begins[mine]), np.searchsorted(moments, ends[mine])
        held = np.cumsum(
            sum(np.bincount(at, minlength=moments.size) * sign for at, sign in zip(changes, (1, -1), strict=True))
        )
        place = np.clip(held - 1, 0, levels - 1)
        wide = np.append(np.diff(moments), 0.0) * (held > 0)
        summed = np.zeros((moments.size + 1, levels))
        np.add.at(summed, (np.arange(1, moments.size + 1), place), wide)
        summed = summed.cumsum(axis=0)
        time_s[mine] = summed[changes[1]] - summed[changes[0]]
        level[mine] = place[changes[1] - 1]
    return time_s, level


def fit_handling(seen: Handled) -> HandleFit:
    """Handle times by level, agent and hour.

    Notes
    -----
    Closings at level k of agent a are taken as events at the rate ``proficiency[a] / aht_s[k]`` per second that one of
    his contacts spends there (exact for exponential work, else an average). Agents are drawn towards each other by a
    gamma prior fitted to their spread. Proficiencies are scaled to 1 over all the work. Limits widen or narrow by how
    much more or less the work in a contact varies than an exponential one's.

    Source: log-linear rates (Holford 1980); gamma-Poisson shrinkage (Clayton & Kaldor 1987).
    """
    levels, agents = seen.time_s.shape[1], len(seen.agents)
    closed = np.bincount(seen.level, minlength=levels).astype(np.float64)
    own = np.bincount(seen.agent, minlength=agents).astype(np.float64)
    exposure = np.zeros((agents, levels))
    np.add.at(exposure, seen.agent, seen.time_s)
    rate, pace = _rates(exposure, closed, own)
    work = (seen.time_s * rate).sum(axis=1) * pace[seen.agent]
    variation = float(work.std() / work.mean()) if work.size else 1.0
    spread = NORMAL_95 * variation / np.sqrt(np.maximum(closed, 1.0))
    known = closed >= FEWEST_CLOSED
    aht_s = np.where(known, 1.0 / np.where(known, rate, 1.0), np.nan)
    expected = exposure @ rate
    proficiency, low, high = _shrunk(own, expected, variation**2)
    hour, hour_low, hour_high, count = _by_hour(seen.hour, work)
    return HandleFit(
        aht_s,
        aht_s * np.exp(-spread),
        aht_s * np.exp(spread),
        closed,
        proficiency,
        low,
        high,
        own,
        hour,
        hour_low,
        hour_high,
        count,
        variation,
        *_variation_limits(work, variation),
        seen.agents,
    )


def _variation_limits(work: FloatArray, variation: float) -> tuple[float, float]:
    """95 % limits of standard deviation / mean by the delta method."""
    if work.size < FEWEST_CLOSED:
        return float("nan"), float("nan")
    scaled = work / work.mean()
    influence = ((scaled - 1.0) ** 2 - variation**2) / (2.0 * variation) - variation * (scaled - 1.0)
    half = NORMAL_95 * float(influence.std()) / np.sqrt(work.size)
    return variation - half, variation + half


def _rates(exposure: FloatArray, closed: FloatArray, own: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Closings per second at each level and the pace of each agent (mean 1), fitted in turns."""
    pace = np.ones(own.size)
    rate = np.zeros(closed.size)
    for _ in range(ROUNDS):
        before = rate
        spent = pace @ exposure
        rate = np.where(spent > 0.0, closed / np.where(spent > 0.0, spent, 1.0), 0.0)
        expected = exposure @ rate
        pace = np.where(expected > 0.0, own / np.where(expected > 0.0, expected, 1.0), 1.0)
        scale = own.sum() / max(expected.sum(), 1e-300)
        pace = pace / max(scale, 1e-300)
        if np.abs(rate - before).max() <= STEADY * rate.max():
            break
    return rate, pace


def _shrunk(own: FloatArray, expected: FloatArray, dispersion: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Proficiencies drawn towards 1 by their evidence, with 95 % limits."""
    known = expected > 0.0
    ratio = np.where(known, own / np.where(known, expected, 1.0), 1.0)
    noise = dispersion / np.where(known, expected, np.inf)
    trusted = known & (own >= FEWEST_CLOSED)
    between = max(float(np.mean((ratio[trusted] - 1.0) ** 2 - noise[trusted])), 0.0) if trusted.any() else 0.0
    kept = (
        between / np.maximum(between + np.where(known, noise, np.inf), 1e-300) if between > 0.0 else np.zeros(own.size)
    )
    value = 1.0 + np.nan_to_num(kept) * (ratio - 1.0)
    spread = NORMAL_95 * np.sqrt(between * (1.0 - np.nan_to_num(kept)))
    return value, np.maximum(value - spread, 0.0), value + spread


def _by_hour(hour: IntArray, work: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Work in a contact of each hour of the day relative to all, with 95 % limits; NaN where too few came."""
    count = np.bincount(hour, minlength=24).astype(np.float64)
    mean = np.bincount(hour, work, minlength=24) / np.maximum(count, 1.0) / (work.mean() if work.size else 1.0)
    mean = np.where(count >= FEWEST_CLOSED, mean, np.nan)
    square = np.bincount(hour, work**2, minlength=24) / np.maximum(count, 1.0) / max(float(np.mean(work**2)), 1e-300)
    total = float(np.mean(work**2)) / max(float(np.mean(work)) ** 2, 1e-300) if work.size else 1.0
    spread = NORMAL_95 * np.sqrt(np.maximum(square * total - mean**2, 0.0) / np.maximum(count, 1.0))
    return mean, mean - spread, mean + spread, count
