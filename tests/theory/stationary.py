"""A desk in steady state for the engines: one queue, people who never go, and measures with their standard errors."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from staffing.simulation.case import Arrivals, Log, Team, plain_arrivals, plain_clock, plain_routing
from staffing.simulation.fast import fast

FloatArray = npt.NDArray[np.float64]


def always_there(agents: int, aht_s: Sequence[float]) -> Team:
    """``agents`` of proficiency 1 on queue 0 from the first second on."""
    pace = np.concatenate([[0.0], 1.0 / np.asarray(aht_s)])[np.newaxis]
    everyone = np.arange(agents)
    zeros = np.zeros(agents, dtype=np.int64)
    slots, skill = np.array([len(aht_s)]), np.ones((agents, 1))
    return Team(pace, slots, skill, np.zeros(agents), everyone, zeros, plain_routing(1), plain_clock(1))


def arriving(arrived_s: FloatArray, patience_s: float, random: np.random.Generator) -> Arrivals:
    """Contacts of queue 0 with exponential work and patience."""
    count = arrived_s.size
    patience = random.standard_exponential(count) * patience_s
    work = random.standard_exponential(count)
    return plain_arrivals(arrived_s, np.zeros(count, dtype=np.int64), work, patience)


def poisson_times(per_h: float, count: int, random: np.random.Generator) -> FloatArray:
    return np.asarray(random.standard_exponential(count).cumsum() / per_h * 3600.0)


def measured(log: Log, arrivals: Arrivals, within_s: float) -> dict[str, FloatArray]:
    """What happened to each contact, by the names of `Service`."""
    served = log.agent >= 0
    wait_s = np.where(served, log.assigned_s - log.arrived_s, arrivals.patience_s)
    return {
        "p_wait": (wait_s > 0).astype(float),
        "p_abandon": (~served).astype(float),
        "mean_wait_s": wait_s,
        "within_of_offered": (served & (wait_s <= within_s)).astype(float),
    }


def z_scores(
    expected: dict[str, float], agents: int, aht_s: Sequence[float], per_h: float, patience_s: float, within_s: float
) -> dict[str, float]:
    """Simulated less expected, in standard errors over 120 runs of 20,000 contacts, the first 2,000 left out."""
    means: dict[str, list[float]] = {name: [] for name in expected}
    for run in range(120):
        random = np.random.default_rng([618, run])
        arrivals = arriving(poisson_times(per_h, 20_000, random), patience_s, random)
        found = measured(fast(always_there(agents, aht_s), arrivals), arrivals, within_s)
        for name, values in means.items():
            values.append(float(found[name][2_000:-500].mean()))
    return {
        name: float((np.mean(values) - expected[name]) / (np.std(values, ddof=1) / np.sqrt(len(values))))
        for name, values in means.items()
    }


def over_time(log: Log, arrivals: Arrivals, agents: int, first_s: float, last_s: float) -> dict[str, float]:
    """Averages over the time between two moments, of everybody who stays on from the first second."""
    served = log.agent >= 0
    gone_s = np.where(served, log.assigned_s, arrivals.arrived_s + arrivals.patience_s)

    def average(begins_s: FloatArray, ends_s: FloatArray) -> float:
        return float(np.clip(np.minimum(ends_s, last_s) - np.maximum(begins_s, first_s), 0.0, None).sum()) / (
            last_s - first_s
        )

    held = average(log.assigned_s[served], log.closed_s[served])
    idle = (
        1.0
        - sum(
            average(*union(log.assigned_s[mine], log.closed_s[mine]))
            for mine in (log.agent == one for one in range(agents))
        )
        / agents
    )
    inside = served & (log.assigned_s > first_s) & (log.assigned_s < last_s)
    return {
        "mean_queue": average(arrivals.arrived_s, gone_s),
        "mean_chats_in_service": held,
        "idle_agent_fraction": idle,
        "mean_concurrency_when_busy": held / agents / (1.0 - idle),
        "mean_service_time_s": float((log.closed_s - log.assigned_s)[inside].mean()),
    }


def union(begins_s: FloatArray, ends_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Begins and ends of the times in which at least one of the spans holds; begins in order."""
    latest_s = np.maximum.accumulate(ends_s)
    new = np.append(True, begins_s[1:] > latest_s[:-1])
    return begins_s[new], latest_s[np.append(np.flatnonzero(new)[1:] - 1, begins_s.size - 1)]


def z_scores_over_time(
    expected: dict[str, float], agents: int, aht_s: Sequence[float], per_h: float, patience_s: float
) -> dict[str, float]:
    """As `z_scores`, of averages over time."""
    found = []
    for run in range(120):
        random = np.random.default_rng([1212, run])
        arrivals = arriving(poisson_times(per_h, 10_000, random), patience_s, random)
        log = fast(always_there(agents, aht_s), arrivals)
        found.append(over_time(log, arrivals, agents, arrivals.arrived_s[1_000], arrivals.arrived_s[-300]))
    return {name: z_score(np.array([one[name] for one in found]), value) for name, value in expected.items()}


def z_score(values: FloatArray, expected: float) -> float:
    """Mean less expected in standard errors; 0 where every value is the one expected."""
    if np.allclose(values, expected, rtol=1e-12):
        return 0.0
    return float((values.mean() - expected) / (values.std(ddof=1) / np.sqrt(values.size)))
