"""The simulator: its rules one by one, its two engines, and its random numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk import Desk, InputError, Progress
from desk.tables import table
from staffing import predict_service, simulate
from staffing.simulation.case import Arrivals, Team, plain_arrivals, plain_clock, plain_routing
from staffing.simulation.fast import fast
from staffing.simulation.order import path_order
from staffing.simulation.plain import plain
from staffing.simulation.simulate import Engine, stage
from tests.unit.staffing.small import crowd, desk, duty, forecast

ENGINES = [plain, fast]


def arrivals(*contacts: tuple[float, float, float]) -> Arrivals:
    """Contacts (arrived_s, work, leaves_s) of queue 0."""
    arrived_s, work, leaves_s = np.array(contacts).T.copy()
    return plain_arrivals(arrived_s, np.zeros(len(arrived_s), dtype=np.int64), work, leaves_s - arrived_s)


def people(aht_s: list[float], *changes: tuple[float, int, int], skill: tuple[float, ...] = (1.0,)) -> Team:
    """Agents of the given proficiencies and changes of duty (time, agent, queue)."""
    pace = np.concatenate([[0.0], 1.0 / np.array(aht_s)])[np.newaxis]
    change_s, agent, queue = (np.array(column) for column in zip(*changes, strict=True))
    slots = np.array([len(aht_s)])
    return Team(
        pace,
        slots,
        np.array(skill)[:, np.newaxis],
        change_s.astype(float),
        agent,
        queue,
        plain_routing(1),
        plain_clock(1),
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_two_chats_slow_each_other_down(engine: Engine) -> None:
    """Protects concurrency: 100 s alone, 200 s each as two; half done alone, the rest at half the pace."""
    log = engine(people([100.0, 200.0], (0.0, 0, 0)), arrivals((0.0, 1.0, 9e9), (50.0, 1.0, 9e9)))
    assert log.assigned_s.tolist() == [0.0, 50.0]
    assert log.closed_s == pytest.approx([150.0, 200.0])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_slower_agent_takes_longer(engine: Engine) -> None:
    """Protects proficiency: at 0.8 a contact of 100 s takes 125 s."""
    log = engine(people([100.0], (0.0, 0, 0), skill=(0.8,)), arrivals((0.0, 1.0, 9e9)))
    assert log.closed_s == pytest.approx([125.0])


@pytest.mark.parametrize("engine", ENGINES)
def test_waiting_is_first_come_first_served_until_patience_ends(engine: Engine) -> None:
    """Protects the queue: the second leaves at 90 s, so the third is taken when the first closes at 100 s."""
    contacts = arrivals((0.0, 1.0, 9e9), (10.0, 1.0, 90.0), (20.0, 1.0, 9e9))
    log = engine(people([100.0], (0.0, 0, 0)), contacts)
    assert log.agent.tolist() == [0, -1, 0]
    assert log.assigned_s[2] == 100.0
    assert np.isnan(log.closed_s[1])


@pytest.mark.parametrize("engine", ENGINES)
def test_the_least_loaded_and_longest_idle_agent_is_chosen(engine: Engine) -> None:
    """Protects routing: 1 holds nothing when 0 holds one; then 0, free since 40 s, is idle longer than 1."""
    contacts = arrivals((0.0, 0.4, 9e9), (1.0, 0.5, 9e9), (90.0, 1.0, 9e9))
    log = engine(people([100.0, 150.0], (0.0, 0, 0), (0.0, 1, 0), skill=(1.0, 1.0)), contacts)
    assert log.agent.tolist() == [0, 1, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_leaves_finishes_what_he_holds_and_takes_nothing_new(engine: Engine) -> None:
    """Protects shift ends and breaks: gone at 50 s, the open contact closes at 100 s, the next waits until 300 s."""
    staff = people([100.0], (0.0, 0, 0), (50.0, 0, -1), (300.0, 0, 0))
    log = engine(staff, arrivals((0.0, 1.0, 9e9), (60.0, 1.0, 9e9)))
    assert log.closed_s.tolist() == [100.0, 400.0]
    assert log.assigned_s.tolist() == [0.0, 300.0]


def busy_desk() -> tuple[Desk, pd.DataFrame]:
    """Three queues, four people who change queues, take breaks and go home."""
    small = desk()
    coming = forecast(small, [12.0, 14.0, 5.0], paths=6, seed=7)
    rows = [("ann", "pre", 2, 10), ("ann", "break", 10, 11), ("ann", "pre", 11, 20), ("bob", "pre", 4, 8)]
    rows += [("bob", "after", 8, 12), ("bob", "pre", 12, 16), ("cat", "after", 0, 22), ("dan", "mail", 6, 9)]
    return small, duty(coming, *rows, ("dan", "after", 9, 14), ("dan", "mail", 14, 20))


def test_both_engines_do_the_same_on_the_same_numbers() -> None:
    """Protects the fast engine by the plain one: every time and every agent equal, to the last bit."""
    small, plan = busy_desk()
    coming = forecast(small, [12.0, 14.0, 5.0], paths=6, seed=7)
    for run in range(6):
        logs = [stage(small, coming, plan, seed=3, engine=engine).play(run)[1] for engine in ENGINES]
        for one, other in zip(*logs, strict=True):
            np.testing.assert_array_equal(one, other)


def test_order_of_people_and_rows_changes_nothing() -> None:
    """Protects fairness and reproducibility: the same seed and the same plan in another order give the same log."""
    small, plan = busy_desk()
    coming = forecast(small, [12.0, 14.0, 5.0], paths=6, seed=7)
    skills = small.table("skills").iloc[::-1]
    first = simulate(small, coming, plan, runs=3)
    second = simulate(Desk(small.settings, {"skills": skills}), coming, plan.sample(frac=1.0, random_state=1), runs=3)
    pd.testing.assert_frame_equal(first.contacts, second.contacts)
    pd.testing.assert_frame_equal(first.service, second.service)
    as_text = plan.assign(start=plan["start"].astype("str"))
    pd.testing.assert_frame_equal(simulate(small, coming, as_text, runs=3).service, first.service)
    pd.testing.assert_frame_equal(predict_service(small, coming, as_text), predict_service(small, coming, plan))


def test_two_plans_meet_the_same_customers() -> None:
    """Protects comparisons of plans: arrivals are equal, whoever is there."""
    small, plan = busy_desk()
    coming = forecast(small, [12.0, 14.0, 5.0], paths=6, seed=7)
    with_all = simulate(small, coming, plan, runs=1).contacts
    without_bob = simulate(small, coming, plan[plan["agent"] != "bob"], runs=1).contacts
    pd.testing.assert_series_equal(with_all["arrived"], without_bob["arrived"])
    assert without_bob["abandoned"].sum() > with_all["abandoned"].sum()


def test_contact_log_is_the_declared_table() -> None:
    """Protects incentives: a simulated log has the columns of a measured one, and its times are in order."""
    small, plan = busy_desk()
    log = simulate(small, forecast(small, [12.0, 14.0, 5.0], seed=7), plan, runs=1).contacts
    assert list(log.columns) == list(table("contacts").columns)
    assert log["contact"].is_unique
    served = log[~log["abandoned"]]
    assert (served["arrived"] <= served["assigned"]).all()
    assert (served["assigned"] <= served["first_reply"]).all()
    assert (served["first_reply"] <= served["closed"]).all()
    assert log.loc[log["abandoned"], ["assigned", "agent", "rating"]].isna().all(axis=None)
    left = log[log["abandoned"] & log["closed"].notna()]
    assert not left.empty
    assert (left["closed"] > left["arrived"]).all()
    assert served["rating"].dropna().between(1, 5).all()


def test_nobody_works_outside_his_duty() -> None:
    """Protects breaks: no contact is assigned to an agent in an interval in which he is not on its queue."""
    small, plan = busy_desk()
    log = simulate(small, forecast(small, [12.0, 14.0, 5.0], seed=7), plan, runs=1).contacts.dropna(subset="agent")
    hours = log.assign(start=log["assigned"].dt.floor("h"), activity=log["queue"])
    assert len(hours.merge(plan, on=["agent", "start", "activity"])) == len(hours)


def test_limits_cover_the_prediction_and_share_its_definition() -> None:
    """Protects the comparison in the report: a steady desk's predicted share lies within the simulated limits."""
    small = desk("pre")
    coming = forecast(small, 60.0, paths=200, seed=8)
    staffed, plan = crowd(small, coming, "pre", 3)
    both = predict_service(staffed, coming, plan).merge(simulate(staffed, coming, plan, runs=60).service)
    steady = both.iloc[2:]
    inside = steady["share_within"].between(steady["share_within_sim_low"], steady["share_within_sim_high"])
    assert inside.mean() > 0.85
    assert steady["lost"].sum() == pytest.approx(steady["lost_sim"].sum(), rel=0.2)


