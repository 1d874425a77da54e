"""Stationary service of one queue over a grid of arrival rates and agents, looked up instead of computed anew."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

from desk.settings import Queue
from staffing.minimum import smallest
from staffing.patience import patience
from staffing.service import HOUR_S, Service, service
from staffing.survival import exponential

FloatArray = npt.NDArray[np.float64]
ENDLESS_S = 1e6
MISSED = 1e-4
NEARLY_ALL = 1.0 - 1e-6
FINENESS = 8.0
MOST_RATES = 400
BEYOND = 25
MOST_ROUNDS, SETTLED = 40, 1e-3
MOST_LOST = MOST_WORK = 0.999
SURE_SPREADS = 5.0


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """Service at ``rates`` (rows) and 0, 1, 2 ... whole agents (columns); between two of either it is linear.

    Parameters
    ----------
    rates : inquiries per hour, rising, from 0.
    lost, late, within : shares of the offered: left, served after the target's time, served within it.
    wait_s : mean wait over all offered.
    present : mean number in the system, waiting and in service.
    held : mean number in service.
    occupancy : share of the slots in use.
    """

    rates: FloatArray
    lost: FloatArray
    late: FloatArray
    within: FloatArray
    wait_s: FloatArray
    present: FloatArray
    held: FloatArray
    occupancy: FloatArray

    @property
    def most_agents(self) -> int:
        """The last column's number of agents: enough for the highest rate."""
        return int(self.lost.shape[1]) - 1

    def thinned(self, away: float, agents: int = 0) -> "ServiceTable":
        """The table by agents on duty, each of whom is away for a share of the time, by himself.

        With up to as many on duty as make sure that enough are there, at least ``agents``.
        """
        if away == 0.0:
            return self
        there = self.most_agents
        wide = math.ceil((there + SURE_SPREADS * math.sqrt(there * away) + SURE_SPREADS**2 * away) / (1.0 - away))
        chance = present_chances(max(wide, agents), there, away)
        columns = (self.lost, self.late, self.within, self.wait_s, self.present, self.held, self.occupancy)
        return ServiceTable(self.rates, *(column @ chance for column in columns))


def present_chances(on_duty: int, most: int, away: float) -> FloatArray:
    """Chance that 0, 1 ... ``most`` or more (rows) of 0, 1 ... ``on_duty`` agents (columns) are there."""
    numbers, counts = np.arange(on_duty + 1.0), np.arange(most + 1.0)[:, np.newaxis]
    chance = binom.pmf(counts, numbers, 1.0 - away)
    chance[-1] = binom.sf(most - 1.0, numbers, 1.0 - away)
    return np.asarray(chance)


def service_table(
    queue: Queue, highest_per_h: float, agents: int = 0, further: FloatArray | None = None
) -> ServiceTable:
    """The table of a queue for rates up to ``highest_per_h`` and at least ``agents`` agents, and for ``further`` rates.

    Endless patience is taken as one of eleven days, so that a backlog stays a number; nobody counts as lost then.
    """
    most = max(agents, _enough(queue, highest_per_h))
    rates = rate_grid(queue, highest_per_h, most)
    return service_at(queue, rates if further is None else np.union1d(rates, further), np.arange(most + 1.0))


def overfull(queue: Queue, highest_per_h: float, agents: int) -> FloatArray:
    """Rates that hold as many waiting before ``agents`` agents as the highest leaves behind where nobody is there."""
    first, most = highest_per_h * 1.0001, agents * capacity_per_h(queue) + highest_per_h
    return first + (most - first) * np.linspace(0.0, 1.0, BEYOND)[1:] ** 2


def service_at(queue: Queue, rates: FloatArray, agents: FloatArray) -> ServiceTable:
    """The table for some numbers of agents, one column each."""
    found = _stationary(queue, rates[:, np.newaxis], agents)
    held = found.occupancy * agents * len(queue.aht_s)
    lost = np.zeros_like(held) if math.isinf(patience(queue).mean_s) else found.p_abandon
    late = np.clip(1.0 - found.within_of_offered - lost, 0.0, 1.0)
    present = held + found.mean_queue
    return ServiceTable(rates, lost, late, found.within_of_offered, found.mean_wait_s, present, held, found.occupancy)


def paced(queue: Queue, pace: float) -> Queue:
    """The queue as people see it who work ``pace`` times as fast."""
    own = {"aht_s": [handle_s / pace for handle_s in queue.aht_s], "silent_s": queue.silent_s / pace}
    return queue.model_copy(update=own)


def capacity_per_h(queue: Queue) -> float:
    """Inquiries per hour that one fully loaded effective agent closes."""
    return len(queue.aht_s) / queue.aht_s[-1] * HOUR_S


def rate_grid(queue: Queue, highest_per_h: float, agents: int) -> FloatArray:
    """Rates from 0 to the highest, an eighth of the load's standard deviation apart.

    With endless patience the capacities of 1, 2 ... agents join, where service breaks down.
    """
    load = max(highest_per_h * max(queue.aht_s) / HOUR_S, 1.0)
    count = min(MOST_RATES, math.ceil(FINENESS * math.sqrt(load))) + 2
    grid = highest_per_h * np.linspace(0.0, 1.0, count) ** 2
    if math.isinf(patience(queue).mean_s):
        grid = np.union1d(grid, capacity_per_h(queue) * np.arange(1.0, agents + 1.0))
    return np.union1d(grid, [max(highest_per_h, 1e-6) * 1.0001])


def _enough(queue: Queue, highest_per_h: float) -> int:
    """Agents with which, at the highest rate, next to nobody waits too long."""
    missed = min(MISSED, 1.0 - min(queue.target.share, NEARLY_ALL))

    def enough(agents: FloatArray) -> npt.NDArray[np.bool_]:
        return np.asarray(_stationary(queue, highest_per_h, agents).within_of_offered >= 1.0 - missed)

    return int(smallest(enough, ()))


def _stationary(queue: Queue, rates: npt.ArrayLike, agents: npt.ArrayLike) -> Service:
    """Service, silent leavers included.

    Who left without a word still takes ``silent_s`` of an agent when his turn comes: a part x of a handle time, for a
    share s of those who leave. So each who comes to a line that lasts longer than his patience adds s x of a contact
    to it; see `staffing.kernel.measures`. What s x has beyond (nearly) a whole contact is laid on the served instead:
    with a share q lost, q / (1 - q) times as much on each, the q that agrees with itself found in rounds.
    """
    law = patience(queue)
    known = exponential(ENDLESS_S) if math.isinf(law.mean_s) else law
    whole = queue.silent_share * queue.silent_s / queue.aht_s[-1]
    left_work = min(whole, MOST_WORK)
    extra, lost = whole - left_work, np.asarray(0.0)
    for _ in range(MOST_ROUNDS):
        before, odds = lost, np.minimum(lost, MOST_LOST) / (1.0 - np.minimum(lost, MOST_LOST))
        pace = 1.0 / (1.0 + extra * odds)
        found = service(rates, queue.aht_s, agents, known, queue.target.within_s, pace, left_work)
        lost = found.p_abandon
        if extra == 0.0 or np.abs(lost - before).max() < SETTLED:
            break
    return found
