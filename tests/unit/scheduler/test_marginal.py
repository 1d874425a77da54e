"""What one more is worth: agrees with solving the desk again that has one more."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, Plan, Progress
from desk.frames import empty_frame
from desk.tables import table
from scheduler import make_roster, marginal_values
from scheduler.explain.scene import Scene
from tests.rules.small import desk

SECONDS = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"
PEOPLE = [f"p{number}" for number in range(8)]
AGENTS = "agent,name,team,contract,cost_per_h\n" + "\n".join(f"{name},N,red,full,10" for name in PEOPLE)
SKILLS = "agent,queue,proficiency,home\n" + "\n".join(f"{name},pre,1,1" for name in PEOPLE[:6])
SKILLS += "\n" + "\n".join(f"{name},after,1,0" for name in PEOPLE[6:])
SHIFTS = "shift,start,end,paid_h\nE,08:00,13:00,5\nL,13:00,18:00,5"
PEAK = {"pre": 5, "after": 6}
LEVELS = np.arange(12.0)


def world(agents: str = AGENTS, skills: str = SKILLS) -> Desk:
    """Eight people for three days, of which each may work two in a row."""
    return desk("max_consecutive_days = 2", SECONDS, days=3, agents=agents, skills=skills, shifts=SHIFTS)


def curves(of: Desk, taken: tuple[int, str] | None = None, by: float = 1.0) -> Curves:
    """Convex costs of two queues from 8 to 18; in the interval ``taken`` so many agents are there already (fewer where
    negative: so much more work comes)."""
    rows = []
    for at, start in enumerate(of.starts):
        for queue, peak in PEAK.items() if 8 <= start.hour < 18 else ():
            shifted = 20 * (1 + 0.3 * np.sin(start.hour)) * peak * np.exp(-0.5 * (LEVELS + by * ((at, queue) == taken)))
            rows += [(start, queue, level, own) for level, own in zip(LEVELS, shifted, strict=True)]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", of.settings.timezone))


def one_day(people: str, skills: str) -> Desk:
    """People for one day, paid next to nothing."""
    agents = "agent,name,team,contract,cost_per_h\n" + "\n".join(f"{name},N,red,full,0.1" for name in people)
    return desk("max_consecutive_days = 2", SECONDS, days=1, agents=agents, skills=skills, shifts=SHIFTS)


def steps(of: Desk, wanted: dict[str, tuple[int, float]]) -> Curves:
    """Curves from 8 to 18 by which each of so many people missing costs so much, and more are of no use."""
    rows = [
        (start, queue, level, max(0.0, people - level) * price)
        for start in of.starts
        for queue, (people, price) in wanted.items()
        if 8 <= start.hour < 18
        for level in LEVELS
    ]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", of.settings.timezone))


@pytest.fixture(scope="module")
def solved() -> tuple[Desk, Plan, pd.DataFrame]:
    of = world()
    plan = make_roster(of, curves(of))
    return of, plan, marginal_values(of, curves(of), plan)


def net(frame: pd.DataFrame, **where: str) -> float:
    own = frame[frame["date"].isna()]
    for column, value in where.items():
        own = own[own[column] == value]
    (found,) = own["net"]
    return float(found)


def saved_by(plan: Plan, of: Desk) -> float:
    return plan.outcome.objective - make_roster(of, curves(of)).outcome.objective


CHANGES = {
    "one more for pre": (
        world(AGENTS + "\nx,N,red,full,10", SKILLS + "\nx,pre,1,1"),
        {"kind": "agent", "skills": "pre"},
    ),
    "one more for after": (
        world(AGENTS + "\nx,N,red,full,10", SKILLS + "\nx,after,1,1"),
        {"kind": "agent", "skills": "after"},
    ),
    "one of pre trained for after": (
        world(skills=SKILLS + "\np0,after,1,0"),
        {"kind": "trained", "queue": "after"},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_value_is_what_solving_again_saves(solved: tuple[Desk, Plan, pd.DataFrame], change: str) -> None:
    """Protects the headline numbers: within a hundredth of what the changed desk saves, never above it."""
    _, plan, values = solved
    other, where = CHANGES[change]
    saved = saved_by(plan, other)
    assert 0 < net(values, **where) <= saved + 1e-6
    assert net(values, **where) == pytest.approx(saved, rel=0.01)


@pytest.mark.parametrize("change", CHANGES)
def test_large_desks_have_values_from_below(
    solved: tuple[Desk, Plan, pd.DataFrame], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects desks too large for everybody's answer: within a tenth of what solving again saves, never above it."""
    of, plan, _ = solved
    other, where = CHANGES[change]
    monkeypatch.setattr(Scene, "may_walk", False)
    saved, value = saved_by(plan, other), net(marginal_values(of, curves(of), plan), **where)
    assert 0 < value <= saved + 1e-6
    assert value == pytest.approx(saved, rel=0.1)


