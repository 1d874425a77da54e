"""What is to stay stays, what differs is told, and a workbook says what an editor would."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.desk_change import changed_desk
from planner.edited import changes, read_edited
from planner.editing.beside import beside, broken_pins, changed_days
from planner.editing.from_book import wanted_of
from planner.editing.pin import Keeping, kept_days, with_pins, without_pins
from planner.editing.save import save_edit
from planner.editing.verdict import appraised, verdict
from planner.editing.wanted import OFF, DayShift
from planner.foreign import whole_table
from planner.jobs import DOING, NEEDS, ask
from planner.output.book import write_book
from store import (
    NotYoursError,
    Principal,
    list_desks,
    load_desk_version,
    next_step,
    owner,
    read_job,
    read_plan,
    save_desk,
)
from tests.unit.planner.editing.conftest import ANN, World

DAYS = [pd.Timestamp(f"2026-06-{day}") for day in (17, 18, 19)]


def done(world: World, kind: str, request: dict[str, object]) -> dict[str, object]:
    """The job, done at once."""
    job = ask(world.store, owner(), kind, {"plan": world.plan, "lang": "en", **request})
    return dict(DOING[kind](world.store, owner(), read_job(world.store, owner(), job.id), lambda progress: True))


def test_any_of_day_person_and_team_is_enough(world: World) -> None:
    """Days off stay too; the other way round the rest does."""
    planned = world.planned()
    some = kept_days(planned.desk, planned.plan.roster, Keeping((DAYS[0],), ("A1",), ("B",)))
    assert len(some) == 3 * 3 + 3 + 2
    assert some.set_index(["agent", "date"]).loc[("A1", DAYS[2]), "shift"] == OFF
    rest = kept_days(planned.desk, planned.plan.roster, Keeping((DAYS[0],), ("A1",), ("B",), others=True))
    assert len(rest) + len(some) == 18
    assert Keeping.read(Keeping((DAYS[0],), ("A1",)).request()) == Keeping((DAYS[0],), ("A1",))


def test_pins_come_and_go(world: World) -> None:
    """A newer pin of a day counts; what is released is gone."""
    desk = world.planned().desk
    one = pd.DataFrame({"agent": ["A1"], "date": [DAYS[0]], "shift": ["M1"]})
    pinned = with_pins(desk, one)
    assert pinned["shift"].tolist() == ["M1"]
    again = with_pins(type(desk)(desk.settings, {**desk.tables, "pinned": pinned}), one.assign(shift=OFF))
    assert again["shift"].tolist() == [OFF]
    held = type(desk)(desk.settings, {**desk.tables, "pinned": again})
    assert without_pins(held, [("A1", DAYS[0])]).empty


def test_two_plans_beside_each_other(world: World) -> None:
    """One person's day off is one day, one person, and its money."""
    before = world.planned()
    found = verdict(before, world.standing(), (DayShift("A1", DAYS[0], OFF),), appraised(before))
    save_edit(world.store, ANN, world.plan, found.edits, "ill")
    after = world.planned()
    told = beside(before, after)
    assert told.days.to_dict("records") == [{"agent": "A1", "date": DAYS[0], "before": "M1", "after": OFF}]
    assert told.total_after - told.total_before == pytest.approx(found.dearer)
    assert told.roles.empty
    assert broken_pins(after.desk, before.plan.roster, after.plan.roster, Keeping(agents=("A1",))) == 1
    assert broken_pins(after.desk, before.plan.roster, after.plan.roster, Keeping(agents=("A2",))) == 0
    assert changed_days(before.plan.roster, before.plan.roster).empty
    ill = pd.DataFrame({"agent": ["A1"], "date": [DAYS[0]], "kind": ["sick"]})
    away = changed_desk(after.desk, {"leave": whole_table(after.desk, "leave", ill)})
    assert told.total_before != pytest.approx(told.total_after)
    known = beside(before, replace(after, desk=away))
    assert known.total_before == pytest.approx(known.total_after), "who is ill works in neither"


