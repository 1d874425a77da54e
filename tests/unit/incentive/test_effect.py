"""Effects, over-dispersion and shrinkage."""

import numpy as np
import pytest

from incentive.effect import between, dispersion, effects


def test_equal_agents_can_not_be_told_apart() -> None:
    """What is within chance gets no rank: tau is 0 and every score the middle."""
    agent = np.repeat([0, 1, 2], 100)
    outcome = np.tile([1.0, 0.0], 150)
    found = effects(outcome, np.full(300, 0.5), agent, agent)
    assert found.tau2 == 0
    assert list(found.score()) == [0.5, 0.5, 0.5]


def test_a_tiny_sample_stays_in_the_middle() -> None:
    """Three of three fast replies prove less than ninety of a hundred."""
    agent = np.repeat([0, 1, 2], [3, 100, 100])
    outcome = np.concatenate([np.ones(3), np.arange(100) < 90, np.arange(100) < 30]).astype(np.float64)
    found = effects(outcome, np.full(203, 0.6), agent, agent)
    tiny, good, _ = found.score()
    assert 0.5 < tiny < good
    assert found.ends(0.9)[0][0] < found.ends(0.9)[0][1]


def test_an_agent_without_contacts_has_no_score() -> None:
    """No evidence is no zero."""
    found = effects(np.array([1.0, 0.0]), np.full(2, 0.5), np.array([0, 1]), np.array([0, 1]), agents=3)
    assert np.isnan(found.score()[2])
    assert np.isnan(found.ends(0.9)[0][2])


def test_nobody_at_all_is_no_error() -> None:
    """A log without valid contacts gives blanks, not a crash."""
    none = np.array([], dtype=np.int64)
    found = effects(none.astype(np.float64), none.astype(np.float64), none, none, agents=2)
    assert np.isnan(found.score()).all()


def test_between_solves_its_equation() -> None:
    """At tau^2 the weighted squares add up to the degrees of freedom."""
    raw, variance = np.array([0.9, -0.2, 0.1, -1.1]), np.array([0.05, 0.1, 0.2, 0.1])
    tau2, mean = between(raw, variance)
    assert ((raw - mean) ** 2 / (variance + tau2)).sum() == pytest.approx(3, abs=1e-9)


def test_bad_days_widen_what_is_not_known() -> None:
    """Contacts of a day that go wrong together are less evidence than as many independent ones."""
    rng = np.random.default_rng(1)
    agent, day = np.repeat(np.arange(20), 500), np.tile(np.repeat(np.arange(10), 50), 20)
    spread = np.full(len(agent), 0.25)
    alone = (rng.random(len(agent)) < 0.5) - 0.5
    shocks = 0.2 * rng.choice([-1, 1], (20, 10))[agent, day]
    together = (rng.random(len(agent)) < 0.5 + shocks) - 0.5
    assert dispersion(alone, spread, agent, agent * 10 + day) == pytest.approx(1.0, abs=0.2)
    assert dispersion(together, spread, agent, agent * 10 + day) == pytest.approx(1 + 50 * 0.04 / 0.25, rel=0.25)
