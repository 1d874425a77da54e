"""The curves that tell the optimiser what an agent is worth."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from desk import Desk
from staffing import chat, erlang_c, min_agents, predict_service, required_agents, staffing_curves
from staffing.requirement import fewest
from staffing.service import service
from staffing.table import service_table
from tests.unit.staffing.small import QUEUES, crowd, desk, forecast


def test_curve_is_the_stationary_cost_where_nothing_changes() -> None:
    """Protects the curve's meaning: at each point the cost of chat at that rate, to a quarter of a per cent."""
    small = desk("pre")
    points = staffing_curves(small, forecast(small, 90.0)).points
    last = points[points["start"] == points["start"].max()]
    exact = chat(90.0, [180.0, 220.0, 270.0], last["agents"], 300.0, 60.0)
    late = 1.0 - exact.within_of_offered - exact.p_abandon
    assert last["lost"].to_numpy() == pytest.approx(90.0 * exact.p_abandon, rel=0.01, abs=0.05)
    assert last["late"].to_numpy() == pytest.approx(90.0 * late, rel=0.01, abs=0.05)


def test_curves_begin_at_nobody_fall_and_are_convex() -> None:
    """Protects the linear program, which is wrong on a curve that is not convex."""
    small = desk("pre", "after")
    points = staffing_curves(small, forecast(small, [120.0, 60.0], paths=50, seed=3)).points
    for _, curve in points.groupby(["start", "queue"]):
        assert curve["agents"].iloc[0] == 0.0
        assert len(curve) <= 12
        slope = np.diff(curve["cost"]) / np.diff(curve["agents"])
        assert np.all(slope < 0)
        assert np.all(np.diff(slope) >= -1e-9)


def test_nobody_at_all_loses_everybody() -> None:
    """Protects the price of an empty desk: offered times the value of an inquiry."""
    small = desk("after")
    first = staffing_curves(small, forecast(small, 40.0)).points.iloc[0]
    assert first["lost"] == pytest.approx(40.0)
    assert first["cost"] == pytest.approx(240.0)


def test_error_of_the_envelope_is_stated_for_every_interval() -> None:
    """Protects honesty: what convexity and thinning changed is known, and is small beside the cost of nobody."""
    small = desk("pre", "after")
    curves = staffing_curves(small, forecast(small, [120.0, 60.0], paths=20, seed=4))
    assert curves.envelope_error[["start", "queue"]].drop_duplicates().shape[0] == 48
    worst = curves.points.groupby(["start", "queue"])["cost"].max().max()
    assert 0.0 < curves.envelope_error["error"].max() < 0.1 * worst


def test_uncertain_demand_makes_the_last_agents_worth_more() -> None:
    """Protects staffing on the whole distribution: with the same mean, a wider forecast costs more at its staffing."""
    small = desk("after")
    wide = np.where(np.arange(40) % 2, 60.0, 140.0)[:, np.newaxis, np.newaxis]
    costs = [staffing_curves(small, forecast(small, mean, paths=40)).points for mean in (100.0, wide)]
    noon = [points[points["start"] == points["start"].iloc[-1]] for points in costs]
    at_twelve = [np.interp(12.0, one["agents"], one["cost"]) for one in noon]
    assert at_twelve[1] > 1.5 * at_twelve[0]


def test_work_that_can_wait_has_hours_and_no_curve() -> None:
    """Protects deferrable queues: 10 letters of 6 minutes are an agent hour, a late one costs 2, an hour of them 20."""
    small = desk("mail")
    curves = staffing_curves(small, forecast(small, 10.0))
    assert curves.points.empty
    row = curves.work.iloc[0]
    assert (row["work_h"], row["deadline_h"], row["late_value"]) == pytest.approx((1.0, 4.0, 20.0))


def test_required_agents_meet_the_target_and_grow_with_the_quantile() -> None:
    """Protects the requirement: the fewest by the formula at a constant rate, more for a high day."""
    small = desk("pre")
    calm = required_agents(small, forecast(small, 90.0))
    assert set(calm["required"]) == {min_agents(90.0, [180.0, 220.0, 270.0], 0.8, 60.0, 300.0)}
    unsure = forecast(small, 90.0 * np.linspace(0.5, 1.5, 41)[:, np.newaxis, np.newaxis], paths=41)
    needed = [required_agents(small, unsure, quantile)["required"].iloc[-1] for quantile in (0.1, 0.5, 0.9)]
    assert needed == sorted(needed)
    assert needed[0] < needed[2]


def test_a_target_of_everybody_asks_for_many_and_not_for_nobody() -> None:
    """Protects targets of 100 % where many are away for a while: the table ends a breath below them, and nobody was
    required."""
    assert fewest(np.array([[0.1, 0.7, 0.8], [0.1, 0.7, 0.79]]), 0.8).tolist() == [2.0, 2.0]
    assert fewest(np.array([[0.0, 0.9, 0.9]]), 0.8).tolist() == [1.0]


def test_required_agents_of_mail_keep_up_with_it() -> None:
    """Protects deferrable requirements: 25 letters an hour at 6 minutes take 2.5 agents."""
    small = desk("mail")
    assert required_agents(small, forecast(small, 25.0))["required"].iloc[0] == pytest.approx(2.5)


def test_a_quantile_beyond_one_is_refused() -> None:
    """Protects against 90 meant as 0.9."""
    small = desk("pre")
    with pytest.raises(ValueError, match="quantile"):
        required_agents(small, forecast(small, 25.0), 90.0)


