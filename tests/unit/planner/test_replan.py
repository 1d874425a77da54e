"""The rest of a plan, anew by what came: what has begun stays, what came is known, changes have a price."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, InputError
from desk.frames import empty_frame
from planner.output.read import read_output
from planner.planned import Planned
from planner.rest import came_until
from planner.rest.held import Held, frozen, held_back, own_pins, restored, standing_desk
from planner.rest.replan import cheaper, demand_beside, nobody_called
from tests.rules.small import desk, is_told, plan
from tests.unit.planner.made import ZONE
from tests.unit.planner.test_commands import run

NOW = pd.Timestamp("2026-03-04 13:00", tz=ZONE)


def came(planned: Planned, until: pd.Timestamp = NOW) -> pd.DataFrame:
    """One and a half times what was forecast, by the hour."""
    own = planned.forecast.frame().query("start < @until")
    offered = (1.5 * own["mean"]).round()
    return pd.DataFrame({"start": own["start"].dt.tz_localize(None), "queue": own["queue"], "offered": offered})


def table(desk: Desk, rows: pd.DataFrame) -> pd.DataFrame:
    """Table ``history`` of such rows."""
    known = desk.table("history")
    own = rows.assign(start=rows["start"].dt.tz_localize(ZONE), open=True, observed=True)
    return own.reindex(columns=known.columns).astype(known.dtypes.to_dict())


def passed(frame: pd.DataFrame) -> set[tuple[Any, ...]]:
    """What was done before now."""
    own = frame[frame["start"] < NOW]
    return set(zip(own["agent"], own["start"], own["activity"], strict=True))


def test_the_rest_is_planned_and_what_has_begun_stays(planned: Planned, out: Path, tmp_path: Path) -> None:
    """Shifts until today and hours until now are as they were, but of who has leave (also where they break a rule, as a
    break of this plan does, which is told); every path has what came, changes are counted.
    """
    rows = came(planned)
    rows[(rows["queue"] == "presale") | (rows["start"] >= "2026-03-03")].to_csv(tmp_path / "came.csv", index=False)
    words = (
        "--actuals",
        tmp_path / "came.csv",
        "--out",
        tmp_path / "new",
        "--time-limit",
        1,
        "--runs",
        2,
        "--call-in-h",
        3,
    )
    done = run("replan", out, *words, "--change-price", 5, "--json", tmp_path / "r.json", "--lang", "zh")
    assert done.exit_code == 3, done.stderr
    assert "余下时段，重新安排" in done.output
    assert "上 2026-03-04 16:00 及以后开始的班次" in done.output
    assert "aftersale：已开始的 1 天没有实际数据，最早为 2026-03-02" in done.stderr
    old, new = read_output(out), read_output(tmp_path / "new")
    days = [
        own.plan.roster.query("date <= '2026-03-04' and agent != 'a2'").sort_values(["agent", "date"])
        for own in (old, new)
    ]
    pd.testing.assert_frame_equal(*(own.reset_index(drop=True) for own in days))
    today = pd.Timestamp("2026-03-04", tz=ZONE)
    there = {own for own in passed(old.plan.duty) if not (own[0] == "a2" and own[1] >= today)}
    assert there == passed(new.plan.duty)
    seen = new.forecast.paths[:, (new.forecast.starts < NOW) & (new.forecast.starts.hour == 12), 0]
    assert (seen.min(axis=0) == seen.max(axis=0)).all()
    assert seen.min() > 0
    told = json.loads((tmp_path / "r.json").read_text())
    rest, meta = told["rest"], new.plan.meta["replanned"]
    assert meta["now"] == NOW.isoformat()
    assert rest["now"].startswith("2026-03-04T13:00")
    changed = new.plan.costs.set_index("term")["amount"].get("changes", 0.0)
    assert changed == 5.0 * len(rest["changed_days"])
    assert rest["cost_replanned"] == pytest.approx(new.plan.outcome.objective)
    assert new.plan.outcome.bound <= new.plan.outcome.objective


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--now", "2026-03-01 10:00"), "replan_nothing_came"),
        (("--now", "2026-03-09 00:00"), "replan_over"),
        (("--now", "soon"), "replan_now_unreadable"),
        (("--now", "04.03.2026 14:00"), "replan_now_unreadable"),
        (("--free-from", "2026-03-04"), "replan_day_begun"),
        (("--free-from", "later"), "replan_day_unreadable"),
    ],
)
def test_a_moment_of_no_use_is_a_sentence(
    planned: Planned, out: Path, tmp_path: Path, words: tuple[str, str], code: str
) -> None:
    """Nothing came, the horizon is over, a day that has begun is to be free: told before anything is planned."""
    came(planned).to_csv(tmp_path / "came.csv", index=False)
    done = run("replan", out, "--actuals", tmp_path / "came.csv", "--out", tmp_path / "new", *words, "--json", "-")
    assert done.exit_code == 2
    assert [own["code"] for own in json.loads(done.stdout)["findings"]] == [code]
    assert not (tmp_path / "new").exists()


def test_what_came_is_compared_with_the_same_hours(planned: Planned) -> None:
    """Hours without counts are no hours without inquiries: of the plan only the counted ones stand beside them."""
    rows = table(planned.desk, came(planned))
    late = rows[rows["start"] < NOW - pd.Timedelta(hours=3)]
    found = demand_beside(planned, planned.forecast, came_until(planned.desk, planned.desk.table("history"), late, NOW))
    known = planned.forecast.frame().merge(late[["start", "queue", "offered"]], on=["start", "queue"])
    sums = known.groupby("queue")[["mean", "offered"]].sum().loc[found["queue"]]
    assert found["passed"].tolist() == pytest.approx(sums["mean"].tolist())
    assert found["came"].tolist() == sums["offered"].tolist()


def test_the_plan_itself_is_not_replaced(out: Path, tmp_path: Path) -> None:
    """What the new plan is compared with stays."""
    done = run("replan", out, "--actuals", tmp_path / "none.csv", "--out", out, "--lang", "en")
    assert done.exit_code == 2
    assert "Name another folder" in done.stderr


def test_what_came_is_the_newer_history_and_the_file(planned: Planned) -> None:
    """A desk that knows more, and a file on top of it; rows after now are left out and told; today is not free."""
    desk, rows = planned.desk, table(planned.desk, came(planned))
    known, half = desk.table("history"), pd.Timestamp("2026-03-03", tz=ZONE)
    newer = replace(desk, tables={**desk.tables, "history": pd.concat([known, rows[rows["start"] < half]])})
    found = came_until(newer, known, rows.assign(offered=7.0)[rows["start"] >= half], "2026-03-04 11:00")
    assert found.desk.table("history")["start"].max() == known["start"].max()
    assert found.rows["start"].max() == pd.Timestamp("2026-03-04 10:00", tz=ZONE)
    assert set(found.rows.loc[found.rows["start"] >= half, "offered"]) == {7.0}
    assert [own.code for own in found.findings] == ["replan_later_rows"]
    assert found.free_from == pd.Timestamp("2026-03-05")
    assert came_until(desk, known, rows).now == NOW


def test_an_hour_that_has_passed_is_worth_nothing_more(planned: Planned) -> None:
    """Fewer agents than there were cost more than anything; more gain nothing; the hours to come are as they are."""
    desk, now = planned.desk, planned.desk.starts[1]
    held = Held(planned.plan, now, planned.plan.roster[["agent", "date"]])
    still = frozen(desk, planned.curves, held).points
    past, rest = still[still["start"] < now], still[still["start"] >= now]
    assert past["cost"].max() == 0.0, "nobody was there at midnight"
    original = planned.curves.points
    pd.testing.assert_frame_equal(
        rest.reset_index(drop=True), original[original["start"] >= now].reset_index(drop=True)
    )
    noon, begun = pd.Timestamp("2026-03-04 12:00", tz=ZONE), held_back(desk, planned.plan, NOW)
    busy = frozen(desk, planned.curves, begun).points
    costs = busy[(busy["start"] == noon) & (busy["queue"] == "presale")].sort_values("agents")["cost"]
    assert costs.iloc[0] > 100.0
    assert costs.iloc[-1] == 0.0


def test_load_and_presence_of_hours_that_passed_move_nobody(planned: Planned) -> None:
    """Protects the past where load has a price: no blank in the curves of somebody slow, alone; a price far above the
    one of presence."""
    desk, at = planned.desk, planned.desk.starts[12]
    points = planned.curves.points.assign(load=np.where(planned.curves.points["agents"] > 0, 2.0, np.inf))
    skills = desk.table("skills").assign(proficiency=0.8)
    rules = desk.settings.rules.model_copy(update={"overload_price": 9.0, "presence_price": 7000.0})
    own = replace(
        desk, settings=desk.settings.model_copy(update={"rules": rules}), tables={**desk.tables, "skills": skills}
    )
    first = planned.plan.duty.query("agent == 'a1' and activity == 'presale'").iloc[:1]
    held = Held(
        replace(planned.plan, duty=first.assign(start=at)), at + pd.Timedelta(hours=1), first[["agent", "date"]]
    )
    still = frozen(own, replace(planned.curves, points=points), held).points
    past = still[(still["start"] == at) & (still["queue"] == "presale")]
    assert past["agents"].tolist()[:2] == [0.0, 0.8]
    assert past["cost"].iloc[0] > 0.8 * 70_000
    assert past["load"].tolist() == [0.0] * len(past)


def test_a_new_rest_that_came_out_dearer_is_the_old_one() -> None:
    """Protects the promise of a plan that begins from another: it costs no more, where that may stay."""
    of = desk(days=1)
    old, new = plan(of, "ann E", "ann 06-01 E: pre break pre pre"), plan(of, "ann D", "ann 06-01 D:" + " pre" * 10)
    curves = Curves(empty_frame("curves", of.settings.timezone), empty_frame("work", of.settings.timezone))
    assert cheaper(of, curves, new, old).roster.equals(old.roster)
    assert cheaper(of, curves, old, new).roster.equals(old.roster)
    other = plan(of, "bob E", "bob 06-01 E: pre break pre pre")
    assert cheaper(of, curves, other, old).roster.equals(old.roster), "nobody's days are changed for nothing"
    away = desk(days=1, leave="agent,date\nann,2026-06-01")
    assert cheaper(away, curves, new, old).roster.equals(new.roster)


def test_what_was_done_is_put_back(planned: Planned) -> None:
    """A shift whose past came out otherwise is as it was, whole; one that differs only later keeps the new roles."""
    duty, held = planned.plan.duty, held_back(planned.desk, planned.plan, NOW)
    today = duty["date"] == pd.Timestamp("2026-03-04")
    other = duty.copy()
    other.loc[today & (duty["agent"] == "a1") & (duty["start"].dt.hour == 9), "activity"] = "aftersale"
    other.loc[today & (duty["agent"] == "a1") & (duty["start"].dt.hour == 15), "activity"] = "aftersale"
    other.loc[today & (duty["agent"] == "a4") & (duty["start"].dt.hour == 15), "activity"] = "presale"
    found = restored(other, held)
    assert passed(found) == passed(duty)
    differ = found.merge(duty, on=["agent", "start", "activity"], how="left", indicator=True).query("_merge != 'both'")
    assert set(differ["agent"]) == {"a4"}


def test_who_is_away_now_is_not_held_to_a_shift(planned: Planned) -> None:
    """Days until today are pinned but those of new leave; everybody's days were announced."""
    desk = planned.desk
    leave = desk.table("leave")
    ill = pd.DataFrame({"agent": ["a1"], "date": [pd.Timestamp("2026-03-04")], "kind": ["sick"]})
    away = replace(desk, tables={**desk.tables, "leave": pd.concat([leave, ill.astype(leave.dtypes.to_dict())])})
    found = came_until(away, desk.table("history"), table(desk, came(planned)))
    idle = replace(planned, plan=replace(planned.plan, roster=planned.plan.roster.query("agent != 'a3'")))
    standing, number = standing_desk(found, idle, 12.0)
    pins = standing.table("pinned")
    assert number == len(pins) == 3 * 6 - 2, "a1 is ill, a2 has leave"
    assert len(standing.table("published")) == 7 * 6, "also of a3, who had no shift"
    fewer = replace(desk, tables={**desk.tables, "agents": desk.table("agents").query("agent != 'a3'")})
    assert "a3" not in set(standing_desk(found, replace(idle, desk=fewer))[0].table("published")["agent"])
    assert standing.settings.rules.change_price == 12.0


