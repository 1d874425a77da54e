"""Several people at one plan: edits, conflicts, undoing, and the four signatures."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from desk import Desk, InputError
from store import (
    CellEdit,
    Check,
    NotYoursError,
    Principal,
    Store,
    archive_plan,
    edit_duty,
    list_faults,
    list_plans,
    list_signatures,
    next_step,
    open_store,
    publish_plan,
    put_checks,
    read_checks,
    read_duty,
    read_edits,
    read_plan,
    read_roster,
    read_trail,
    report_fault,
    save_desk,
    settle_fault,
    sign_plan,
    undo_edit,
)
from tests.faults.forked import forked
from tests.unit.store.world import BY_ROLE, NAMES, OWNER, START, TEAMS, new_desk, new_plan, signed

ANN, BO = Principal("ann@example.com", "manager"), Principal("bo@example.com", "manager")
LATER = START + timedelta(hours=1)


@pytest.fixture
def plan(store: Store, small: Desk) -> str:
    """A draft: two hours of sale for each of three agents."""
    return new_plan(store, save_desk(store, OWNER, new_desk(small)).hash)


def code(error: pytest.ExceptionInfo[InputError]) -> str:
    """The code of the one finding; its words exist in both languages."""
    (finding,) = error.value.findings
    assert finding.line("en") != finding.line("zh")
    return finding.code


def held(store: Store, plan: str) -> dict[tuple[str, int], str]:
    """Agent and hour -> activity."""
    duty = read_duty(store, OWNER, plan)
    return {(row.agent, int((row.start - START).total_seconds() // 3600)): row.activity for row in duty.itertuples()}


def test_different_cells_both_win_and_the_plan_itself_stays(store: Store, plan: str) -> None:
    """Two people who looked at the same state edit other cells: both edits stand, on top of the plan's duty."""
    assert len(read_roster(store, OWNER, plan)) == len(TEAMS)
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break")])
    edit_duty(store, BO, plan, [CellEdit("A1", LATER, None), CellEdit("A2", START, "break")])
    found = held(store, plan)
    assert found == {
        ("A1", 0): "break", ("A2", 0): "break", ("A2", 1): "sale", ("A3", 0): "sale", ("A3", 1): "sale",
    }  # fmt: skip
    assert [(edit.agent, edit.before, edit.after, edit.who) for edit in read_edits(store, OWNER, plan)] == [
        ("A1", "sale", "break", ANN.who),
        ("A1", "sale", None, BO.who),
        ("A2", "sale", "break", BO.who),
    ]
    duty = read_duty(store, OWNER, plan).set_index(["agent", "start"])
    assert list(duty["version"]) == [1, 1, 0, 0, 0]
    assert str(duty.index[0][1].tz) == "Asia/Shanghai"


