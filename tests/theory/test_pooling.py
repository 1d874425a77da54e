"""Two queues of 6.67 erlangs each, for which pyworkforce answers ten agents, each counted in full in both queues."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from scheduler import make_roster
from staffing import required_agents, simulate, staffing_curves
from tests.unit.staffing.small import desk, duty, forecast

QUEUE = {
    "aht_s": [240.0],
    "target": {"share": 0.8, "within_s": 15.0},
    "lost_value": 20.0,
    "late_value": 10.0,
}
PER_H = 100.0


def helping() -> Desk:
    """Each queue's people help the other out at once."""
    return desk(
        one=QUEUE | {"overflow_to": "two", "overflow_after_s": 0.0},
        two=QUEUE | {"overflow_to": "one", "overflow_after_s": 0.0},
    )


def people(of: Desk, count: int) -> Desk:
    """``count`` agents with both skills, one shift from 8:00 to 18:00."""
    names = [f"a{number:02d}" for number in range(count)]
    skills = [(name, queue, 1.0, True) for name in names for queue in ("one", "two")]
    agents = {"agent": names, "name": names, "team": "t", "contract": "full", "cost_per_h": 1.0}
    shift = {"shift": ["day"], "start": [480.0], "end": [1080.0], "paid_h": [10.0], "break_min": [0.0]}
    tables = {
        "agents": pd.DataFrame(agents).assign(**dict.fromkeys(("from", "to"), pd.NaT), email=pd.NA),
        "skills": pd.DataFrame(skills, columns=["agent", "queue", "proficiency", "home"]),
        "shifts": pd.DataFrame(shift).assign(break_from=np.nan, break_to=np.nan, contracts=[()], kind="regular"),
    }
    settings = of.settings.model_validate(of.settings.model_dump() | {"contracts": {"full": {}}})
    return Desk(settings, tables)


def test_the_requirement_is_stable_and_smaller_than_that_of_separate_teams() -> None:
    """Protects pooling: 20 apart, 18 together, never the 10 that are fewer than the 13.33 erlangs they serve."""
    apart, small = desk(one=QUEUE, two=QUEUE), helping()
    needed = [required_agents(own, forecast(own, PER_H)).groupby("start")["required"].sum() for own in (apart, small)]
    assert set(needed[0]) == {20.0}
    assert set(needed[1]) == {18.0}


@pytest.mark.parametrize(("agents", "stable"), [(18, True), (10, False)])
def test_the_simulator_tells_eighteen_from_ten(agents: int, stable: bool) -> None:
    """Protects the claim by the witness: half of the people on each queue, helping out; ten fall behind all day."""
    small = people(helping(), agents)
    coming = forecast(small, PER_H, paths=20, seed=3)
    roles = [("one", "two")[number % 2] for number in range(agents)]
    plan = duty(coming, *((f"a{number:02d}", role, 0, 24) for number, role in enumerate(roles)))
    service = simulate(small, coming, plan, runs=20).service.groupby("queue")
    within, wait_s = service["share_within_sim"].mean(), service["mean_wait_s_sim"].last()
    assert bool(within.min() > 0.8) is stable
    assert bool(wait_s.max() < 60.0) is stable


def test_the_roster_counts_each_flexible_agent_once() -> None:
    """Protects the optimiser: eighteen with both skills, each on one queue at a time, both queues above their load."""
    small = people(helping(), 18)
    coming = forecast(small, np.where((np.arange(24) >= 8) & (np.arange(24) < 18), PER_H, 0.0)[:, np.newaxis])
    plan = make_roster(small, staffing_curves(small, coming))
    there = plan.duty[plan.duty["activity"].isin(["one", "two"])]
    assert not there.duplicated(["agent", "start"]).any()
    heads = there.groupby(["start", "activity"]).size().unstack(fill_value=0)
    assert len(heads) == 10
    assert heads.to_numpy().min() >= 7
    assert heads.sum(axis=1).max() <= 18
    service = simulate(small, forecast(small, coming.paths[0], paths=20, seed=4), plan.duty, runs=20).service
    open_hours = service[service["start"].dt.hour.between(9, 17)]
    assert open_hours["share_within_sim"].mean() > 0.8
