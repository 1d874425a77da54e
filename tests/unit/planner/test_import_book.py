"""A workbook edited in a spreadsheet comes back: what differs is told, judged, and taken only where it is accepted."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from desk import InputError
from desk.i18n import LANGUAGES
from planner.cli import main
from planner.edited import Edited, edited_plan, read_edited
from planner.edited.accept import edited_duty
from planner.edited.differ import changes
from planner.output.read import read_output
from scheduler import marginal_values
from tests.rules.small import desk, duty

Edit = Callable[[Workbook], None]


@pytest.fixture
def own(out: Path, tmp_path: Path) -> Path:
    """A copy of the tiny plan's output."""
    return Path(shutil.copytree(out, tmp_path / "out"))


def at(book: Workbook, agent: str, day: str, sheet: int = 0) -> Cell:
    """The cell of an agent and a day."""
    week = book.worksheets[sheet]
    column = next(cell.column for cell in week[2] if cell.value == day)
    return next(row[column - 1] for row in week.iter_rows(min_row=5) if row[0].value == agent)


def edited(own: Path, edit: Edit) -> Path:
    """The plan's book after an edit."""
    book = load_workbook(own / "roster.xlsx")
    edit(book)
    book.save(own.parent / "edited.xlsx")
    return own.parent / "edited.xlsx"


def put(agent: str, day: str, value: object) -> Edit:
    def edit(book: Workbook) -> None:
        at(book, agent, day).value = value

    return edit


def test_an_unedited_book_says_what_the_plan_says(own: Path) -> None:
    """Written, saved by another program and read, nothing differs."""
    result = CliRunner().invoke(main, ["import", str(own), str(edited(own, lambda book: None))])
    assert (result.exit_code, result.return_value) in ((0, 0), (0, None)), result.output
    assert "says what the plan says" in result.output


def test_shifts_and_roles_are_told_with_before_and_after(own: Path) -> None:
    """Who, when, before, after: a shift changed, one taken away, one added, and a role."""

    def edit(book: Workbook) -> None:
        at(book, "a1", "2026-03-02").value = "L"
        at(book, "a1", "2026-03-03").value = None
        at(book, "a1", "2026-03-07").value = "E"
        duty = next(sheet for sheet in book.worksheets if str(sheet["A1"].value).startswith("peakdesk:duty:"))
        row = next(row for row in duty.iter_rows(min_row=3) if row[0].value == "a3" and row[2].value == "presale")
        row[2].value = "aftersale"

    planned = read_output(own)
    book = read_edited(edited(own, edit), planned)
    rows = changes(planned, book)
    told = [tuple(row) for row in rows[["kind", "agent", "before", "after"]].to_numpy()]
    assert told == [
        ("shift", "a1", "E", "L"),
        ("shift", "a1", "E", ""),
        ("shift", "a1", "", "E"),
        ("role", "a3", "presale", "aftersale"),
    ]
    after = edited_plan(planned, book, rows)
    assert len(after.plan.roster) == len(planned.plan.roster)
    mine = after.plan.duty[(after.plan.duty["agent"] == "a1") & (after.plan.duty["date"] == "2026-03-02")]
    assert set(mine["activity"]) == {"presale", "break"}
    assert mine["start"].dt.hour.tolist() == [14, 15, 16, 17, 18, 19, 20]


def test_a_book_made_ready_for_the_wall_is_read(own: Path) -> None:
    """A title above, empty rows between people, gone titles: what stands in the cells counts, at its own row."""

    def edit(book: Workbook) -> None:
        put("a2", "2026-03-02", "L")(book)
        book.worksheets[0].insert_rows(7)
        book.worksheets[0].insert_rows(6)
        book.worksheets[0].insert_rows(1, 2)
        book.worksheets[0]["A1"] = "Final, please print"

    planned = read_output(own)
    rows = changes(planned, read_edited(str(edited(own, edit)), planned))
    assert rows[["agent", "before", "after"]].to_numpy().tolist() == [["a2", "M", "L"]]
    gone = edited(own, lambda book: book.worksheets[0].delete_rows(1))
    assert changes(planned, read_edited(gone, planned)).empty


def test_merged_days_are_refused_by_name(own: Path) -> None:
    """A spreadsheet keeps the first of merged cells: a shift put over two days took the second one away."""
    planned = read_output(own)
    harmless = edited(own, lambda book: book.worksheets[0].merge_cells("C5:C6"))
    assert changes(planned, read_edited(harmless, planned)).empty
    for area, row, column in (("D5:E5", 5, "D"), ("A5:A6", 5, "A")):
        with pytest.raises(InputError) as error:
            read_edited(edited(own, lambda book, area=area: book.worksheets[0].merge_cells(area)), planned)
        told = error.value.findings[0]
        assert (told.code, told.value, told.row, told.column) == ("merged_cells", area, row, column)
        assert error.value.report("en") != error.value.report("zh")


