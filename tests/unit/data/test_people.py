"""The staff: ids that exist, and rules that each person can meet alone."""

from datetime import date
from itertools import product

import pandas as pd
import pytest

from data import SAMPLES, sample_path
from desk import Desk, load_desk
from desk.settings import Contract

DAY_H = 24


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Desk:
    """Each sample desk."""
    return load_desk(sample_path(request.param))


def test_staff_has_the_stated_size() -> None:
    """60 agents in four teams, 240 in eight, a good share of them cross-trained."""
    for name, agents, teams in (("618", 60, 4), ("1111", 240, 8)):
        own = load_desk(sample_path(name))
        assert own.table("agents")["team"].value_counts().size == teams
        assert own.table("agents")["name"].is_unique
        assert len(own.table("agents")) == agents
        flexible = own.table("skills").query("not home")
        assert 0.3 < flexible["agent"].nunique() / agents < 0.55
        assert (flexible["proficiency"] < 1).all()


def test_nobody_is_pinned_or_wishing_while_away(sample: Desk) -> None:
    """Leave, pins and wishes don't contradict each other."""
    away = set(zip(sample.table("leave")["agent"], sample.table("leave")["date"], strict=True))
    for name in ("pinned", "requests"):
        own = sample.table(name)
        assert not away & set(zip(own["agent"], own["date"], strict=True))


def test_night_before_the_horizon_was_kept(sample: Desk) -> None:
    """Pre-sale never closes, so each night of the week before has somebody."""
    nights = sample.table("worked").query("shift == 'N1'")
    assert nights["date"].nunique() == 7


def test_every_agent_can_meet_the_contract_alone(sample: Desk) -> None:
    """No sample asks the impossible of a person: leave, pins, hours, rest and streaks fit together."""
    assert [agent for agent in sample.table("agents")["agent"] if not feasible(sample, agent)] == []


def feasible(desk: Desk, agent: str) -> bool:
    """Whether some shift, worked every day alike, gives a legal roster: sufficient, since equal starts rest enough."""
    own = desk.table("agents").set_index("agent").loc[agent]
    contract = desk.settings.contracts[str(own["contract"])]
    shifts = desk.table("shifts").set_index("shift")
    allowed = [
        name
        for name in shifts.index
        if not shifts.at[name, "contracts"] or own["contract"] in shifts.at[name, "contracts"]
    ]
    pinned = desk.table("pinned").query("agent == @agent")
    choices = set(pinned["shift"]) or {name for name in allowed if name not in contract.max_shifts}
    return len(choices) > 0 and any(_days_exist(desk, agent, contract, shifts.loc[name]) for name in choices)


def _days_exist(desk: Desk, agent: str, contract: Contract, shift: "pd.Series") -> bool:
    """Search over (streak, hours of the week, hours of the horizon), day by day."""
    streak, rested_first = _before(desk, agent, shift, contract)
    states = {(streak, 0.0, 0.0)}
    free, must = _days(desk, agent)
    for number, day in enumerate(desk.dates):
        options = [True] if day in must else [False, True] if day in free and (number or rested_first) else [False]
        states = {_step(state, works, shift["paid_h"]) for state, works in product(states, options)}
        states = {state for state in states if state[0] <= _limit(contract.max_consecutive_days)}
        if day.day_of_week == 6:
            whole = number >= 6
            states = {(s, 0.0, total) for s, week, total in states if _week_fits(contract, week, whole)}
    return any(total >= _least(contract.min_paid_h_horizon) for _, _, total in states)


def _step(state: tuple[int, float, float], works: bool, paid_h: float) -> tuple[int, float, float]:
    streak, week, total = state
    return (streak + 1, week + paid_h, total + paid_h) if works else (0, week, total)


def _week_fits(contract: Contract, week_h: float, whole: bool) -> bool:
    return week_h <= _limit(contract.max_paid_h_week) and (not whole or week_h >= _least(contract.min_paid_h_week))


def _limit(limit: object) -> float:
    return float("inf") if limit is None else limit.limit


def _least(limit: object) -> float:
    return 0.0 if limit is None else limit.limit


def _days(desk: Desk, agent: str) -> tuple[set[pd.Timestamp], set[pd.Timestamp]]:
    own = desk.table("agents").set_index("agent").loc[agent]
    away = set(desk.table("leave").query("agent == @agent")["date"])
    first = own["from"] if pd.notna(own["from"]) else pd.Timestamp(date.min.replace(year=2000))
    free = {day for day in desk.dates if day not in away and day >= first}
    return free, set(desk.table("pinned").query("agent == @agent")["date"])


def _before(desk: Desk, agent: str, shift: "pd.Series", contract: Contract) -> tuple[int, bool]:
    """Days worked in a row before the horizon, and whether its first day may be worked."""
    worked = desk.table("worked").query("agent == @agent").sort_values("date")
    if worked.empty:
        return 0, True
    streak = (worked["shift"][::-1] != "OFF").cummin().sum()
    last = worked["shift"].iloc[-1]
    if last == "OFF":
        return 0, True
    end_min = desk.table("shifts").set_index("shift").at[last, "end"]
    rest_h = DAY_H + shift["start"] / 60 - end_min / 60
    return int(streak), rest_h >= _limit(contract.min_rest_h)
