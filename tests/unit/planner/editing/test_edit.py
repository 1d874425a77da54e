"""What an edit does is said before it is saved, and what is saved is what was said."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
import pytest

from desk import Finding, InputError
from desk.i18n import LANGUAGES
from planner.editing.cells import with_cells
from planner.editing.save import save_edit
from planner.editing.verdict import Verdict, appraised, verdict
from planner.editing.wanted import OFF, ON_BREAK, DayShift, Stretch, Wanted
from planner.news import news
from planner.page.certificate import certificate_sentences
from planner.pay.ground import ground
from planner.sign_off import lay_down_checks
from planner.sign_off.breach import report_errors
from store import (
    CellEdit,
    edit_duty,
    import_contacts,
    list_desks,
    list_faults,
    owner,
    read_checks,
    read_duty,
    read_roster,
    undo_edit,
)
from tests.unit.planner.editing.conftest import ANN, World
from tests.unit.planner.pay_world import many_contacts

FIRST, SECOND, THIRD = (pd.Timestamp(f"2026-06-{day}") for day in (17, 18, 19))


def judge(world: World, *wanted: Wanted) -> Verdict:
    planned = world.planned()
    return verdict(planned, world.standing(), wanted, appraised(planned))


def hard_of(findings: Iterable[Finding]) -> list[Finding]:
    return [own for own in findings if own.severity == "error"]


def at(clock: str) -> pd.Timestamp:
    return pd.Timestamp(clock, tz="Asia/Shanghai")


def test_a_rule_that_would_break_is_a_sentence(world: World) -> None:
    """A1 works until 01:00 and would begin at 08:00: the rest is too short, and it is hard."""
    found = judge(world, DayShift("A1", THIRD, "M1"))
    (hard,) = found.hard
    assert "A1" in hard.message("en")
    assert "7 h" in hard.message("en")
    assert all(hard.message(lang) for lang in LANGUAGES)
    assert found.dearer > 0


def test_an_edit_and_its_way_back(world: World) -> None:
    """A day off more: fewer people, less wages; the opposite mends what it broke."""
    found = judge(world, DayShift("A1", FIRST, OFF))
    assert {edit.activity for edit in found.edits} == {None}
    wages = found.costs.set_index("term").loc["wages"]
    assert wages["before"] - wages["after"] == 320.0
    assert found.short[1] >= found.short[0]
    save_edit(world.store, ANN, world.plan, found.edits, "ill")
    back = judge(world, DayShift("A1", FIRST, "M1"))
    assert {edit.activity for edit in back.edits} == {"pre_sale", ON_BREAK}
    assert sum(edit.activity == ON_BREAK for edit in back.edits) == 1


def test_what_it_is_already_changes_nothing(world: World) -> None:
    """The choice that a form begins with is no edit."""
    found = judge(world, DayShift("A1", FIRST, "M1"), DayShift("A1", THIRD, OFF))
    assert found.edits == ()
    assert found.dearer == 0.0


def test_several_changes_are_judged_together(world: World) -> None:
    """A1 may come early on the third day once the night before goes to somebody else."""
    found = judge(world, DayShift("A1", SECOND, OFF), DayShift("A1", THIRD, "M1"), DayShift("A2", SECOND, "M1"))
    broken = {one.value for one in found.hard}
    assert "A1" not in broken


def test_hours_of_a_role(world: World) -> None:
    """Two hours in the other queue move two agent hours of coverage."""
    found = judge(world, Stretch("A1", at("2026-06-17 08:00"), at("2026-06-17 10:00"), "after_sale"))
    assert len(found.edits) == 2
    moved = found.cover.assign(change=found.cover["after"] - found.cover["before"]).groupby("queue")["change"].sum()
    assert moved.to_dict() == {"after_sale": 2.0, "pre_sale": -2.0}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (DayShift("A1", FIRST, "Z9"), "edit_unknown_shift"),
        (Stretch("A1", at("2026-06-17 16:00"), at("2026-06-17 18:00"), "pre_sale"), "edit_outside_shift"),
        (Stretch("A1", at("2026-06-17 10:00"), at("2026-06-17 10:00"), "pre_sale"), "edit_outside_shift"),
    ],
)
def test_what_cannot_be_had_is_refused_in_words(world: World, wanted: Wanted, code: str) -> None:
    """No stack trace, no half an edit."""
    with pytest.raises(InputError) as caught:
        judge(world, wanted)
    assert [one.code for one in caught.value.findings] == [code]
    assert all(caught.value.report(lang) for lang in LANGUAGES)


def test_the_store_holds_what_the_verdict_said(world: World) -> None:
    """Roster and duty as read are those that were judged."""
    found = judge(world, DayShift("A3", FIRST, "N1"))
    save_edit(world.store, ANN, world.plan, found.edits, "opening")
    roster = read_roster(world.store, ANN, world.plan)
    assert roster[(roster["agent"] == "A3") & (roster["date"] == FIRST)]["shift"].tolist() == ["N1"]
    duty = read_duty(world.store, ANN, world.plan)
    assert len(duty[(duty["agent"] == "A3") & (duty["date"] == FIRST)]) == 9
    after = appraised(world.planned()).total
    undo_edit(world.store, ANN, world.plan)
    assert after == pytest.approx(appraised(world.planned()).total + found.dearer)


def test_a_day_in_two_shifts_is_judged_as_it_is_read(world: World) -> None:
    """Two hours under another shift, and one under none: the verdict and the store see the same roster."""
    hours = [
        CellEdit("A1", at(f"2026-06-17 0{hour}:00").to_pydatetime(), "pre_sale", 0, FIRST.date(), "N1")
        for hour in (8, 9)
    ]
    hours.append(CellEdit("A1", at("2026-06-17 06:00").to_pydatetime(), "pre_sale", 0))
    hours.append(CellEdit("A1", at("2026-06-19 12:00").to_pydatetime(), "pre_sale", 0))
    said = with_cells(world.standing(), hours)
    save_edit(world.store, ANN, world.plan, hours, "help")
    stored = read_roster(world.store, ANN, world.plan)
    pd.testing.assert_frame_equal(said.roster[stored.columns], stored)
    assert said.shift("A1", FIRST) == "M1"


def test_two_editors_of_one_cell_meet(world: World) -> None:
    """Who judged by an older journal is told both values and both people, and nothing of theirs is saved."""
    mine = judge(world, DayShift("A1", FIRST, OFF))
    theirs = judge(world, Stretch("A1", at("2026-06-17 08:00"), at("2026-06-17 09:00"), "after_sale"))
    bo = replace(ANN, who="bo@example.com")
    save_edit(world.store, bo, world.plan, theirs.edits, "help")
    with pytest.raises(InputError) as caught:
        save_edit(world.store, ANN, world.plan, mine.edits, "ill")
    (conflict,) = caught.value.findings
    assert conflict.code == "duty_conflict"
    assert {conflict.facts["yours"], conflict.facts["theirs"]} == {"OFF", "after_sale"}
    assert {conflict.facts["you"], conflict.facts["who"]} == {ANN.who, bo.who}


def test_a_hard_rule_saved_knowingly_is_an_error_to_settle(world: World) -> None:
    """It stands in the editor's name once, however often the list is laid down."""
    found = judge(world, DayShift("A1", THIRD, "M1"))
    save_edit(world.store, ANN, world.plan, found.edits, "nobody else", found.hard, "zh")
    (fault,) = list_faults(world.store, ANN, world.plan)
    assert fault.finder == ANN.who
    assert "nobody else" in fault.words
    for _ in range(2):
        assert report_errors(world.store, ANN, world.plan, lay_down_checks(world.store, ANN, world.plan), "en") == 1
    assert len(list_faults(world.store, ANN, world.plan)) == 1
    assert read_checks(world.store, ANN, world.plan)
    standing = world.planned()
    assert hard_of(standing.plan.findings) == hard_of(standing.findings) == list(found.hard)
    assert any("1 hard" in words for words in certificate_sentences(standing, "en")), "who reads the plan is told too"


