"""An edited workbook of a stored plan: its cells go into the journal, and nobody's edit is lost over it."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from desk import Desk, InputError
from planner.edited.stored import accept_into_store, book_edits
from planner.kept import keep, load_standing
from planner.output.book import write_book
from planner.output.write import write_output
from planner.planned import Planned
from planner.sign_off import lay_down_checks
from store import (
    CellEdit,
    Principal,
    Store,
    archive_plan,
    edit_duty,
    list_faults,
    open_store,
    owner,
    read_duty,
    read_edits,
    read_roster,
    undo_edit,
)
from tests.unit.planner.test_import_book import at, edited, put

ANN, BO = owner("ann@example.com"), Principal("bo@example.com", "manager")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(f"sqlite:///{tmp_path / 'peakdesk.db'}")


def shifts(store: Store, plan: str, agent: str) -> dict[str, str]:
    """Date -> shift of an agent as the plan stands."""
    roster = read_roster(store, ANN, plan)
    own = roster[roster["agent"] == agent]
    return dict(zip(own["date"].dt.strftime("%m-%d"), own["shift"], strict=True))


def moved(book: Workbook) -> None:
    """Another shift, a day off, a new day, and a role."""
    at(book, "a1", "2026-03-02").value = "L"
    at(book, "a1", "2026-03-03").value = None
    at(book, "a1", "2026-03-07").value = "E"
    duty = next(sheet for sheet in book.worksheets if str(sheet["A1"].value).startswith("peakdesk:duty:"))
    row = next(row for row in duty.iter_rows(min_row=3) if row[0].value == "a3" and row[2].value == "presale")
    row[2].value = "aftersale"


def test_every_changed_cell_is_in_the_journal(store: Store, out: Path, tmp_path: Path) -> None:
    """Roster and duty follow, and one undoing takes the whole book back."""
    plan = keep(store, ANN, out).hash
    before = shifts(store, plan, "a1"), len(read_duty(store, ANN, plan))
    entries = accept_into_store(store, BO, plan, edited(out_copy(out, tmp_path), moved), "asked for")
    assert {entry.why for entry in entries} == {"asked for"}
    assert {entry.agent for entry in entries} == {"a1", "a3"}
    after = shifts(store, plan, "a1")
    assert after == {**{day: own for day, own in before[0].items() if day != "03-03"}, "03-02": "L", "03-07": "E"}
    standing = load_standing(store, ANN, plan)
    mine = standing.plan.duty[(standing.plan.duty["agent"] == "a1") & (standing.plan.duty["date"] == "2026-03-02")]
    assert mine["start"].dt.hour.tolist() == [14, 15, 16, 17, 18, 19, 20]
    assert set(mine["shift"]) == {"L"}
    assert len(undo_edit(store, BO, plan)) == len(entries)
    assert (shifts(store, plan, "a1"), len(read_duty(store, ANN, plan))) == before


def test_the_list_of_checks_judges_the_edited_roster(store: Store, desk: Desk, out: Path, tmp_path: Path) -> None:
    """A day of leave that was worked is no longer an error once the book takes the shift away."""
    plan = keep(store, ANN, out).hash
    (day,) = desk.table("leave").query("agent == 'a2'")["date"].dt.strftime("%Y-%m-%d")
    codes = [{check.code for check in lay_down_checks(store, ANN, plan)}]
    accept_into_store(store, BO, plan, edited(out_copy(out, tmp_path), put("a2", day, None)), "on leave")
    codes.append({check.code for check in lay_down_checks(store, ANN, plan)})
    assert "leave_worked" in codes[0] - codes[1]
    assert "leave" in codes[1] - codes[0]
    assert not list_faults(store, ANN, plan)


def test_a_book_that_breaks_a_hard_rule_opens_an_error(store: Store, out: Path, tmp_path: Path) -> None:
    """Nobody signs over it, whichever way the book came."""
    plan = keep(store, ANN, out).hash

    def every_day(book: Workbook) -> None:
        for day in range(2, 9):
            at(book, "a1", f"2026-03-0{day}").value = "M"

    accept_into_store(store, BO, plan, edited(out_copy(out, tmp_path), every_day), "asked for")
    faults = list_faults(store, ANN, plan)
    assert {(own.agent, own.finder, own.settled_at) for own in faults} == {("a1", BO.who, None)}
    assert all("asked for" in own.words for own in faults)


def out_copy(out: Path, folder: Path) -> Path:
    """A folder with the plan's book, to be edited."""
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / "roster.xlsx").write_bytes((out / "roster.xlsx").read_bytes())
    return folder / "own"


