"""Every hostile file and field is refused by name, or taken as the plain text that it is."""

import csv
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desk import Desk, load_desk, write_folder, write_workbook
from tests.hostile.books import hostile_books
from tests.hostile.corpus import complaint, corpus, loaded
from tests.hostile.entry import Hostile
from tests.hostile.fields import (
    CONTROLS,
    FORMULAS,
    HARMLESS,
    LINES,
    MARKUP,
    NUMBERS,
    PATHS,
    SYNTAX,
    hostile_fields,
    many,
)
from tests.hostile.files import hostile_files
from tests.hostile.tomls import hostile_settings

FILES = [*hostile_files(), *hostile_settings(), *hostile_books()]
FIELDS = [one for one in hostile_fields() if one.name.startswith(("driver-", "date-", "queue-", "who-"))][::6]
PLAIN = (*FORMULAS, *MARKUP, *PATHS, *SYNTAX)
MOST_BYTES = 3 * 2**30
MOST_S = 30.0
FORMULA_SIGNS = tuple("=+-@＝＋－＠\t\r\n\0")


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    """Two hundred and more, each of them told apart."""
    found = [one.name for one in corpus()]
    assert len(set(found)) == len(found) >= 200


@pytest.mark.parametrize("hostile", [*FILES, *FIELDS], ids=lambda one: one.name)
def test_it_is_refused_or_harmless(hostile: Hostile, tmp_path: Path) -> None:
    """Findings with words and a cure, or a desk, in bounded memory and time; never a traceback."""
    path = hostile.make(tmp_path / "desk")
    began = time.process_time()
    with at_most(MOST_BYTES):
        desk, findings = loaded(path)
    assert time.process_time() - began < MOST_S
    assert complaint(hostile, desk, findings) == ""


@pytest.mark.parametrize("column", ["name", "agent", "team"])
def test_harmless_texts_stay_the_texts_they_are(column: str, tmp_path: Path) -> None:
    """No cell of an export is a formula; read again it is the same desk."""
    texts = [value.strip() for value in PLAIN if "\n" not in value and not value.startswith("'")]
    names = [value for value in texts if column == "name" or "|" not in value]
    desk = load_desk(many(dict.fromkeys(names), tmp_path / "desk", column))
    exports_are_harmless(desk, tmp_path)


@pytest.mark.parametrize("column", ["name", "agent"])
def test_letters_that_nobody_sees_are_refused(column: str, tmp_path: Path) -> None:
    """Each of them is found; a line break may stand in a text, but in no code."""
    allowed = HARMLESS if column == "agent" else (*HARMLESS, *LINES)
    values = [value for name, value in CONTROLS.items() if name not in allowed and name != "null"]
    desk, findings = loaded(many(values, tmp_path / "desk", column))
    assert desk is None
    own = [finding for finding in findings if (finding.file, finding.column) == ("agents.csv", column)]
    found = [finding for finding in own if finding.code == "unsafe_text"]
    more = sum(finding.facts["more"] for finding in own if finding.code == "and_more")
    assert len(found) + more == len(values)


def test_numbers_are_numbers_of_a_usual_size(tmp_path: Path) -> None:
    """Every other one is refused by row."""
    wrong = [value for value, codes in NUMBERS.items() if codes]
    desk, findings = loaded(many(wrong, tmp_path / "desk", "cost_per_h"))
    assert desk is None
    assert {code for codes in NUMBERS.values() for code in codes} <= {finding.code for finding in findings}


@contextmanager
def at_most(extra: int) -> Iterator[None]:
    """Let this process take so many bytes more, and no others."""
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def exports_are_harmless(desk: Desk, folder: Path) -> None:
    """Written as CSV and as a workbook no text is a formula; read again, both are the same desk."""
    write_folder(desk, folder / "csv")
    write_workbook(desk, folder / "book.xlsx")
    for file in (folder / "csv").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as source:
            cells = [cell for row in csv.reader(source) for cell in row]
        assert [cell for cell in cells if cell.lstrip(" \u3000\u00a0").startswith(FORMULA_SIGNS)] == []
    kinds = {cell.data_type for sheet in load_workbook(folder / "book.xlsx") for row in sheet for cell in row}
    assert kinds <= {"s", "n", "d", "b"}
    assert load_desk(folder / "csv").content_hash == desk.content_hash
    assert load_desk(folder / "book.xlsx").content_hash == desk.content_hash