def test_a_hair_for_everybody_is_no_news(world: World) -> None:
    """A priced rule that everybody breaks by one percent more tells an editor nothing."""
    (one,) = judge(world, DayShift("A1", THIRD, "M1")).hard
    soft = replace(one, severity="warning")
    assert not [*news([soft], [replace(soft, facts={**soft.facts, "units": "4.04", "rest": "6.96"})])]
    assert [*news([soft], [replace(soft, facts={**soft.facts, "units": "8"})])]
    assert [*news([], [one])] == [one]


def test_a_settlement_is_made_again_of_the_duty_that_it_had(world: World) -> None:
    """What somebody edits in the plan after it was settled is none of what an appeal changes."""
    version = list_desks(world.store, owner())[0].hash
    log = import_contacts(world.store, owner(), "log", many_contacts(a_day=2), version).id
    first = ground(world.store, owner(), version, log, world.plan)
    cell = first.duty.iloc[0]
    edit_duty(world.store, ANN, world.plan, [CellEdit(cell["agent"], cell["start"].to_pydatetime(), None)])
    later = ground(world.store, owner(), version, log, world.plan)
    again = ground(world.store, owner(), version, log, world.plan, first.edits)
    assert (first.edits, len(later.duty), later.edits > 0) == (0, len(first.duty) - 1, True)
    pd.testing.assert_frame_equal(again.duty, first.duty)
    pd.testing.assert_frame_equal(again.service, first.service)