def test_who_is_off_today_may_be_called_in(planned: Planned) -> None:
    """Protects call-ins: a day off of today is free from an hour on, but where the desk itself pins it; days off that
    an earlier plan for the rest pinned are no such wish."""
    desk, pins = planned.desk, planned.desk.table("pinned")
    today = pd.Timestamp("2026-03-04")
    idle = replace(planned, plan=replace(planned.plan, roster=planned.plan.roster.query("agent not in ['a3', 'a4']")))
    own = pd.DataFrame({"agent": ["a4"], "date": [today], "shift": ["OFF"]}).astype(pins.dtypes.to_dict())
    wished = replace(desk, tables={**desk.tables, "pinned": own})
    found = came_until(wished, desk.table("history"), table(desk, came(planned)))
    first, number = standing_desk(found, idle, call_in_h=2.0)
    assert number == 3 * 6 - 2, "a2 has leave, a3 may be called in"
    off = first.table("pinned").query("shift == 'OFF'")
    assert ("a3", today) not in set(zip(off["agent"], off["date"], strict=True))
    assert ("a4", today) in set(zip(off["agent"], off["date"], strict=True))
    assert str(first.settings.rules.call_in_from) == "2026-03-04 15:00:00"
    nobody, _ = standing_desk(replace(found, desk=first), idle)
    assert nobody.settings.rules.call_in_from is None
    over = planned.brief.over.assign(start=NOW + pd.Timedelta(hours=3))
    (told,) = nobody_called(replace(idle, desk=nobody, brief=replace(planned.brief, over=over)), found)
    assert (told.facts["people"], told.facts["count"]) == (2, 1)
    assert is_told(told)
    record = {"replanned": {"free_from": "2026-03-05", "own_pins": own_pins(wished, idle.plan)}}
    again = replace(idle, plan=replace(idle.plan, meta=record))
    assert own_pins(nobody, again.plan) == [("a4", "2026-03-04")]


def test_another_desk_is_refused(planned: Planned, out: Path, tmp_path: Path) -> None:
    """A plan goes on only on its own desk."""
    from planner.rest import replan

    found = came_until(planned.desk, planned.desk.table("history"), table(planned.desk, came(planned)))
    settings = planned.desk.settings.model_copy(update={"interval_min": 30})
    with pytest.raises(InputError, match="interval_min"):
        replan(planned, replace(found, desk=replace(planned.desk, settings=settings)))