def test_a_share_of_one_is_not_certain() -> None:
    """Protects quiet intervals from limits of no width: never late so far is not never late."""
    small = desk("pre")
    coming = forecast(small, 5.0)
    staffed, plan = crowd(small, coming, "pre", 9)
    row = simulate(staffed, coming, plan, runs=10).service.iloc[5]
    assert row["share_within_sim"] == 1.0
    assert 0.8 < row["share_within_sim_low"] < 1.0
    assert row["lost_sim_high"] > 0.0


def test_simulation_stops_when_told_and_says_how_far_it_came() -> None:
    """Protects the stop button: the runs so far are the result."""
    small, plan = busy_desk()
    heard: list[Progress] = []

    def report(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 2

    result = simulate(small, forecast(small, [12.0, 14.0, 5.0], seed=7), plan, runs=10, report=report)
    assert result.runs == 2
    assert [one.done for one in heard] == [0.1, 0.2]


def test_deferrable_work_left_at_the_end_is_late_only_past_its_deadline() -> None:
    """Protects mail: with nobody there, what is due within the horizon is late, the rest still in time."""
    small = desk("mail")
    coming = forecast(small, 3.0)
    nobody = duty(coming, ("dan", "mail", 0, 1))
    service = simulate(small, coming, nobody, runs=2).service
    assert service["lost_sim"].sum() == 0.0
    assert service["share_within_sim"].iloc[2] == 0.0
    assert service["share_within_sim"].iloc[-1] == 1.0


def test_no_runs_are_refused() -> None:
    """Protects against a result of nothing."""
    small, plan = busy_desk()
    with pytest.raises(ValueError, match="runs"):
        simulate(small, forecast(small, 1.0), plan, runs=0)


def test_untrained_people_are_refused() -> None:
    """Protects the simulation the same way as the prediction."""
    small = desk()
    coming = forecast(small, 1.0)
    with pytest.raises(InputError, match="cat"):
        simulate(small, coming, duty(coming, ("cat", "pre", 0, 1)))


def test_few_runs_meet_quiet_and_busy_paths_as_evenly_as_all() -> None:
    """Protects what twenty runs tell of a wide forecast: they take every path at last, and the mean of the first twenty
    lies half as far from that of all as that of twenty drawn at random, in neither direction."""
    small, rng = desk("pre"), np.random.default_rng(1)
    coming = forecast(small, 20.0, paths=200, seed=2)
    wide = np.rint(coming.paths * rng.lognormal(0.0, 0.3, 200)[:, np.newaxis, np.newaxis])
    coming = replace(coming, paths=wide.astype(np.float32))
    totals, orders = wide.sum(axis=(1, 2)), [path_order(small, coming, seed) for seed in range(40)]
    assert all(sorted(own) == list(range(200)) for own in orders)
    means = np.array([totals[own[:20]].mean() for own in orders])
    assert means.std() < 0.5 * totals.std() / np.sqrt(20)
    assert abs(means.mean() - totals.mean()) < 0.1 * totals.std() / np.sqrt(20)
