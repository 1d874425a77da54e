"""The service that a duty plan is predicted to give."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from desk import Desk, InputError
from desk.settings import Rules
from staffing import Known, chat, predict_service, simulate, staffing_curves
from staffing.backlog import backlog_flow, capacity
from staffing.crew import Crew, crew
from staffing.held import busy_share, taken_slot_h, until_free_h
from staffing.opening import ahead, clearing_s
from staffing.survival import exponential
from tests.unit.staffing.small import crowd, desk, duty, forecast


def test_crew_counts_heads_proficiency_and_who_leaves() -> None:
    """Protects the effective agent: bob at 0.8 counts 0.8, and leaves when his duty does."""
    small = desk()
    coming = forecast(small, 10.0)
    plan = duty(coming, ("ann", "pre", 0, 3), ("bob", "pre", 0, 1), ("bob", "break", 1, 2), ("bob", "after", 2, 3))
    pre = crew(small, coming.starts, plan, "pre")
    assert pre.agents[:4].tolist() == [2, 1, 1, 0]
    assert pre.effective[:4] == pytest.approx([1.8, 1.0, 1.0, 0.0])
    assert pre.leaving[:4] == pytest.approx([0.0, 0.8, 0.0, 1.0])


def test_who_comes_from_chats_finishes_these_before_he_does_what_may_wait() -> None:
    """Protects deferrable work done in turns: an hour after four chats is half an hour (it counted whole, and 92 % were
    predicted in time where 56 % were)."""
    small = desk()
    coming = forecast(small, 10.0)
    plan = duty(coming, ("bob", "pre", 0, 2), ("bob", "after", 2, 3), ("cat", "break", 1, 2), ("cat", "after", 2, 3))
    after = crew(small, coming.starts, plan, "after")
    assert {queue: came[:4].tolist() for queue, came in after.came.items()} == {"pre": [0.0, 0.0, 1.0, 0.0]}
    hours = capacity(after, 1.0, 0.0, {"pre": np.full(24, 0.6)})[8:12]
    assert hours == pytest.approx([0.3125, 0.3125, 0.3125 + 0.15, 0.5625])
    busy_s = 3600.0 * until_free_h([180.0, 220.0, 270.0], 1, np.array([0.0, 1.0 / 3.0, 0.5, 1.0]))
    assert busy_s == pytest.approx([0.0, 180.0, 180.0 + 55.0, 180.0 + 110.0 + 90.0])
    assert 3600.0 * until_free_h([180.0, 220.0, 270.0], 3, np.array([1.0])) == pytest.approx([90.0])


def test_who_comes_from_chats_has_fewer_slots_free_for_others() -> None:
    """Protects hours of switching: with one of eight who came with full hands a fifth too few were predicted lost."""
    assert 3600.0 * taken_slot_h([180.0, 270.0], 2, np.array([0.0, 0.5, 1.0])) == pytest.approx([0.0, 270.0, 540.0])
    assert 3600.0 * taken_slot_h([180.0, 270.0], 1, np.array([1.0])) == pytest.approx([135.0 + 180.0])
    assert 3600.0 * taken_slot_h([180.0], 3, np.array([1.0])) == pytest.approx([180.0])
    assert busy_share(np.array([3.0, 0.0, 0.0]), np.array([2.0, 2.0, 0.0])).tolist() == [1.0, 0.5, 0.0]
    small = desk("pre", "after")
    coming = forecast(small, [60.0, 20.0])
    after = duty(coming, ("cat", "after", 0, 6), ("bob", "after", 3, 6))
    full = pd.concat([duty(coming, ("bob", "pre", 0, 3)), after], ignore_index=True)
    both = [predict_service(small, coming, own) for own in (after, full)]
    fresh, busy = (own[own["queue"] == "after"].set_index("start")["lost"] for own in both)
    assert busy.iloc[2] == fresh.iloc[2]
    assert busy.iloc[3] > 1.1 * fresh.iloc[3]
    calm = predict_service(small, forecast(small, [0.0, 20.0]), full)
    assert calm[calm["queue"] == "after"]["lost"].iloc[3] == fresh.iloc[3]


def test_duty_without_skill_is_refused_by_name_in_both_languages() -> None:
    """Protects against an untrained agent counting as one."""
    small = desk()
    coming = forecast(small, 10.0)
    with pytest.raises(InputError) as caught:
        predict_service(small, coming, duty(coming, ("ann", "after", 0, 3)))
    assert "ann" in caught.value.report("en")
    assert "没有该队列的技能" in caught.value.report("zh")


def test_prediction_agrees_with_the_curves_where_nothing_changes() -> None:
    """Protects the loop: the optimiser's cost of a number of agents is what the service table then says."""
    for queue, agents in (("pre", 4), ("pre", 3), ("after", 6)):
        small = desk(queue)
        coming = forecast(small, 70.0, paths=30, seed=5)
        points = staffing_curves(small, coming).points
        at_noon = points[points["start"] == coming.starts[12]]
        staffed, plan = crowd(small, coming, queue, agents)
        row = predict_service(staffed, coming, plan).iloc[12]
        lost = np.interp(agents, at_noon["agents"], at_noon["lost"])
        late = np.interp(agents, at_noon["agents"], at_noon["late"])
        assert (row["lost"], row["late"]) == pytest.approx((lost, late), rel=0.06, abs=0.3)


