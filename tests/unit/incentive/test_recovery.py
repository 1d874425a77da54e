"""Known skill is found again."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from data import sample_path
from desk import load_desk
from incentive import assess
from incentive.calibrate import stretch
from incentive.effect import Effects, effects
from incentive.yardstick import Pairs, expected, pairs
from tests.unit.incentive.small import ZONE, small_desk

HOURS = np.arange(24)
EASE = np.sin(HOURS / 24 * 2 * np.pi)
SHIFT_STARTS = np.arange(0, 24, 3)
SHIFT_EASE = np.array([EASE[(start + np.arange(8)) % 24].mean() for start in SHIFT_STARTS])


@dataclass(frozen=True)
class World:
    """Contacts with the true skill (logits) of the agents who took them."""

    skill: np.ndarray
    agent: np.ndarray
    hour: np.ndarray
    load: np.ndarray
    fast: np.ndarray

    def raw(self) -> np.ndarray:
        """Plain share per agent."""
        return np.bincount(self.agent, self.fast) / np.bincount(self.agent)

    def adjusted(self) -> np.ndarray:
        """Shrunk effect per agent."""
        return self.fitted()[2].skill

    def found(self) -> tuple[Effects, float]:
        """Effects, and the stretch of their intervals."""
        own, level, made = self.fitted()
        return made, stretch(own, level, made, 0.9, prior=20, rounds=5)

    def fitted(self) -> tuple[Pairs, np.ndarray, Effects]:
        """The contacts by agent and cell, what is expected of each, and the effects."""
        size = len(self.skill)
        own = pairs(self.fast, self.agent, [self.load, self.hour], agents=size, folds=10)
        level = expected(own, own.total[:, None], prior=20, rounds=5)[:, 0]
        return own, level, effects(self.fast, level[own.at], self.agent, self.agent, size)


def world(seed: int, *, hard_for_good: float, agents: int = 150, days: int = 14) -> World:
    """Agents with their own favourite shifts and volumes; ``hard_for_good`` draws the good ones to the hard shifts."""
    rng = np.random.default_rng(seed)
    skill = rng.normal(0, 0.25, agents)
    pull = rng.normal(0, 0.7, (agents, 8)) - hard_for_good * np.outer(skill / 0.25, SHIFT_EASE / SHIFT_EASE.std())
    habit = np.exp(pull) / np.exp(pull).sum(axis=1, keepdims=True)
    worked = np.array([rng.choice(8, days, p=own) for own in habit])
    counts = rng.poisson(np.repeat(rng.gamma(3, 8, agents), days))
    agent, day = (np.repeat(codes, counts) for codes in np.divmod(np.arange(agents * days), days))
    hour = (SHIFT_STARTS[worked[agent, day]] + rng.integers(0, 8, len(agent))) % 24
    load = rng.normal(0, 0.4, (days, 24))[day, hour]
    chance = 1 / (1 + np.exp(-(1 + EASE[hour] - load + skill[agent])))
    level = np.searchsorted(np.quantile(load, [0.2, 0.4, 0.6, 0.8]), load)
    return World(skill, agent, hour, level, (rng.random(len(agent)) < chance).astype(np.float64))


@pytest.mark.parametrize(("hard_for_good", "floor", "gain"), [(0.0, 0.8, 0.1), (0.5, 0.75, 0.6)])
def test_adjusted_scores_find_the_good_agents_even_in_the_hard_shifts(
    hard_for_good: float, floor: float, gain: float
) -> None:
    """Raw scores reward easy hours; adjusted ones the agent."""
    raw, adjusted = [], []
    for seed in range(3):
        one = world(seed, hard_for_good=hard_for_good)
        raw.append(spearmanr(one.raw(), one.skill)[0])
        adjusted.append(spearmanr(one.adjusted(), one.skill)[0])
    assert np.mean(adjusted) >= floor
    assert np.mean(adjusted) - np.mean(raw) >= gain


def test_who_always_works_the_hard_hours_is_scored_as_an_equal_in_the_easy_ones() -> None:
    """Small cells are not drawn to easy hours: of two equals the one who is always at the hard hours loses nothing.

    Drawn towards the mean of all hours the one at the hard hours lost 0.25 logits.
    """
    apart = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        skill = np.r_[0.0, 0.0, rng.normal(0, 0.3, 22)]
        start = rng.integers(0, 17, (24, 14))
        start[0], start[1] = 13, 1
        agent, day, _ = (own.ravel() for own in np.indices((24, 14, 32)))
        hour = start[agent, day] + rng.integers(0, 8, len(agent))
        load = rng.integers(0, 10, (14, 24))[day, hour]
        chance = 1 / (1 + np.exp(-(0.8 + 0.8 * EASE[hour % 24] - 0.1 * load + skill[agent])))
        fast = (rng.random(len(agent)) < chance).astype(np.float64)
        apart.append(World(skill, agent, hour, load, fast).adjusted()[:2])
    assert abs(np.mean(np.diff(apart))) <= 0.08


def test_scores_do_not_follow_the_ease_of_the_shifts() -> None:
    """Where skill and shifts have nothing to do with each other, neither have score and shifts."""
    found = []
    for seed in range(4):
        one = world(seed, hard_for_good=0.0)
        ease = np.bincount(one.agent, EASE[one.hour]) / np.bincount(one.agent)
        found.append(np.corrcoef(one.adjusted() - one.skill, ease)[0, 1])
    assert abs(np.mean(found)) <= 0.08


def test_the_sample_log_gives_back_its_truth() -> None:
    """The three days of the 618 sample: speed far better than raw, the others no worse than chance allows."""
    folder = sample_path("618")
    truth = pd.read_csv(Path(folder) / "truth" / "agents.csv").set_index("agent")
    desk = load_desk(folder)
    scores = assess(desk, desk.table("contacts")).scores
    floors = {"speed": ("reply", -1, 0.8), "conversion": ("conversion", 1, 0.75), "rating": ("rating", 1, 0.6)}
    for measure, (skill, sign, floor) in floors.items():
        own = scores[scores["measure"] == measure].set_index("agent").join(truth[skill].rename("truth"))
        own = own.dropna(subset=["adjusted"])
        assert spearmanr(own["adjusted"], sign * own["truth"])[0] >= floor
        if measure == "speed":
            assert spearmanr(own["observed"], sign * own["truth"])[0] < 0.5


def test_adjusted_seconds_are_those_of_all_the_desks_contacts() -> None:
    """Fast people take more contacts; what all would need on all contacts is, on average, what the desk needed."""
    rng = np.random.default_rng(5)
    agent = np.repeat(np.arange(12), np.r_[[400] * 6, [100] * 6])
    seconds = np.round(np.where(agent < 6, 30, 60) * np.exp(rng.normal(0, 0.5, len(agent)))) + 1
    came = pd.Timestamp("2025-06-16T10:00", tz=ZONE) + pd.to_timedelta(rng.integers(0, 3600, len(agent)), unit="s")
    ids, names = (
        [f"{letter}{number:04d}" for number in codes] for letter, codes in (("K", range(len(agent))), ("A", agent))
    )
    times = {"arrived": came, "assigned": came, "first_reply": came + pd.to_timedelta(seconds, unit="s")}
    scores = assess(small_desk(), pd.DataFrame({"contact": ids, "queue": "sale", "agent": names} | times)).scores
    own = scores[scores["measure"] == "first_reply_s"]
    assert np.average(own["adjusted"], weights=own["contacts"]) == pytest.approx(seconds.mean(), rel=0.01)
    assert np.abs(np.log(own["adjusted"] / own["observed"])).max() < 0.1
