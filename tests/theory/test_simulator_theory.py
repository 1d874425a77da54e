"""The simulator against what is known exactly: only chance may differ."""

import csv
import json

import numpy as np
import pytest

from staffing import erlang_a
from staffing.simulation.fast import fast
from tests.theory.stationary import always_there, arriving, z_scores, z_scores_over_time
from tests.theory.test_queueing_reference import CASES

LIMIT = 3.0
OVER_TIME = (
    "mean_queue",
    "mean_chats_in_service",
    "idle_agent_fraction",
    "mean_concurrency_when_busy",
    "mean_service_time_s",
)


@pytest.mark.parametrize(
    ("agents", "per_h", "aht_s", "patience_s"),
    [(28, 360.0, 240.0, 300.0), (50, 3300.0, 60.0, 120.0), (18, 120.0, 600.0, 568.6), (1, 30.0, 300.0, 30.0)],
)
def test_simulator_agrees_with_erlang_a(agents: int, per_h: float, aht_s: float, patience_s: float) -> None:
    """Protects the engine at and beyond capacity: waits, losses and levels differ from Erlang A by chance only."""
    service = erlang_a(per_h, aht_s, agents, patience_s, 30.0)
    names = ("p_wait", "p_abandon", "mean_wait_s", "within_of_offered")
    expected = {name: float(getattr(service, name)) for name in names}
    scores = z_scores(expected, agents, [aht_s], per_h, patience_s, 30.0)
    assert max(map(abs, scores.values())) < LIMIT, scores


@pytest.mark.cases
def test_simulator_agrees_with_the_exact_chat_chain() -> None:
    """Protects concurrency: least-loaded routing and handle times by number held, as the exact chain has them."""
    path = CASES / "chat_reference.csv"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for case in {row["case"] for row in rows}:
        own = {row["metric"]: float(row["value"]) for row in rows if row["case"] == case}
        desk = json.loads(next(row["config_json"] for row in rows if row["case"] == case))
        expected = {name: own[name] for name in ("p_wait", "p_abandon", "mean_wait_s")}
        scores = z_scores(expected, desk["S"], desk["AHT"], desk["lambda_per_hour"], desk["patience_s"], 30.0)
        assert max(map(abs, scores.values())) < LIMIT, (case, scores)
        timed = {name: own[name] for name in OVER_TIME if name in own}
        scores = z_scores_over_time(timed, desk["S"], desk["AHT"], desk["lambda_per_hour"], desk["patience_s"])
        assert max(map(abs, scores.values())) < LIMIT, (case, scores)


def test_number_present_is_poisson_through_a_jump_when_patience_equals_handle_time() -> None:
    """Protects time variation: with patience = handle time the number present is Poisson(m(t)) under any staffing."""
    aht_s, before, after, agents, runs = 600.0, 60.0, 240.0, 12, 3_000
    moments_s = np.array([7_200.0, 7_500.0, 8_100.0, 9_900.0])
    load = after / 6.0 + (before - after) / 6.0 * np.exp(-(moments_s - 7_200.0) / aht_s)
    present = np.empty((runs, moments_s.size))
    for run in range(runs):
        random = np.random.default_rng([1111, run])
        early = random.uniform(0.0, 7_200.0, random.poisson(2 * before))
        late = random.uniform(7_200.0, 10_800.0, random.poisson(after))
        arrivals = arriving(np.sort(np.concatenate([early, late])), aht_s, random)
        log = fast(always_there(agents, [aht_s]), arrivals)
        gone_s = np.where(log.agent >= 0, log.closed_s, arrivals.arrived_s + arrivals.patience_s)
        inside = (arrivals.arrived_s[:, None] <= moments_s) & (gone_s[:, None] > moments_s)
        present[run] = inside.sum(axis=0)
    mean_z = (present.mean(axis=0) - load) / np.sqrt(load / runs)
    variance_z = (present.var(axis=0, ddof=1) - load) / np.sqrt((2.0 * load**2 + load) / runs)
    assert np.abs([mean_z, variance_z]).max() < LIMIT, (mean_z, variance_z)