def test_nothing_changes_before_it_is_accepted(own: Path) -> None:
    """Shown first; with --accept the output is the edited plan, a draft, whose own book then says the same."""
    book = edited(own, put("a1", "2026-03-02", "L"))
    before = (own / "roster.csv").read_bytes()
    shown = run("import", str(own), str(book))
    assert "E → L" in shown.output
    assert (own / "roster.csv").read_bytes() == before
    taken = run("import", str(own), str(book), "--accept")
    assert taken.exit_code in (0, 1, 3), taken.output
    planned = read_output(own)
    assert planned.plan.status == "draft"
    assert changes(planned, read_edited(own / "roster.xlsx", planned)).empty
    first = planned.plan.roster.iloc[0]
    assert (first["agent"], f"{first['date']:%Y-%m-%d}", first["shift"]) == ("a1", "2026-03-02", "L")
    worth = marginal_values(planned.desk, planned.curves, planned.plan)
    assert planned.marginals["net"].tolist() == pytest.approx(worth["net"].tolist())


def test_a_book_of_an_older_state_is_refused(own: Path) -> None:
    """Otherwise the later import would silently take back what the first brought."""
    book = edited(own, put("a1", "2026-03-02", "L"))
    run("import", str(own), str(book), "--accept")
    assert run("import", str(own), str(book)).exit_code == 2


def no_row(book: Workbook) -> None:
    book.worksheets[0].delete_rows(5)


def no_marks(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet["A2"].value = None


def twice(book: Workbook) -> None:
    at(book, "a2", "2026-03-02").parent["A6"].value = "a1"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (put("a1", "2026-03-02", "Q"), "import_unknown_shift"),
        (put("a1", "2026-03-02", 7), "import_unknown_shift"),
        (put("a1", "2026-03-02", "=1+1"), "formula_without_value"),
        (put("a1", "2026-03-02", "<script>"), "import_unknown_shift"),
        (no_row, "import_missing"),
        (no_marks, "import_no_weeks"),
        (twice, "import_twice"),
    ],
)
def test_what_the_plan_has_not_is_refused(own: Path, edit: Edit, code: str) -> None:
    """By sheet, row and column, with a cure in both languages."""
    with pytest.raises(InputError) as refused:
        read_edited(edited(own, edit), read_output(own))
    assert code in {finding.code for finding in refused.value.findings}
    assert all(finding.line(lang) for finding in refused.value.findings for lang in LANGUAGES)


def many(book: Workbook) -> None:
    """A formula never computed, a shift and a role that do not exist, and a column of agents lost."""
    at(book, "a1", "2026-03-02").value = "=1+1"
    at(book, "a1", "2026-03-03").value = "Q"
    duty = next(sheet for sheet in book.worksheets if str(sheet["A1"].value).startswith("peakdesk:duty:"))
    for row in duty.iter_rows(min_row=3):
        row[0].value = f"x{row[0].value}"


def test_all_that_is_wrong_with_a_book_is_told_at_once(own: Path) -> None:
    """A formula hides neither a wrong code nor a lost column; places are the sheet's, and a thousand alike stay few."""
    with pytest.raises(InputError) as refused:
        read_edited(edited(own, many), read_output(own))
    found = refused.value.findings
    kinds = {finding.code: (finding.row, finding.column) for finding in reversed(found)}
    assert kinds["formula_without_value"] == (5, "D")
    assert kinds["import_unknown_shift"] == (5, "E")
    assert kinds["import_unknown_row"] == (3, "")
    assert "import_missing" not in kinds
    assert len(found) == 1 + 1 + 6


def test_a_change_that_no_rule_minds_promises_no_list(own: Path) -> None:
    """The sentence about the rules ends in a colon only where something follows it."""
    for lang, mark in (("en", ":"), ("zh", "：")):
        shown = run("--lang", lang, "import", str(own), str(edited(own, put("a1", "2026-03-02", "L"))))
        lines = shown.output.splitlines()
        assert all(follows.strip() for line, follows in pairwise(lines) if line.endswith(mark)), shown.output


def test_who_comes_on_call_sits_nowhere() -> None:
    """Protects the coverage: a shift on call written into the book seats nobody at a queue."""
    of = desk(shifts="shift,start,end,paid_h,kind\nE,08:00,10:00,2,regular\nC,10:00,12:00,1,on_call")
    for code, hours in (("E", 4), ("C", 2)):
        said = Edited({("ann", "2026-06-01"): code}, {})
        rows = pd.DataFrame(
            [("shift", "ann", "2026-06-01", "", code)], columns=["kind", "agent", "when", "before", "after"]
        )
        assert len(edited_duty(of, duty(of, "bob 06-01 E: pre pre"), said, rows)) == hours


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])