def test_prediction_is_the_formula_in_steady_state() -> None:
    """Protects the predicted share, wait and losses: chat's own after the first hours."""
    small = desk("pre")
    coming = forecast(small, 90.0)
    staffed, plan = crowd(small, coming, "pre", 3)
    row = predict_service(staffed, coming, plan).iloc[20]
    exact = chat(90.0, [180.0, 220.0, 270.0], 3, 300.0, 60.0)
    assert row["share_within"] == pytest.approx(float(exact.within_of_offered), abs=0.003)
    assert row["mean_wait_s"] == pytest.approx(float(exact.mean_wait_s), rel=0.01)
    assert row["lost"] == pytest.approx(90.0 * float(exact.p_abandon), rel=0.01)
    assert row["load"] == pytest.approx(90.0 * 90.0 / 3600.0 / 3.0)


def test_backlog_of_an_overloaded_hour_is_carried_into_the_next() -> None:
    """Protects the hour after a jump: a quiet hour after an overloaded one serves worse than after a quiet one."""
    small = desk("after", interval_min=15)
    rates = np.full(96, 10.0)
    rates[40] = 60.0
    coming = forecast(small, rates[:, np.newaxis])
    staffed, plan = crowd(small, coming, "after", 4)
    share = predict_service(staffed, coming, plan)["share_within"]
    assert share[40] < 0.6
    assert share[41] < share[39] - 0.1
    assert share[60] == pytest.approx(share[39], abs=1e-3)


def test_nobody_there_is_endless_overload_and_loses_everybody() -> None:
    """Protects uncovered hours from looking fine."""
    small = desk("after")
    coming = forecast(small, 40.0)
    row = predict_service(small, coming, duty(coming, ("cat", "after", 0, 2))).iloc[10]
    assert (row["load"], row["overload"]) == (np.inf, np.inf)
    assert (row["share_within"], row["lost"]) == pytest.approx((0.0, 40.0))


def test_overload_is_what_exceeds_the_limit() -> None:
    """Protects the overload table: a load of 2 at a limit of 1.3 is 0.7 too much."""
    small = desk("after")
    coming = forecast(small, 24.0)
    staffed, plan = crowd(small, coming, "after", 1)
    row = predict_service(staffed, coming, plan).iloc[5]
    assert (row["load"], row["overload"]) == pytest.approx((2.0, 0.7))


def test_work_that_may_wait_is_no_overload() -> None:
    """Protects the overload picture: messages that come at night and are answered by day overload no hour."""
    small = desk("mail")
    coming = forecast(small, 24.0)
    row = predict_service(small, coming, duty(coming, ("dan", "mail", 0, 2))).iloc[10]
    assert row["load"] == np.inf
    assert np.isnan(row["overload"])


def staffed(*agents: float) -> npt.NDArray[np.float64]:
    """Agent hours of so many effective agents in each hour, nobody finishing anything after leaving."""
    heads = np.array(agents, dtype=np.float64)
    return capacity(Crew(heads, heads, np.zeros(len(heads))), 1.0, 0.1)


def test_leavers_finish_what_they_hold() -> None:
    """Protects the hand-over: two agents who go leave a handle time of 6 minutes each to the hour they end."""
    crew_of_two = Crew(np.array([2.0, 0.0]), np.array([2.0, 0.0]), np.array([0.0, 2.0]))
    assert capacity(crew_of_two, 1.0, 0.1).reshape(2, 4).sum(axis=1) == pytest.approx([2.2, 0.0])


def test_deferrable_backlog_is_done_in_order_of_arrival() -> None:
    """Protects the fluid: 3 h of work, one agent from the second hour on, so the last of it is done after 4 h."""
    found = backlog_flow(np.array([[3.0, 0.0, 0.0, 0.0, 0.0, 0.0]]), staffed(0, 1, 1, 1, 1, 1), 1.0, 2.0)
    waits_h = np.array([1.0 + 0.375 - 0.125, 1.0 + 1.125 - 0.375, 1.0 + 1.875 - 0.625, 1.0 + 2.625 - 0.875])
    assert found.wait_s[0, 0] == pytest.approx(3600.0 * waits_h.mean())
    assert found.within[0, 0] == 0.5
    assert found.lost.max() == 0.0


