"""What the formulas accept, refuse and return."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from desk.settings import Queue
from staffing import (
    chat,
    erlang_a,
    erlang_b,
    erlang_c,
    ln_erlang_b,
    mean_patience_s,
    min_agents,
    min_agents_blocking,
)


def test_arguments_broadcast() -> None:
    """Protects vectorised use: rates down, agents across."""
    found = erlang_a(np.array([[30.0], [60.0]]), 240.0, np.array([2, 3, 4]), 300.0, 20.0)
    assert found.p_abandon.shape == (2, 3)
    assert found.p_abandon[1, 2] == erlang_a(60.0, 240.0, 4, 300.0, 20.0).p_abandon


def test_no_agents_lose_everybody_after_their_patience() -> None:
    """Protects the curves' first point."""
    found = chat(60.0, [180.0, 220.0], 0, 300.0, 60.0)
    assert (found.p_abandon, found.within_of_offered, found.throughput_per_h) == (1.0, 0.0, 0.0)
    assert (found.mean_wait_s, found.mean_queue) == (300.0, 5.0)
    assert math.isnan(found.mean_wait_served_s)


def test_no_arrivals_wait_for_nothing() -> None:
    """Protects quiet hours from 0/0."""
    found = erlang_a(0.0, 240.0, [0, 3], 300.0, 20.0)
    assert found.p_wait.tolist() == [0.0, 0.0]
    assert found.within_of_offered.tolist() == [1.0, 1.0]


def test_erlang_c_beyond_capacity_is_a_queue_without_end() -> None:
    """Protects against "probabilities" above 1 where Erlang C has no steady state."""
    found = erlang_c(200.0, 360.0, 10, 20.0)
    assert (found.p_wait, found.within_of_offered, found.occupancy) == (1.0, 0.0, 1.0)
    assert found.mean_wait_s == math.inf
    assert found.throughput_per_h == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((-1.0, 60.0, 1, 60.0, 20.0), "offered_per_h"),
        ((math.nan, 60.0, 1, 60.0, 20.0), "offered_per_h"),
        ((1.0, 0.0, 1, 60.0, 20.0), "aht_s"),
        ((1.0, 60.0, 1.5, 60.0, 20.0), "agents"),
        ((1.0, 60.0, 1, -1.0, 20.0), "patience_s"),
        ((1.0, 60.0, 1, 60.0, -1.0), "within_s"),
    ],
)
def test_nonsense_is_refused_by_name(arguments: tuple[float, float, float, float, float], complaint: str) -> None:
    """Protects against an answer to a question that makes no sense."""
    with pytest.raises(ValueError, match=complaint):
        erlang_a(*arguments)


def test_handle_times_may_be_one_number_or_many_and_never_none() -> None:
    """Protects callers: one number is one contact at a time, an array is as good as a list, nothing is refused."""
    alone = chat(100.0, 240.0, 9, 300.0, 20.0)
    assert alone.p_wait == pytest.approx(erlang_a(100.0, 240.0, 9, 300.0, 20.0).p_wait, rel=1e-12)
    assert chat(100, np.array([180, 220]), 6, 300, 20).p_wait == chat(100.0, [180.0, 220.0], 6, 300.0, 20.0).p_wait
    assert min_agents(100, np.int64(240), 0.8, 30, 300) == 9.0
    with pytest.raises(ValueError, match="aht_s"):
        chat(100.0, [], 9, 300.0, 20.0)


def test_blocking_refuses_nonsense() -> None:
    """Protects Erlang B the same way."""
    with pytest.raises(ValueError, match="agents"):
        erlang_b(10.0, 60.0, 1.5)
    with pytest.raises(ValueError, match="offered_per_h"):
        erlang_b(-10.0, 60.0, 1)


def test_blocking_too_small_for_a_number_has_a_logarithm() -> None:
    """Protects huge groups: 0 and minus infinity are not the same news."""
    assert erlang_b(2000.0, 360.0, 10_000) == 0.0
    assert ln_erlang_b(2000.0, 360.0, 10_000) == pytest.approx(-29325.7541713)
    assert ln_erlang_b(50.0, 360.0, 1) == pytest.approx(math.log(5 / 6))


def test_fewest_agents_need_a_share_below_one() -> None:
    """Protects the search from an unreachable target, and from 5 where 5 % is meant (nobody was needed for it)."""
    with pytest.raises(ValueError, match="share"):
        min_agents(100.0, 60.0, 1.0, 20.0)
    with pytest.raises(ValueError, match="within_virtual"):
        min_agents(100.0, 60.0, 0.8, 20.0, definition="p_wait")
    with pytest.raises(ValueError, match="blocked"):
        min_agents_blocking(100.0, 60.0, 5.0)


def test_fewest_agents_know_chat_and_quiet_hours() -> None:
    """Protects the requirement: several slots need fewer people, nobody for nothing."""
    assert min_agents([0.0, 100.0], [240.0, 260.0], 0.8, 30.0, 300.0).tolist() == [0.0, 5.0]
    assert min_agents(100.0, 240.0, 0.8, 30.0, 300.0) == 9.0


def test_patience_comes_from_a_mean_a_pair_or_not_at_all() -> None:
    """Protects the one place that knows patience: 41 % gone after 5 minutes is a mean of 568.6 s."""
    pair = {"aht_s": [60.0], "patience": {"wait_s": 300.0, "share_lost": 0.41}}
    assert mean_patience_s(Queue.model_validate(pair)) == pytest.approx(568.6, abs=0.05)
    assert mean_patience_s(Queue(aht_s=[60.0], patience_s=120.0)) == 120.0
    assert mean_patience_s(Queue(aht_s=[60.0])) == math.inf


def test_a_late_reply_may_not_cost_more_than_a_lost_inquiry() -> None:
    """Protects the optimiser from a desk on which it pays to answer nobody."""
    with pytest.raises(ValidationError, match="late_value is above lost_value"):
        Queue(aht_s=[60.0], lost_value=1.0, late_value=2.0)
    assert Queue(aht_s=[60.0], kind="deferrable", deadline_h=4.0, late_value=2.0).late_value == 2.0