def test_a_book_older_than_others_edits_takes_nothing_back(store: Store, desk: Desk, out: Path, tmp_path: Path) -> None:
    """What it leaves alone stays as others edited it; the same cell is a conflict with both values, all or nothing."""
    plan = keep(store, ANN, out).hash
    book = edited(out_copy(out, tmp_path), put("a1", "2026-03-02", "L"))
    start = read_duty(store, ANN, plan).query("agent == 'a2'")["start"].iloc[0].to_pydatetime()
    edit_duty(store, ANN, plan, [CellEdit("a2", start, "break")])
    assert accept_into_store(store, BO, plan, book, "")
    assert {entry.agent for entry in read_edits(store, ANN, plan)} == {"a1", "a2"}
    undo_edit(store, BO, plan)
    mine = read_duty(store, ANN, plan).query("agent == 'a1'")
    first = mine.iloc[0]
    edit_duty(store, ANN, plan, [CellEdit("a1", first["start"].to_pydatetime(), "break", int(first["version"]))])
    number = len(read_edits(store, ANN, plan))
    with pytest.raises(InputError) as error:
        accept_into_store(store, BO, plan, book, "")
    assert {finding.code for finding in error.value.findings} == {"duty_conflict"}
    assert ANN.who in error.value.report()
    assert len(read_edits(store, ANN, plan)) == number


def test_a_book_of_an_edited_state_goes_on_from_there(store: Store, out: Path, tmp_path: Path) -> None:
    """Also when somebody edited another cell after it was written."""
    plan = keep(store, ANN, out).hash
    first = read_duty(store, ANN, plan).query("agent == 'a1'").iloc[0]["start"].to_pydatetime()
    edit_duty(store, ANN, plan, [CellEdit("a1", first, "break")])
    folder = tmp_path / "own"
    folder.mkdir()
    write_book(load_standing(store, ANN, plan), folder / "roster.xlsx", lang="en")
    other = read_duty(store, ANN, plan).query("agent == 'a3'")["start"].iloc[0].to_pydatetime()
    edit_duty(store, ANN, plan, [CellEdit("a3", other, "break")])
    book = edited(folder, put("a1", "2026-03-02", None))
    found = book_edits(store, ANN, plan, book)
    assert set(found.rows["when"]) == {"2026-03-02"}
    assert max(edit.version for edit in found.edits) == 1
    accept_into_store(store, BO, plan, book, "")
    assert "03-02" not in shifts(store, plan, "a1")
    assert accept_into_store(store, BO, plan, book, "") == (), "a second time there is nothing left to do"


def test_what_the_journal_can_not_hold_is_refused(store: Store, planned: Planned, out: Path, tmp_path: Path) -> None:
    """A book of another plan, a shift for somebody who serves nothing, any edit of a plan that is put away."""
    duty = planned.plan.duty[planned.plan.duty["agent"] != "a2"]
    own = tmp_path / "else" / "other"
    own.parent.mkdir()
    write_output(replace(planned, plan=replace(planned.plan, duty=duty)), own, lang="en")
    plan, other = keep(store, ANN, out).hash, keep(store, ANN, own).hash
    archive_plan(store, ANN, plan)
    book = edited(out_copy(out, tmp_path), put("a1", "2026-03-02", "L"))
    taken_away = edited(own, put("a2", "2026-03-02", None))
    for key, given, code in (
        (plan, book, "plan_final"),
        (other, book, "import_other_plan"),
        (other, taken_away, "import_no_hours"),
    ):
        with pytest.raises(InputError) as error:
            accept_into_store(store, BO, key, given, "")
        assert {finding.code for finding in error.value.findings} == {code}
        assert error.value.report("en") != error.value.report("zh")