@pytest.mark.parametrize("most_to_walk", [0, 2_000])
def test_training_is_not_praised_for_a_better_line(most_to_walk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects training in desks of any size: what the same person could save untrained, in a plan that is not the
    best, is no worth of the skill."""
    of = one_day("ab", "agent,queue,proficiency,home\na,pre,1,1\nb,pre,1,1")
    wanted = steps(of, {"pre": (2, 50.0), "after": (0, 0.0)})
    late = wanted.points["start"].dt.hour >= 13
    plan = make_roster(of, replace(wanted, points=wanted.points[~late]))
    monkeypatch.setattr(Scene, "may_walk", most_to_walk > 0)
    values = marginal_values(of, replace(wanted, points=wanted.points[late]), plan)
    assert net(values, kind="trained", queue="after") == pytest.approx(0.0, abs=1e-6)


def test_one_more_is_worth_what_a_colleague_does_elsewhere() -> None:
    """Protects newcomers and training whose only use is that somebody else may change queues."""
    skills = "agent,queue,proficiency,home\na,pre,1,1\nb,pre,1,1\nb,after,1,0"
    of, more = one_day("ab", skills), one_day("abx", skills + "\nx,pre,1,1")
    wanted = steps(of, {"pre": (1, 50.0), "after": (1, 30.0)})
    values = marginal_values(of, wanted, make_roster(of, wanted))
    saved = make_roster(of, wanted).outcome.objective - make_roster(more, wanted).outcome.objective
    assert saved > 100
    assert net(values, kind="agent", skills="pre") == pytest.approx(saved, rel=0.01)


def test_one_more_hour_is_worth_what_solving_again_saves(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects the value of an hour: that of an agent who is there for it, with the plan solved again."""
    of, plan, values = solved
    own = values[(values["kind"] == "overtime_h") & (values["queue"] == "after")].set_index("date")["value"]
    costs = [make_roster(of, curves(of, (hour, "after"))).outcome.objective for hour in (8, 14)]
    saved = plan.outcome.objective - min(costs)
    assert own[of.dates[0]] <= saved + 1e-6
    assert own[of.dates[0]] == pytest.approx(saved, rel=0.15)


def test_one_more_hour_of_work_costs_what_solving_again_loses(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects the value of overload by day and queue: one agent hour of work more, solved again, never costs more
    than told (others may help), and nearly as much at the day's worst time."""
    of, plan, values = solved
    own = values[(values["kind"] == "overload_h") & (values["queue"] == "pre")].set_index("date")["value"]
    lost = {
        (day, hour): make_roster(of, curves(of, (24 * day + hour, "pre"), -1.0)).outcome.objective
        - plan.outcome.objective
        for day, hour in ((0, 8), (0, 14), (1, 14))
    }
    assert all(0 < more <= own[of.dates[day]] + 1e-6 for (day, _), more in lost.items())
    assert max(lost[0, 8], lost[0, 14]) == pytest.approx(own[of.dates[0]], rel=0.25)


def test_overload_costs_at_least_what_an_hour_saves(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects convexity: an hour lost costs no less than an hour more saves in the same interval."""
    hours = solved[2].pivot_table(index=["date", "queue"], columns="kind", values="value")
    assert (hours["overload_h"] > 0).any()
    assert (hours[["overtime_h", "overload_h"]] >= 0).all().all()


def test_it_tells_how_far_it_is_and_stops(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects who waits: a share done for each kind of people; who stops it gets what stands."""
    of, plan, values = solved
    told: list[Progress] = []
    stopped = marginal_values(of, curves(of), plan, report=lambda own: told.append(own) or len(told) < 2)  # type: ignore[func-returns-value]
    assert [own.done for own in told] == [0.0, 0.5]
    assert set(stopped.loc[stopped["kind"] == "agent", "skills"]) == {"pre"}
    assert (stopped["kind"] == "overtime_h").sum() == (values["kind"] == "overtime_h").sum()


def test_the_table_is_as_declared(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects readers of marginals.csv: the declared columns, every day and queue, net = value - cost."""
    of, _, values = solved
    assert list(values.columns) == list(table("marginals").columns)
    assert values["net"].to_numpy() == pytest.approx((values["value"] - values["cost"]).to_numpy())
    hours = values[values["kind"] == "overtime_h"]
    assert {(own.date, own.queue) for own in hours.itertuples()} == {
        (day, queue) for day in of.dates for queue in of.settings.queues
    }


def test_a_desk_without_queues_or_people_has_no_values_of_people(solved: tuple[Desk, Plan, pd.DataFrame]) -> None:
    """Protects desks of fixed headcounts without skills: no row of people, no exception."""
    of, plan, _ = solved
    bare = Desk(of.settings, {name: own for name, own in of.tables.items() if name != "skills"})
    values = marginal_values(bare, None, replace(plan, duty=plan.duty[:0]))
    assert not values["kind"].isin(["agent", "trained"]).any()
