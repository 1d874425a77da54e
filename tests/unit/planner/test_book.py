"""The workbook: one coloured sheet a week, nothing in it that could run."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desk import Finding
from planner.edited import changes, read_edited
from planner.output.book import write_book
from planner.planned import Planned


def cells(path: Path, sheet: int = 0) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[sheet].iter_rows()]


@pytest.mark.parametrize(("lang", "agent", "people"), [("en", "Agent", "People at work"), ("zh", "工号", "上班人数")])
def test_a_week_shows_shifts_hours_and_coverage(
    planned: Planned, tmp_path: Path, lang: str, agent: str, people: str
) -> None:
    """Each agent's codes stand under their days, the hours are summed, and coverage rows follow."""
    write_book(planned, tmp_path / "r.xlsx", lang=lang)
    rows = cells(tmp_path / "r.xlsx")
    head = next(row for row in rows if row[0] == agent)
    assert len(head) == 3 + 7 + 2
    assert next(row for row in rows if row[0] == "a1") == ["a1", "Ann", "red", *"EEEEE", "·", "·", 30, 30]
    assert next(row for row in rows if row[0] == "a2")[5] == "M"
    assert next(row for row in rows if row[0] == people)[3:10] == [6, 6, 6, 6, 6, 0, 0]


def test_shifts_are_coloured_and_differ(planned: Planned, tmp_path: Path) -> None:
    """Every shift has its own colour, the same in the week and in the legend."""
    write_book(planned, tmp_path / "r.xlsx", lang="en")
    book = load_workbook(tmp_path / "r.xlsx")
    seen = {}
    for sheet in book.worksheets[:2]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("E", "M", "L"):
                    seen.setdefault(cell.value, set()).add(cell.fill.fgColor.rgb)
    assert all(len(colours) == 1 for colours in seen.values())
    assert len({next(iter(colours)) for colours in seen.values()}) == 3


def test_texts_are_strings_never_formulas_or_links(planned: Planned, tmp_path: Path) -> None:
    """Hostile names are written as strings."""
    agents = planned.desk.table("agents").assign(name=["=1+1", "http://x", "@a", "-1", "\x00b", "{=1}"])
    tables = {**planned.desk.tables, "agents": agents}
    hostile = replace(planned, desk=replace(planned.desk, tables=tables))
    write_book(hostile, tmp_path / "r.xlsx", lang="en")
    sheet = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    named = [cell for row in sheet.iter_rows(min_row=5, max_row=10, min_col=2, max_col=2) for cell in row]
    assert {cell.data_type for cell in named} == {"s"}
    assert all(cell.hyperlink is None for cell in named)


def test_one_sheet_a_calendar_week(planned: Planned, tmp_path: Path) -> None:
    """A horizon that cuts weeks gives a sheet for each, with only the days planned."""
    horizon = planned.desk.settings.horizon.model_copy(update={"start": date(2026, 3, 5), "end": date(2026, 3, 18)})
    desk = replace(planned.desk, settings=planned.desk.settings.model_copy(update={"horizon": horizon}))
    write_book(replace(planned, desk=desk), tmp_path / "r.xlsx", lang="en")
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == [
        "03-05 week 10",
        "03-09 week 11",
        "03-16 week 12",
        "Roles",
        "Shifts",
    ]
    sundays = replace(desk, settings=desk.settings.model_copy(update={"week_begins": "sunday", "weekend": ["friday"]}))
    write_book(replace(planned, desk=sundays), tmp_path / "s.xlsx", lang="en")
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames[:3] == ["03-05 week 10", "03-08 week 11", "03-15 week 12"]
    heads = {cell.value[:3]: cell.fill.fgColor.rgb for cell in book.worksheets[1][4][3:10]}
    assert [day for day, colour in heads.items() if colour != heads["Mon"]] == ["Fri"]


def test_people_stand_in_the_order_in_which_they_are_read(planned: Planned, tmp_path: Path) -> None:
    """S2 before S10, in the weeks and in the roles, whatever the order of the tables."""
    codes = {"a1": "S10", "a2": "S2", "a3": "S1", "a4": "S9", "a5": "b", "a6": "S11"}
    tables = {
        name: frame.assign(agent=frame["agent"].map(codes)) if "agent" in frame else frame
        for name, frame in planned.desk.tables.items()
    }
    roster, duty = (own.assign(agent=own["agent"].map(codes)) for own in (planned.plan.roster, planned.plan.duty))
    plan, desk = replace(planned.plan, roster=roster, duty=duty), replace(planned.desk, tables=tables)
    own = replace(planned, desk=desk, plan=plan)
    write_book(own, tmp_path / "r.xlsx", lang="en")
    week, roles = cells(tmp_path / "r.xlsx"), cells(tmp_path / "r.xlsx", 1)
    assert [row[0] for row in week[4:10]] == ["S1", "S2", "S9", "S10", "S11", "b"]
    assert list(dict.fromkeys(row[0] for row in roles[2:])) == ["S1", "S2", "S9", "S10", "S11", "b"]


def test_the_legend_holds_numbers_as_numbers(planned: Planned, tmp_path: Path) -> None:
    """Paid hours and breaks can be summed; clock times are texts, since a shift may end on the next day."""
    write_book(planned, tmp_path / "r.xlsx", lang="en")
    head, first, *_ = cells(tmp_path / "r.xlsx", 2)
    assert head[:5] == ["Shift", "Start", "End", "Paid hours", "Break"]
    assert [type(cell) for cell in first[:5]] == [str, str, str, int, int]


def test_codes_stand_in_words_and_are_read_back(planned: Planned, tmp_path: Path) -> None:
    """A Chinese book says 休息, 常规 and 提示, and shows what the plan says; either word may be chosen."""
    told = replace(planned, findings=(Finding("everybody_takes", "note", facts={"queue": "presale"}),))
    write_book(told, tmp_path / "r.xlsx", lang="zh")
    book = load_workbook(tmp_path / "r.xlsx")
    roles = [row for row in book["岗位"].iter_rows(min_row=3) if row[2].value == "休息"]
    assert roles
    assert {row[5].value for row in book["班次说明"].iter_rows(min_row=2, max_row=4)} == {"常规"}
    assert [row[0].value for row in book["检查结果"].iter_rows(min_row=2)] == ["提示"]
    roles[0][2].value = "break"
    book.save(tmp_path / "r.xlsx")
    assert changes(planned, read_edited(tmp_path / "r.xlsx", planned)).empty
