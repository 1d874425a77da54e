"""Erlang A and its general patience against many digits, from one agent to 20,000, from idle to a load of 100."""

import math

import numpy as np
import pytest

from staffing import Survival, chat, erlang_a, erlang_b
from tests.theory.exact import erlang_a_by_states, general_patience

Case = tuple[float, float, int, float]


def drawn(count: int) -> list[Case]:
    """(offered per hour, handle time, agents, patience): loads 1e-6 to 100, half of them near 1."""
    random, found = np.random.default_rng(1917), []
    for number in range(count):
        agents = int(np.exp(random.uniform(0.0, np.log(20_000))))
        far = np.exp(random.uniform(np.log(1e-6), np.log(100.0)))
        load = far if number % 2 else np.exp(random.normal(0.0, 0.2))
        aht_s = np.exp(random.uniform(np.log(0.5), np.log(1e5)))
        patience_s = min(np.exp(random.uniform(np.log(0.1), np.log(1e7))), 1e9 * aht_s / agents / max(load, 1.0) ** 2)
        found.append((load * agents * 3600.0 / aht_s, aht_s, agents, patience_s))
    return found


@pytest.mark.parametrize("case", [one for one in drawn(24) if one[0] / 3600.0 * one[3] < 20_000], ids=str)
def test_erlang_a_agrees_with_the_sum_over_its_states(case: Case) -> None:
    """Protects precision where no published table reaches: 1e-11 of every measure, tails included."""
    found = erlang_a(*case, 20.0)
    for name, exact in erlang_a_by_states(*case).items():
        assert float(getattr(found, name)) == pytest.approx(float(exact), rel=1e-11, abs=1e-300), name


def test_no_answer_leaves_its_range_whatever_is_asked() -> None:
    """Protects against nan and "probabilities" above 1: 20,000 questions from the whole range in one call."""
    random = np.random.default_rng(7)
    count = 20_000
    agents = np.floor(np.exp(random.uniform(0.0, np.log(20_000), count)))
    aht_s = np.exp(random.uniform(np.log(1e-3), np.log(1e6), count))
    load = np.exp(random.uniform(np.log(1e-6), np.log(100.0), count))
    patience_s = np.where(random.random(count) < 0.1, np.inf, np.exp(random.uniform(np.log(0.1), np.log(1e7), count)))
    patience_s[::50] = 0.0
    within_s = np.where(random.random(count) < 0.2, 0.0, np.exp(random.uniform(-5.0, 12.0, count)))
    found = erlang_a(load * agents * 3600.0 / aht_s, aht_s, agents, patience_s, within_s)
    for name in ("p_wait", "p_abandon", "occupancy", "within_of_offered", "within_of_served", "within_virtual"):
        assert np.all((getattr(found, name) >= 0.0) & (getattr(found, name) <= 1.0)), name
    for name in ("mean_wait_s", "mean_wait_served_s", "mean_queue", "throughput_per_h"):
        assert np.all(getattr(found, name) >= 0.0), name
    assert np.all(found.within_of_offered <= found.within_of_served + 1e-12)


def test_patience_of_nothing_is_erlang_b() -> None:
    """Protects the other end of patience: who would wait is lost, nobody queues."""
    found = erlang_a(100.0, 300.0, [0, 5, 12], 0.0, 20.0)
    assert found.p_abandon == pytest.approx(erlang_b(100.0, 300.0, [0, 5, 12]), rel=1e-14)
    assert found.mean_queue.tolist() == [0.0, 0.0, 0.0]
    nearly = erlang_a(100.0, 300.0, [5, 12], 1e-9, 20.0)
    assert nearly.p_abandon == pytest.approx(found.p_abandon[1:], rel=1e-9)
    assert nearly.within_virtual == pytest.approx(found.within_virtual[1:], rel=1e-9)


CURVE = Survival(np.array([0.0, 20.0, 90.0, 400.0]), np.array([0.01, 0.0, 0.004, 0.0015]))


@pytest.mark.parametrize(("per_h", "agents"), [(40.0, 5), (66.0, 5), (130.0, 5), (300.0, 12)])
def test_any_law_of_patience_agrees_with_plain_quadrature(per_h: float, agents: int) -> None:
    """Protects patience that is not exponential: below, at and beyond capacity, through knots and a dead stretch."""
    knots = [0.0, 20.0, 60.0, 90.0, 400.0]
    exact = general_patience(per_h, 300.0, agents, stay, [*knots, 1000.0, 3000.0, 9000.0], 60.0)
    found = chat(per_h, [300.0], agents, CURVE, 60.0)
    for name, value in exact.items():
        assert float(getattr(found, name)) == pytest.approx(float(value), rel=1e-9), name


def stay(wait_s: float) -> float:
    """`CURVE` piece by piece."""
    pieces = [(0.0, 20.0, 0.01), (20.0, 90.0, 0.0), (90.0, 400.0, 0.004), (400.0, math.inf, 0.0015)]
    return math.exp(-sum(hazard * (min(wait_s, high) - low) for low, high, hazard in pieces if wait_s > low))


def test_equal_hazards_are_one_law() -> None:
    """Protects the seams between pieces: exponential patience cut into five gives Erlang A to the last digits."""
    cut = Survival(np.array([0.0, 1.0, 30.0, 200.0, 5000.0]), np.full(5, 1.0 / 300.0))
    rates, agents = np.array([[10.0], [500.0], [620.0], [3000.0]]), np.array([1, 40, 50, 2000])
    whole, pieces = chat(rates, [300.0], agents, 300.0, 45.0), chat(rates, [300.0], agents, cut, 45.0)
    for name in whole.__dataclass_fields__:
        assert getattr(pieces, name) == pytest.approx(getattr(whole, name), rel=1e-11, abs=1e-300), name