def test_deferrable_work_of_the_night_waits_for_the_morning() -> None:
    """Protects the fluid where everything is done, nobody is there, and work comes: it waits until somebody is."""
    work = np.array([[0.5, 0.5, 0.5, 0.5]])
    found = backlog_flow(work, staffed(1, 0, 0, 2), 1.0, 1.5)
    assert found.wait_s[0, 1] == pytest.approx(3600.0 * (1.5 + 0.125), rel=0.02)
    assert found.within[0] == pytest.approx([1.0, 1.0 / 3.0, 1.0, 1.0])


def test_who_waits_into_the_next_interval_meets_its_crew() -> None:
    """Protects the opening hour: the same queue before a large crew comes serves better than before the same one."""
    small = desk("after", interval_min=15)
    coming = forecast(small, 12.0)
    staffed, plan = crowd(small, coming, "after", 12)
    two = plan["agent"].isin(["a000", "a001"])
    after_noon = plan["start"] >= coming.starts[48]
    grows = predict_service(staffed, coming, plan[two | after_noon]).iloc[47]
    stays = predict_service(staffed, coming, plan[two]).iloc[47]
    assert grows["agents"] == stays["agents"] == 2
    assert grows["share_within"] > stays["share_within"]
    assert grows["lost"] < stays["lost"]


def test_occupancy_is_told_and_what_exceeds_its_limit() -> None:
    """Protects the second limit: in steady state the formula's own, above 85 % the rest, blank where nobody is."""
    small = desk("after")
    coming = forecast(small, 44.0)
    staffed, plan = crowd(small, coming, "after", 4)
    service = predict_service(staffed, coming, plan)
    exact = float(chat(44.0, [300.0], 4, 568.6, 60.0).occupancy)
    assert service["occupancy"].iloc[20] == pytest.approx(exact, rel=0.01)
    tight = Desk(small.settings.model_copy(update={"rules": Rules(occupancy_limit=0.7)}), staffed.tables)
    assert predict_service(tight, coming, plan)["over_occupancy"].iloc[20] == pytest.approx(exact - 0.7, abs=0.01)
    assert predict_service(staffed, coming, plan[plan["start"] < coming.starts[3]])["occupancy"].iloc[3:].isna().all()


def test_what_is_known_of_another_duty_changes_nothing() -> None:
    """An edit is predicted from the plan before it: to the same numbers, also where two people exchange hours."""
    small = desk()
    coming = forecast(small, 60.0, paths=20, seed=3)
    before = duty(coming, ("ann", "pre", 0, 6), ("bob", "pre", 6, 9), ("bob", "after", 9, 12))
    known = Known(predict_service(small, coming, before), before)
    for other in (
        duty(coming, ("ann", "pre", 0, 6), ("bob", "pre", 5, 9), ("bob", "after", 9, 12)),
        duty(coming, ("ann", "pre", 6, 12), ("bob", "pre", 0, 6), ("bob", "after", 9, 12)),
    ):
        pd.testing.assert_frame_equal(
            predict_service(small, coming, other, known=known), predict_service(small, coming, other)
        )


@pytest.mark.parametrize("away", [0.0, 0.2])
def test_one_slow_person_is_not_a_chance_of_nobody(away: float) -> None:
    """Protects small crews: one of proficiency 0.8 serves as a fifth slower, and is there; read off the line between
    nobody and one agent, a fifth of the inquiries was lost in the calmest hours.
    """
    own = {"aht_s": [60.0, 80.0], "patience_s": 900.0, "lost_value": 1.0, "shrinkage_by_hour": [away] * 24}
    small = desk(q=own)
    coming = forecast(small, 20.0)
    staffed, plan = crowd(small, coming, "q", 1)
    slow = Desk(small.settings, {"skills": staffed.table("skills").assign(proficiency=0.8)})
    row = predict_service(slow, coming, plan).iloc[20]
    exact = chat(20.0, [75.0, 100.0], 1, 900.0, 60.0)
    share = (1.0 - away) * float(exact.within_of_offered)
    assert row["share_within"] == pytest.approx(share, abs=0.01)
    assert row["load"] == pytest.approx(20.0 * 50.0 / 3600.0 / (1.0 - away))