def test_the_same_cell_is_a_conflict_that_names_both(store: Store, plan: str) -> None:
    """Who saw an old version is told what stands there, who put it there, and loses nothing silently."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break")])
    with pytest.raises(InputError) as error:
        edit_duty(store, BO, plan, [CellEdit("A2", START, "break"), CellEdit("A1", START, None)])
    assert code(error) == "duty_conflict"
    words = error.value.report("en")
    assert all(word in words for word in ("A1", "2025-06-18 00:00", ANN.who, BO.who, "break", "OFF"))
    assert len(read_edits(store, OWNER, plan)) == 1, "all of a call or nothing"
    assert edit_duty(store, BO, plan, [CellEdit("A1", START, "break")]) == (), "both wanted the same"
    edit_duty(store, BO, plan, [CellEdit("A1", START, None, version=1)])
    assert ("A1", 0) not in held(store, plan)


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (CellEdit("A1", START, "cooking"), "duty_activity"),
        (CellEdit("A1", START + timedelta(minutes=7), "sale"), "duty_start"),
        (CellEdit("A1", START.replace(tzinfo=None), "sale"), "duty_start"),
        (CellEdit("A1", START - timedelta(days=2), "sale"), "duty_start"),
        (CellEdit("A9", START, "sale"), "not_yours"),
        (CellEdit("A1", START, "sale", shift="Q"), "duty_shift"),
        (CellEdit("A1", START, "sale", date=dt.date(2025, 6, 19)), "duty_date"),
        (CellEdit("A1", START, "sale", date=dt.date(2025, 6, 17)), "duty_date"),
    ],
)
def test_what_is_none_of_the_plans_is_refused(store: Store, plan: str, edit: CellEdit, wanted: str) -> None:
    """No cell beside the grid, no unknown activity, nobody who is not in the plan."""
    with pytest.raises(InputError) as error:
        edit_duty(store, ANN, plan, [edit])
    assert code(error) == wanted
    assert read_edits(store, OWNER, plan) == ()


def test_undoing_goes_back_step_by_step_and_never_over_others(store: Store, plan: str) -> None:
    """One's own last edit is taken back, then the one before; not where somebody edited after."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break")])
    edit_duty(store, ANN, plan, [CellEdit("A2", START, "break")])
    edit_duty(store, BO, plan, [CellEdit("A3", START, "break")])
    assert [entry.agent for entry in undo_edit(store, ANN, plan)] == ["A2"]
    assert [entry.agent for entry in undo_edit(store, ANN, plan)] == ["A1"]
    assert held(store, plan)["A1", 0] == "sale"
    assert held(store, plan)["A3", 0] == "break"
    with pytest.raises(InputError) as nothing:
        undo_edit(store, ANN, plan)
    assert code(nothing) == "undo_nothing"
    edit_duty(store, ANN, plan, [CellEdit("A3", START, None, version=1)])
    with pytest.raises(InputError) as overtaken:
        undo_edit(store, BO, plan)
    assert code(overtaken) == "undo_overtaken"
    assert all(word in overtaken.value.report() for word in (ANN.who, "2025-06-18 00:00"))


def test_an_undoing_asked_for_twice_is_done_once(store: Store, plan: str) -> None:
    """Who lost the answer asks again with the entry that was meant: the edit before it stays."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break")])
    first = read_edits(store, OWNER, plan)[0].id
    last = edit_duty(store, ANN, plan, [CellEdit("A2", START, "break"), CellEdit("A3", START, "break")])[1].id
    with pytest.raises(InputError) as earlier:
        undo_edit(store, ANN, plan, entry=first)
    assert code(earlier) == "undo_not_last"
    assert str(last) in earlier.value.report("zh")
    done = undo_edit(store, ANN, plan, entry=last)
    assert undo_edit(store, ANN, plan, entry=last) == done
    assert (len(done), held(store, plan)["A1", 0], held(store, plan)["A2", 0]) == (2, "break", "sale")
    with pytest.raises(InputError) as others:
        undo_edit(store, BO, plan, entry=last)
    assert code(others) == "undo_nothing"


def moved(
    agent: str, hours: Iterable[int], activity: str | None, day: int, shift: str, version: int = 0
) -> list[CellEdit]:
    """Edits of hours after the first midnight."""
    date = dt.date(2025, 6, day)
    return [CellEdit(agent, START + timedelta(hours=hour), activity, 0, date, shift) for hour in hours]


def rostered(store: Store, plan: str) -> dict[tuple[str, int], str]:
    """Agent and day of June -> shift."""
    return {(row.agent, row.date.day): row.shift for row in read_roster(store, OWNER, plan).itertuples()}


def test_a_whole_shift_moves_and_comes_back(store: Store, plan: str) -> None:
    """Cells that are given another day or shift take the roster with them; one undoing takes all of a call back."""
    before = rostered(store, plan)
    assert before == {(agent, 18): "M" for agent in TEAMS}
    away = [CellEdit("A1", START, None), CellEdit("A1", LATER, None)]
    assert len(edit_duty(store, ANN, plan, [*away, *moved("A1", (46, 47), "sale", 19, "N")])) == 4
    assert rostered(store, plan) == {("A1", 19): "N", ("A2", 18): "M", ("A3", 18): "M"}
    later = read_duty(store, OWNER, plan).query("agent == 'A1'")
    assert set(later["date"].dt.day) == {19}
    assert set(later["shift"]) == {"N"}
    edit_duty(store, ANN, plan, moved("A2", (0, 1), "sale", 18, "N"))
    assert rostered(store, plan)["A2", 18] == "N", "the same hours, another shift"
    assert {entry.shift for entry in undo_edit(store, ANN, plan)} == {"M"}
    assert len(undo_edit(store, ANN, plan)) == 4
    assert rostered(store, plan) == before
    assert held(store, plan) == {(agent, hour): "sale" for agent in TEAMS for hour in range(2)}


def test_cells_beside_a_shift_leave_the_roster_alone(store: Store, plan: str) -> None:
    """An hour more, or a day of which a part is taken away, is still the shift that was planned."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START + timedelta(hours=2), "sale"), CellEdit("A2", START, None)])
    assert rostered(store, plan) == {(agent, 18): "M" for agent in TEAMS}
    edit_duty(store, ANN, plan, [CellEdit("A1", START + timedelta(hours=30), "break")])
    assert ("A1", 19) not in rostered(store, plan)