def test_quiet_queue_has_a_curve_that_costs_nothing() -> None:
    """Protects closed hours: no inquiries, no cost, no division by zero."""
    small = desk("pre")
    curves = staffing_curves(small, forecast(small, 0.0))
    assert isinstance(curves.points, pd.DataFrame)
    assert curves.points["cost"].max() == 0.0


def test_waiting_load_occupancy_and_the_envelopes_error_stand_beside_each_point() -> None:
    """Protects the visible limits: at 4 agents of 12 an hour 40 inquiries are a load of 0.83."""
    small = desk("after")
    curves = staffing_curves(small, forecast(small, 40.0))
    points = curves.points[curves.points["start"] == curves.points["start"].max()].set_index("agents")
    exact = chat(40.0, [300.0], [0, 4], 568.6, 60.0)
    assert points.loc[4.0, "load"] == pytest.approx(40.0 / 48.0)
    assert points.loc[4.0, "occupancy"] == pytest.approx(float(exact.occupancy[1]), rel=0.01)
    assert points.loc[4.0, "waiting"] == pytest.approx(float(exact.mean_queue[1]), rel=0.02)
    assert points.loc[0.0, "waiting"] == pytest.approx(float(exact.mean_queue[0]), rel=0.02)
    assert points.loc[0.0, "load"] == np.inf
    stated = curves.envelope_error[curves.envelope_error["start"] == curves.points["start"].max()]["error"]
    assert set(points["envelope_error"]) == set(stated)


def test_nobody_is_required_once_the_doors_are_shut() -> None:
    """Protects the hour after closing: chats carried over are finished by those who leave, not by a new shift."""
    small = desk("pre")
    rates = np.full(24, 90.0)
    rates[20:] = 0.0
    required = required_agents(small, forecast(small, rates[:, np.newaxis]))["required"]
    assert required.iloc[19] > 0
    assert required.iloc[20:].tolist() == [0.0] * 4


def test_silent_leavers_take_capacity() -> None:
    """Protects overload: each silent leaver takes two of the five minutes of a served one, so fewer are served."""
    loud, quiet = desk("after"), desk(after={**QUEUES["after"], "silent_share": 0.7, "silent_s": 120.0})
    lost = [service_table(small.settings.queues["after"], 96.0).lost[-1, 4] for small in (loud, quiet)]
    served = 1.0 - lost[1]
    assert lost[0] == pytest.approx(0.5, abs=0.01)
    assert served * 2.0 + lost[1] * 2.0 * 0.7 * 0.4 == pytest.approx(1.0, abs=0.01)


def test_missed_shifts_count_in_curve_requirement_and_prediction() -> None:
    """Protects desks whose people don't all come: the mean over those who do. With calls the account has it."""
    plain, names = desk("pre", "mail"), ["start", "queue"]
    rules = plain.settings.rules.model_copy(update={"absence_share": 0.2})
    small = Desk(plain.settings.model_copy(update={"rules": rules}), plain.tables)
    coming = forecast(small, [90.0, 10.0])
    curves = staffing_curves(small, coming)
    there = np.arange(7.0)
    lost = chat(90.0, [180.0, 220.0, 270.0], there, 300.0, 60.0).p_abandon @ binom.pmf(there, 6.0, 0.8)
    last = curves.points[(curves.points["start"] == coming.starts[-1]) & (curves.points["queue"] == "pre")]
    assert np.interp(6.0, last["agents"], last["lost"]) == pytest.approx(90.0 * lost, rel=0.01)
    assert curves.work["work_h"].to_numpy() == pytest.approx(10.0 * 0.1 / 0.8)
    staffed, plan = crowd(small, coming, "pre", 6)
    found = predict_service(staffed, coming, plan).set_index(names).loc[(coming.starts[-1], "pre")]
    assert found["lost"] == pytest.approx(90.0 * lost, rel=0.01)
    assert found["load"] == pytest.approx(90.0 * 0.075 / 3 / 6 / 0.8)
    calls = Desk(small.settings, {**small.tables, "shifts": pd.DataFrame({"kind": ["regular", "on_call"]})})
    for told in (staffing_curves(calls, coming), staffing_curves(plain, coming)):
        assert told.points["lost"].sum() != pytest.approx(curves.points["lost"].sum())
        assert told.work["work_h"].to_numpy() == pytest.approx(1.0)
    needed = [required_agents(own, coming).groupby("queue")["required"].max() for own in (plain, small)]
    assert needed[1]["pre"] >= needed[0]["pre"] + 1
    assert needed[1]["mail"] == pytest.approx(needed[0]["mail"] / 0.8)


@pytest.mark.parametrize(
    ("agents", "load", "part"), [(6, 0.9, 0.9999999), (3, 0.7, 0.5), (20, 1.3, 0.3), (5, 1.9, 0.5)]
)
def test_work_that_leavers_leave_is_done_by_the_crew(agents: int, load: float, part: float) -> None:
    """Protects desks with silent leavers, exactly: as much is done as comes; where it is all of it nobody is spared a
    wait, and those are lost who are too late in Erlang C.
    """
    per_h = load * agents * 60.0
    found = service(per_h, [60.0], agents, 300.0, 30.0, left_work=part)
    assert found.occupancy == pytest.approx(load * (1.0 - found.p_abandon * (1.0 - part)), rel=1e-9)
    if part > 0.9:
        behind = (1.0 / 300.0) / (1.0 / 300.0 + agents * (1.0 - load) / 60.0)
        assert found.p_abandon == pytest.approx(erlang_c(per_h, 60.0, agents, 30.0).p_wait * behind, rel=1e-5)