def test_a_workbook_wants_what_its_cells_say(world: World, tmp_path: Path) -> None:
    """Downloaded as it stands it differs in nothing; a changed cell is a changed shift."""
    planned = world.planned()
    write_book(planned, tmp_path / "roster.xlsx", lang="en")
    edited = read_edited(tmp_path / "roster.xlsx", planned)
    assert wanted_of(planned, changes(planned, edited)) == ()
    edited.shifts["A1", "2026-06-17"] = ""
    edited.roles[next(iter(edited.roles))] = ""
    wanted = wanted_of(planned, changes(planned, edited))
    assert wanted == (DayShift("A1", DAYS[0], OFF),)


def test_the_rest_is_planned_anew_and_the_kept_part_stays(world: World) -> None:
    """Whoever is kept has the same shifts to the day; the new draft names the old plan and its desk has the pins."""
    request = {"teams": ["A"], "settings": {"time_limit_s": 2.0, "runs": 2, "rounds": 0}, "why": "team A is told"}
    made = done(world, "replan", request)
    new = read_plan(world.store, owner(), str(made["plan"]))
    assert new.summary["meta"]["replanned"]["plan"] == world.plan
    assert new.status == "draft"
    before, after = world.planned(), World(world.store, new.hash).planned()
    assert broken_pins(after.desk, before.plan.roster, after.plan.roster, Keeping(teams=("A",))) == 0
    (newest, *_) = list_desks(world.store, owner())
    assert newest.hash == new.desk
    assert len(load_desk_version(world.store, owner(), newest.hash).table("pinned")) == 9


def test_the_rest_follows_what_came(world: World) -> None:
    """The newest desk's counts beyond the plan's history; the first day stays, and the newest desk the newest."""
    desk = world.planned().desk
    hours = pd.date_range("2026-06-17", periods=11, freq="h", tz="Asia/Shanghai", unit="us")
    rows = pd.DataFrame({"start": hours, "queue": "pre_sale", "offered": 90})
    knowing = changed_desk(desk, {"history": whole_table(desk, "history", rows)})
    newest = save_desk(world.store, owner(), knowing).hash
    settings = {"time_limit_s": 1.0, "runs": 2}
    made = done(world, "rest", {"change_price": 3.0, "settings": settings, "why": "twice as many"})
    assert list_desks(world.store, owner())[0].hash == newest
    after = World(world.store, str(made["plan"])).planned()
    told = after.plan.meta["replanned"]
    assert (told["plan"], told["now"], told["came"]) == (world.plan, "2026-06-17T11:00:00+08:00", 11)
    assert broken_pins(after.desk, world.planned().plan.roster, after.plan.roster, Keeping.read(told)) == 0
    assert set(after.forecast.paths[:, 10, 0]) == {90.0}


def test_why_and_what_clashes_are_told_in_every_language(world: World) -> None:
    """An answer of a job is read by whoever opens it."""
    told = done(world, "why", {"agent": "A1", "date": "2026-06-19", "shift": "M1"})
    for lang in ("en", "zh"):
        answer = told["why"][lang]  # type: ignore[index]
        assert answer["rostered"] == OFF
        assert [one["shift"] for one in answer["alternatives"]] == ["M1"]
    assert done(world, "conflicts", {})["conflicts"] == {"en": [], "zh": []}


def test_fewer_signers_are_a_decision_on_record(world: World) -> None:
    """The plan goes over as it is; the desk has another version with one step; only the owner may ask."""
    with pytest.raises(NotYoursError):
        ask(world.store, Principal("ann@example.com", "manager"), "carry", {})
    made = done(world, "carry", {"steps": 1, "why": "one person runs this desk"})
    new = read_plan(world.store, owner(), str(made["plan"]))
    assert new.summary["meta"]["carried"]["why"] == "one person runs this desk"
    assert load_desk_version(world.store, owner(), new.desk).settings.sign_off.steps == 1
    before, after = world.planned(), World(world.store, new.hash).planned()
    pd.testing.assert_frame_equal(before.plan.roster, after.plan.roster)
    assert next_step(world.store, owner(), new.hash) == "setter"
    assert NEEDS["carry"] == "store.keep"
