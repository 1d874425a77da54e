"""Hostile names in everything that a plan writes: text, and nothing but text."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest
from openpyxl import load_workbook

from desk import Finding, load_desk
from planner.output.read import read_output
from planner.output.write import write_output
from tests.golden.tiny import AGENTS, write_tiny
from tests.hostile.fields import FORMULAS, MARKUP, PATHS, SYNTAX
from tests.unit.planner.made import made
from views.table_shown import csv_bytes, harmless

SIGNS = tuple("=+-@＝＋－＠\t\r\n\0")
NAMES = [
    text.strip() for text in (*FORMULAS, *MARKUP, *PATHS, *SYNTAX) if "\n" not in text and not text.startswith("'")
]
IDS = [
    "../../etc/passwd",
    "=1+1",
    "<script>alert(1)</script>",
    "CON",
    "a;=b:c",
    "</script><img src=x onerror=alert(1)>",
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny plan of people with hostile codes, names and teams, on a desk with a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    desk = load_desk(hostile_desk(folder / "desk"))
    planned = made(desk)
    told = tuple(Finding("plan_damaged", "warning", file=name, value=name, column=name) for name in NAMES)
    write_output(replace(planned, findings=told), folder / "out", lang="zh")
    return folder / "out"


def hostile_desk(folder: Path) -> Path:
    """The tiny desk with its agents renamed; names and teams are hostile too."""
    write_tiny(folder)
    settings = folder / "desk.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('"Tiny"', "'<script>alert(1)</script>=1'"), encoding="utf-8"
    )
    codes = dict(zip([line.split(",")[0] for line in AGENTS.splitlines()[1:]], IDS, strict=True))
    for table in ("agents", "skills", "leave"):
        file = folder / f"{table}.csv"
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        for place, row in enumerate(rows[1:]):
            row[0] = codes[row[0]]
            if table == "agents":
                row[1:3] = NAMES[place * 3], MARKUP[place]
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
    return folder


def cells(file: Path) -> Iterator[str]:
    """Every cell of a CSV, titles too."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        yield from (cell for row in csv.reader(source) for cell in row)


def test_no_csv_holds_a_formula(out: Path) -> None:
    """Numbers stay numbers; every text that begins like a formula has a quote before it."""
    files = sorted(out.rglob("*.csv"))
    assert len(files) > 10
    for file in files:
        found = [cell for cell in cells(file) if cell.lstrip(" \u3000\u00a0").startswith(SIGNS)]
        assert [cell for cell in found if not re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?|-inf", cell)] == [], file


def test_no_csv_holds_a_formula_where_a_semicolon_parts_the_cells(out: Path) -> None:
    """A European spreadsheet takes the comma for a letter, and a quote inside of a line too."""
    parts = [
        part.lstrip(' "')
        for file in out.rglob("*.csv")
        for line in file.read_text(encoding="utf-8-sig").splitlines()
        for part in re.split(r"[;\t]", line)[1:]
    ]
    assert parts
    assert [part for part in parts if part.startswith(SIGNS)] == []


def test_no_workbook_holds_a_formula_or_a_link(out: Path) -> None:
    """Cells of text are strings, those of numbers numbers."""
    book = load_workbook(out / "roster.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in found)
    assert set(IDS) <= {cell.value for cell in found}


class Tags(HTMLParser):
    """Collects elements, and what an event or an address in one would run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.acts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append(tag)
        self.acts += [
            f"{name}={value}" for name, value in attrs if name.startswith("on") or "javascript:" in str(value)
        ]


def test_the_report_shows_names_as_text(out: Path) -> None:
    """No element, no event and no link comes from a name; nor does a script end early."""
    page = (out / "report.html").read_text(encoding="utf-8")
    seen = Tags()
    seen.feed(page)
    assert seen.acts == []
    assert not {"img", "iframe", "svg", "b"} & set(seen.tags)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, flags=re.DOTALL)
    assert len(scripts) == seen.tags.count("script")
    drawn = "".join(scripts[1:])
    assert "alert(1)" not in drawn or "<script>alert" not in drawn


def test_charts_take_no_name_for_markup(out: Path) -> None:
    """Plotly reads tags in texts: none of ours may be left as one."""
    page = (out / "report.html").read_text(encoding="utf-8")
    drawn = "".join(re.findall(r"Plotly\.newPlot\((.*?)\);?\s*(?:\}|</script>)", page, flags=re.DOTALL))
    assert drawn
    for mark in (r"\u003cscript", r"\u003cimg", r"\u003ca href", r"\u003ciframe", "<script", "<img"):
        assert mark not in drawn


def test_calendars_keep_to_their_folder_and_hold_one_event_a_shift(out: Path) -> None:
    """No name climbs out of a folder, starts a line of its own, or makes an event."""
    files = sorted((out / "ics").iterdir())
    assert len(files) == len(IDS)
    assert all(file.is_file() and file.suffix == ".ics" for file in files)
    for file in files:
        raw = file.read_bytes()
        calendar = icalendar.Calendar.from_ical(raw)
        assert raw.count(b"BEGIN:VEVENT") == len(calendar.walk("VEVENT")) == 5
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_the_folder_reads_back_as_it_was_written(out: Path) -> None:
    """The quotes come off again, and JSON holds the names as they are."""
    planned = read_output(out)
    assert set(planned.plan.roster["agent"]) == set(IDS)
    assert set(planned.desk.table("agents")["agent"]) == set(IDS)
    told = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert told["desk"]["name"] == "<script>alert(1)</script>=1"


def test_tables_of_the_pages_are_harmless(out: Path) -> None:
    """What a page shows is what its own download writes."""
    agents = read_output(out).desk.table("agents").assign(name=NAMES[:6])
    assert not any(
        str(cell).startswith(SIGNS) for cell in harmless(agents)[["agent", "name", "team"]].to_numpy().ravel()
    )
    assert b"\n=" not in csv_bytes(agents)
