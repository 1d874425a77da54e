"""Identities of queueing theory that must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import poisson

from desk.settings import Queue
from staffing import Service, chat, erlang_a, erlang_b, erlang_c, mean_patience_s, min_agents
from staffing.envelope import breakpoints, chords, falling_hulls

settings.register_profile("staffing", deadline=None, max_examples=60)
settings.load_profile("staffing")

agents = some.integers(1, 400)
aht = some.floats(10.0, 2000.0)
patience = some.floats(5.0, 5000.0)
load = some.floats(0.05, 4.0)
within = some.floats(0.0, 600.0)
steps = some.lists(some.floats(1.0, 1.6), min_size=0, max_size=5)


def fields(service: Service) -> dict[str, float]:
    return {name: float(getattr(service, name)) for name in Service.__dataclass_fields__}


def rate(load: float, agents: int, aht: float) -> float:
    """Arrivals per hour at a load per agent."""
    return load * agents * 3600.0 / aht


@given(agents, aht, load, within)
def test_endless_patience_is_erlang_c(agents: int, aht: float, load: float, within: float) -> None:
    """Protects the limit: patience that never ends gives Erlang C."""
    offered = rate(min(load, 0.97), agents, aht)
    nearly = fields(erlang_a(offered, aht, agents, 1e14, within))
    assert nearly == pytest.approx(fields(erlang_c(offered, aht, agents, within)), rel=1e-6, abs=1e-9)


@given(agents, aht, load)
def test_patience_like_handle_time_makes_the_number_present_poisson(agents: int, aht: float, load: float) -> None:
    """Protects Erlang A by the one case whose whole distribution is known: Poisson, whatever the staffing."""
    offered = rate(load, agents, aht)
    found, mean = erlang_a(offered, aht, agents, aht, 0.0), load * agents
    assert found.p_wait == pytest.approx(poisson.sf(agents - 1, mean), rel=1e-7, abs=1e-12)
    assert found.occupancy * agents + found.mean_queue == pytest.approx(mean, rel=1e-9)


@given(agents, aht, load, patience, within, some.integers(1, 5))
def test_constant_handle_time_makes_slots_into_servers(
    agents: int, aht: float, load: float, patience: float, within: float, slots: int
) -> None:
    """Protects chat: handle times that do not depend on the number held give Erlang A with one server a slot."""
    offered = rate(load, agents * slots, aht)
    one = fields(chat(offered, [aht] * slots, agents, patience, within))
    assert one == pytest.approx(fields(erlang_a(offered, aht, agents * slots, patience, within)), rel=1e-9, abs=1e-12)


@given(agents, aht, steps, load, patience, within)
def test_flows_balance_and_nothing_leaves_its_range(
    agents: int, aht: float, steps: list[float], load: float, patience: float, within: float
) -> None:
    """Protects against impossible answers: who arrives is served or leaves, and shares stay between 0 and 1."""
    times = list(aht * np.cumprod([1.0, *steps]))
    offered = rate(load, agents * len(times), times[-1])
    found = chat(offered, times, agents, patience, within)
    assert found.throughput_per_h + found.p_abandon * offered == pytest.approx(offered, rel=1e-9)
    assert found.p_abandon * offered / 3600.0 == pytest.approx(found.mean_queue / patience, rel=1e-9)
    shares = ("p_wait", "p_abandon", "occupancy", "within_of_offered", "within_of_served", "within_virtual")
    assert all(0.0 <= getattr(found, name) <= 1.0 for name in shares)
    assert found.within_of_offered <= found.within_of_served + 1e-12
    assert found.within_of_offered + found.p_abandon <= 1.0 + 1e-12


@given(aht, load, patience, within)
def test_two_agents_more_never_hurt(aht: float, load: float, patience: float, within: float) -> None:
    """Protects monotony, without which no bisection for a target is right."""
    staff = np.arange(1, 60)
    found = erlang_a(rate(load, 20, aht), aht, staff, patience, within)
    assert np.all(np.diff(found.within_of_offered) >= -1e-12)
    assert np.all(np.diff(found.p_abandon) <= 1e-12)


@given(some.integers(20, 400), aht, some.floats(1.5, 6.0), patience)
def test_deep_overload_is_a_fluid(agents: int, aht: float, load: float, patience: float) -> None:
    """Protects overload: never less lost than the fluid's 1 - 1/load, never more than if nobody waited at all."""
    per_h = rate(load, agents, aht)
    found = erlang_a(per_h, aht, agents, patience, 0.0)
    assert 1.0 - 1.0 / load - 1e-12 <= found.p_abandon <= erlang_b(per_h, aht, agents) + 1e-12


@given(some.integers(1, 20_000), some.floats(0.01, 30_000.0))
def test_blocking_obeys_its_recursion(servers: int, load: float) -> None:
    """Protects Erlang B up to 20,000 servers: each value follows from the one before."""
    before, now = erlang_b(load, 3600.0, [servers - 1, servers])
    assert 0.0 <= now <= 1.0
    assert now == pytest.approx(load * before / (servers + load * before), rel=1e-9, abs=1e-300)


DEFINITIONS = ("within_of_offered", "within_of_served", "within_virtual")


@given(some.floats(1.0, 3000.0), aht, some.floats(0.05, 0.99), within, patience, some.sampled_from(DEFINITIONS))
def test_the_fewest_agents_are_enough_and_one_less_is_not(
    offered: float, aht: float, share: float, within: float, patience: float, definition: str
) -> None:
    """Protects `min_agents`: by each definition the answer meets the target and its predecessor misses it."""
    fewest = int(min_agents(offered, aht, share, within, patience, definition=definition))
    reached = getattr(erlang_a(offered, aht, [max(fewest - 1, 0), fewest], patience, within), definition)
    assert reached[1] >= share
    assert fewest == 0 or not reached[0] >= share


@given(some.floats(1.0, 2000.0), some.floats(0.01, 0.99))
def test_a_stated_pair_is_met_by_its_mean_patience(wait_s: float, share: float) -> None:
    """Protects the translation of "after w seconds a share s has left" into a mean."""
    queue = Queue.model_validate({"aht_s": [60.0], "patience": {"wait_s": wait_s, "share_lost": share}})
    assert 1.0 - np.exp(-wait_s / mean_patience_s(queue)) == pytest.approx(share, rel=1e-9)


@given(some.lists(some.floats(0.0, 100.0), min_size=2, max_size=40), some.integers(3, 12))
def test_the_envelope_is_convex_falling_and_below_until_it_is_thinned(costs: list[float], most: int) -> None:
    """Protects the optimiser's curves: convex, falling, below the cost, and never more points than allowed."""
    row = np.array([costs])
    hull = falling_hulls(row)
    assert np.all(hull <= row + 1e-9)
    assert np.all(np.diff(hull[0]) <= 1e-9)
    assert np.all(np.diff(hull[0], 2) >= -1e-9)
    kept = breakpoints(hull, np.array([len(costs) - 1]), most, np.zeros(1))
    assert kept.sum() <= most
    assert np.all(chords(hull, kept) >= hull - 1e-9)