def test_silent_leavers_who_take_as_long_as_the_served_do_not_empty_a_calm_desk() -> None:
    """Protects the search for the share lost: at a load of 0.7 it ended at all, not 2.7 %."""
    own = {"aht_s": [60.0], "patience_s": 300.0, "lost_value": 1.0, "silent_share": 1.0, "silent_s": 60.0}
    small = desk(q=own)
    coming = forecast(small, 252.0)
    staffed, plan = crowd(small, coming, "q", 6)
    both = predict_service(staffed, coming, plan).merge(simulate(staffed, coming, plan, runs=5).service)
    assert both["lost"].sum() == pytest.approx(both["lost_sim"].sum(), rel=0.25)


def test_who_comes_while_nobody_is_there_waits_for_the_opening_or_leaves() -> None:
    """Protects nights without anybody: with patience of four hours some stay for the opening and are late (all were
    lost); with none stated nobody waits eleven days, and nobody is answered in time in mid-night."""
    late = {"lost_value": 1.0, "target": {"share": 0.8, "within_s": 7200.0}}
    for patience_s in (4.0 * 3600.0, None):
        small = desk(a={"aht_s": [60.0], "patience_s": patience_s} | late)
        coming = forecast(small, 10.0)
        staffed, _ = crowd(small, coming, "a", 40)
        plan = duty(coming, *((f"a{number:03d}", "a", 8, 20) for number in range(40)))
        found = predict_service(staffed, coming, plan)
        until_h = 8.0 - np.arange(8) - (np.arange(12)[:, np.newaxis] + 0.5) / 12
        stay = np.exp(-until_h / 4.0) if patience_s else np.ones_like(until_h)
        wait_s = 3600.0 * (4.0 * (1.0 - stay) if patience_s else until_h)
        np.testing.assert_allclose(found["lost"][:8], 10.0 * (1.0 - stay).mean(axis=0), rtol=1e-3)
        np.testing.assert_allclose(found["mean_wait_s"][:8], wait_s.mean(axis=0), rtol=0.04)
        np.testing.assert_allclose(found["late"][:6], 10.0 * stay.mean(axis=0)[:6], rtol=1e-3)
        np.testing.assert_allclose(found["late"][22:], 0.0, atol=1e-9)
        played = simulate(staffed, coming, plan, runs=2).service
        assert played["late_sim"][22:].tolist() == [0.0, 0.0]
        assert found["late"][21] > 2.0 < played["late_sim"][21]


def test_contacts_left_without_a_word_in_the_night_are_opened_first_in_the_morning() -> None:
    """Protects opening hours: everybody opens what the night left before anybody else is served, and who comes in that
    time waits for the rest of it."""
    law, manned = exponential(150.0), np.array([False, False, True, True])
    gone_s = clearing_s(ahead(manned, 2, 3600.0, law), manned, np.full((4, 2), 60.0), 60.0, np.full(4, 6.0), 3600.0)
    np.testing.assert_allclose(gone_s, [0.0, 0.0, 60.0 * (240.0 - 60.0 * np.exp(-6.0)) / 6.0, 0.0], rtol=1e-6)
    then = ahead(manned, 2, 3600.0, law, np.array([0.0, 0.0, 2700.0, 0.0]))
    np.testing.assert_allclose(then.clears, [[0.0, 0.0], [0.0, 0.0], [1.0, 0.5], [0.0, 0.0]])
    np.testing.assert_allclose(then.until[2, :, 2], [2700.0, 1800.0, 225.0])
    assert then.meets.tolist() == [2, 2, 2, 3]
    assert ahead(manned, 2, 3600.0, law, np.array([0.0, 0.0, 4500.0, 0.0])).meets.tolist() == [3, 3, 3, 3]
    assert ahead(manned[:3], 2, 3600.0, law, np.array([0.0, 0.0, 3600.0])).meets.tolist() == [-1, -1, -1]


def test_an_opening_hour_is_predicted_with_what_the_night_left() -> None:
    """Protects the flow: of who comes in the opening hour 8 % are lost by the simulation, not the one in a hundred
    that a steady state says."""
    own = {"aht_s": [200.0, 300.0], "patience_s": 200.0, "lost_value": 1.0, "silent_share": 0.7, "silent_s": 60.0}
    small = desk(q=own)
    coming = forecast(small, 30.0)
    staffed, _ = crowd(small, coming, "q", 2)
    plan = duty(coming, ("a000", "q", 9, 20), ("a001", "q", 9, 20))
    both = predict_service(staffed, coming, plan).merge(simulate(staffed, coming, plan, runs=40).service)
    assert both["lost"][9] == pytest.approx(both["lost_sim"][9], rel=0.2)
    assert both["lost"][9] > 5.0 * both["lost"][11]