def test_an_undoing_is_all_of_a_call_or_nothing(store: Store, plan: str) -> None:
    """Where one cell was edited by somebody else since, none goes back."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break"), CellEdit("A2", START, "break")])
    edit_duty(store, BO, plan, [CellEdit("A2", START, None, version=1)])
    with pytest.raises(InputError) as overtaken:
        undo_edit(store, ANN, plan)
    assert code(overtaken) == "undo_overtaken"
    assert held(store, plan)["A1", 0] == "break"


def edit_many(address: str, plan: str, who: str) -> None:
    """Edit one cell over and over, looking again at each conflict."""
    store, principal, done = open_store(address), Principal(who, "manager"), 0
    while done < 4:
        duty = read_duty(store, principal, plan).query("agent == 'A1'")
        (row,) = duty[duty["start"] == START].itertuples()
        wanted = "break" if row.activity == "sale" else "sale"
        with suppress(InputError):
            done += len(edit_duty(store, principal, plan, [CellEdit("A1", START, wanted, row.version)]))


def test_no_edit_of_a_race_is_lost(store_address: str, store: Store, plan: str) -> None:
    """Three processes at one cell: each edit that was taken is in the journal, each on top of the one before."""
    people = [forked(edit_many, store_address, plan, f"p{each}") for each in range(3)]
    for each in people:
        each.join(120)
    assert [each.exitcode for each in people] == [0, 0, 0]
    edits = read_edits(store, OWNER, plan)
    assert [edit.version for edit in edits] == list(range(1, 13))
    assert all(before.after == after.before for before, after in pairwise(edits))


def test_the_four_steps_lead_to_a_published_plan(store: Store, plan: str) -> None:
    """In order, by four people, and then nothing changes any more."""
    with pytest.raises(InputError) as early:
        publish_plan(store, ANN, plan)
    assert code(early) == "sign_missing"
    signed(store, plan)
    assert read_plan(store, OWNER, plan).status == "signed"
    assert next_step(store, OWNER, plan) is None
    publish_plan(store, ANN, plan, "all signed")
    for attempt in (
        lambda: edit_duty(store, ANN, plan, [CellEdit("A1", START, None)]),
        lambda: undo_edit(store, ANN, plan),
        lambda: put_checks(store, ANN, plan, []),
        lambda: publish_plan(store, ANN, plan),
        lambda: sign_plan(store, ANN, plan, "setter"),
        lambda: report_fault(store, ANN, plan, "late"),
    ):
        with pytest.raises(InputError) as final:
            attempt()
        assert code(final) == "plan_final"
    archive_plan(store, ANN, plan)
    assert [entry.after["status"] for entry in read_trail(store, OWNER, plan) if entry.action == "status"] == [
        "checked", "signed", "published", "archived",
    ]  # fmt: skip
    assert list_plans(store, BY_ROLE["agent"])[0].status == "archived"


def test_each_step_has_its_own_kind_of_person(store: Store, plan: str) -> None:
    """Whoever is not the one to sign is told why."""
    maker = replace(OWNER, role="manager")
    lead, outsider = Principal("l@x", "lead", ("T1",)), Principal("o@x", "lead", ("T2",))
    setter = Principal("s@x", "manager", ("T1",))

    def refused(who: Principal, step: str) -> str:
        with pytest.raises(InputError) as error:
            sign_plan(store, who, plan, step)
        return code(error)

    assert refused(setter, "setter") == "sign_no_checks"
    put_checks(store, ANN, plan, [Check("price")])
    assert refused(setter, "second") == "sign_order"
    assert refused(lead, "setter") == "sign_setter"
    sign_plan(store, setter, plan, "setter")
    assert refused(setter, "second") == "sign_twice"
    assert refused(maker, "second") == "sign_own_work"
    sign_plan(store, lead, plan, "second")
    assert refused(outsider, "peer") == "sign_peer"
    sign_plan(store, BO, plan, "peer")
    assert refused(Principal("n@x", "lead"), "other") == "sign_other"
    assert refused(Principal("m@x", "lead", ("T1", "T2")), "other") == "sign_other"
    assert sign_plan(store, outsider, plan, "other").teams == ("T2",)


@pytest.mark.parametrize(("steps", "signers"), [(1, ["setter"]), (2, ["setter", "second"])])
def test_small_teams_take_fewer_steps(store: Store, small: Desk, steps: int, signers: list[str]) -> None:
    """One or two signatures are enough where the desk says so."""
    plan = new_plan(store, save_desk(store, OWNER, new_desk(small, steps)).hash)
    put_checks(store, ANN, plan, [Check("price")])
    for step, who in zip(signers, (OWNER, BO), strict=False):
        sign_plan(store, who, plan, step)
    publish_plan(store, ANN, plan)
    assert read_plan(store, OWNER, plan).status == "published"


def test_an_edit_after_signing_voids_the_signatures(store: Store, plan: str) -> None:
    """What was signed is what is published: after an edit, or a new list, everybody signs again."""
    signed(store, plan)
    edit_duty(store, ANN, plan, [CellEdit("A1", START, None)])
    assert read_plan(store, OWNER, plan).status == "draft"
    assert read_checks(store, OWNER, plan) == ()
    assert all(signature.void for signature in list_signatures(store, OWNER, plan))
    with pytest.raises(InputError) as error:
        publish_plan(store, ANN, plan)
    assert code(error) == "sign_missing"
    signed(store, plan)
    put_checks(store, ANN, plan, [Check("price")])
    assert next_step(store, OWNER, plan) == "setter"


def test_errors_are_credited_to_their_finder_and_hold_publishing_up(store: Store, plan: str) -> None:
    """Who finds something keeps the credit; nothing is published over an open error."""
    signed(store, plan)
    (check, *_) = read_checks(store, OWNER, plan)
    fault = report_fault(store, BY_ROLE["lead"], plan, "A1 is on leave", check=check.id, agent="A1")
    with pytest.raises(InputError) as error:
        publish_plan(store, ANN, plan)
    assert code(error) == "fault_open"
    with pytest.raises(InputError) as unknown:
        report_fault(store, ANN, plan, "?", check=999)
    assert code(unknown) == "check_unknown"
    settle_fault(store, ANN, fault.id)
    settle_fault(store, BO, fault.id)
    (found,) = list_faults(store, OWNER, plan)
    assert (found.finder, found.settled_by, found.words) == (BY_ROLE["lead"].who, ANN.who, "A1 is on leave")
    assert [own.who for own in read_trail(store, OWNER) if own.action == "settle"] == [ANN.who]
    with pytest.raises(InputError) as none:
        settle_fault(store, ANN, 999)
    assert code(none) == "fault_unknown"
    publish_plan(store, ANN, plan)


def test_another_department_sees_what_it_signs_and_nobody_of_this_one(store: Store, plan: str) -> None:
    """A lead with nobody in the plan reads what is about the plan, and can report what is wrong with it."""
    put_checks(store, ANN, plan, [Check("price"), Check("leave", agent="A1")])
    outsider = Principal("o@x", "lead", ("T9",))
    assert [check.code for check in read_checks(store, outsider, plan)] == ["price"]
    report_fault(store, outsider, plan, "dear")
    assert [fault.words for fault in list_faults(store, outsider, plan)] == ["dear"]
    with pytest.raises(NotYoursError):
        report_fault(store, outsider, plan, "late", agent="A1")
    with pytest.raises(NotYoursError):
        read_duty(store, outsider, plan)


def test_the_trail_holds_nothing_personal_of_the_agents(store: Store, plan: str) -> None:
    """It can never be cut, so it names who acted and nobody else."""
    edit_duty(store, ANN, plan, [CellEdit("A1", START, "break")])
    signed(store, plan)
    report_fault(store, ANN, plan, "林小雨 is late", agent="A1")
    told = str(read_trail(store, OWNER))
    assert not any(word in told for word in (*TEAMS, *NAMES.values()))
