"""Throws mutated files at the readers: ``python -m tests.hostile.fuzz --seconds 600 --seed 1``.

Each round takes a good desk (CSV, settings, workbook or contact log), or the workbook of a plan that is to be imported,
changes bytes, tokens or lines of one file by a seeded generator, and loads it. A desk, a plan or findings in words are fine;
whatever else comes out is a crash and is kept with its seed.
"""

import argparse
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from desk import InputError, load_desk
from desk.i18n import LANGUAGES
from desk.load import load_table
from planner.edited import changes, read_edited
from planner.edited.accept import edited_duty
from planner.output.book import write_book
from planner.planned import Planned
from tests.golden.tiny import write_tiny
from tests.hostile.books import Parts, packed, parts
from tests.hostile.fields import CONTROLS, DATES, FORMULAS, MARKUP, NUMBERS, PATHS, SYNTAX
from tests.unit.desk.small import SETTINGS, TABLES, make_desk
from tests.unit.planner.made import made

TOKENS = [
    *FORMULAS,
    *MARKUP,
    *PATHS,
    *SYNTAX,
    *CONTROLS.values(),
    *NUMBERS,
    *DATES,
    '"',
    '""',
    ",",
    "\n",
    "\r",
    "|",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\\u",
    "inf",
    "nan",
    "'",
]
MOST_MUTATIONS = 6
Draw = random.Random


def mutated(raw: bytes, draw: Draw) -> bytes:
    """The bytes after a few changes."""
    for _ in range(draw.randint(1, MOST_MUTATIONS)):
        raw = draw.choice(CHANGES)(raw, draw)
    return raw


def _flip(raw: bytes, draw: Draw) -> bytes:
    at = draw.randrange(len(raw) + 1)
    return raw[:at] + bytes([draw.randrange(256)]) + raw[at + 1 :]


def _token(raw: bytes, draw: Draw) -> bytes:
    at, over = draw.randrange(len(raw) + 1), draw.choice((0, 0, 1, 4, 10))
    return raw[:at] + draw.choice(TOKENS).encode("utf-8", "surrogatepass") + raw[at + over :]


def _cell(raw: bytes, draw: Draw) -> bytes:
    """A cell, a value or an attribute replaced by a hostile one."""
    marks = [at for at, one in enumerate(raw) if one in b',\n"= >']
    if len(marks) < 2:
        return _token(raw, draw)
    place = draw.randrange(len(marks) - 1)
    word = draw.choice(TOKENS).encode("utf-8", "surrogatepass")
    return raw[: marks[place] + 1] + word + raw[marks[place + 1] :]


def _cut(raw: bytes, draw: Draw) -> bytes:
    first, last = sorted((draw.randrange(len(raw) + 1), draw.randrange(len(raw) + 1)))
    return raw[:first] + raw[last:]


def _again(raw: bytes, draw: Draw) -> bytes:
    first, last = sorted((draw.randrange(len(raw) + 1), draw.randrange(len(raw) + 1)))
    return raw[:last] + raw[first:last] * draw.randint(1, 3) + raw[last:]


def _line(raw: bytes, draw: Draw) -> bytes:
    lines = raw.split(b"\n")
    first, second = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


CHANGES: tuple[Callable[[bytes, Draw], bytes], ...] = (_flip, _token, _cell, _cell, _cut, _again, _line)


def one_round(folder: Path, draw: Draw) -> None:
    """Make a good desk, spoil one file, load it; raises what is neither a desk nor findings in words."""
    kind = draw.choice(("csv", "csv", "csv", "toml", "toml", "book", "contacts", "edited"))
    try:
        if kind == "edited":
            _import(folder / "roster.xlsx", draw)
        elif kind == "contacts":
            log = folder / "contacts.csv"
            log.write_bytes(mutated(TABLES["contacts"].lstrip().encode(), draw))
            load_table(load_desk(make_desk(folder / "desk", only=FEW)), "contacts", log)
        else:
            load_desk(_spoiled(kind, folder, draw))
    except InputError as refused:
        for lang in LANGUAGES:
            refused.report(lang)


@cache
def plan_with_book() -> tuple[Planned, Parts]:
    """The tiny plan, and the parts of its workbook."""
    with tempfile.TemporaryDirectory() as folder:
        planned, book = made(load_desk(write_tiny(Path(folder) / "desk"))), Path(folder) / "roster.xlsx"
        write_book(planned, book, lang="en")
        with zipfile.ZipFile(book) as archive:
            return planned, {name: archive.read(name) for name in archive.namelist()}


def _import(book: Path, draw: Draw) -> None:
    """Read a spoiled workbook back, and seat whom it moves."""
    planned, found = plan_with_book()
    part = draw.choice([name for name in found if "sheet" in name or name.endswith("sharedStrings.xml")])
    change = draw.choice((mutated, _worded, _worded))
    book.write_bytes(packed(found | {part: change(found[part], draw)}))
    said = read_edited(book, planned)
    edited_duty(planned.desk, planned.plan.duty, said, changes(planned, said))


def _worded(raw: bytes, draw: Draw) -> bytes:
    """Texts of cells replaced by hostile ones or by each other; the sheet stays one."""
    spans = list(re.finditer(rb"(?<=>)[^<>]+(?=</(?:t|v)>)", raw))
    strange = 0.5 if b"</t>" in raw else 0.1
    for span in sorted(draw.sample(spans, min(len(spans), draw.randint(1, 3))), key=lambda own: -own.start()):
        word = (
            escape(draw.choice(TOKENS)).encode("utf-8", "replace") if draw.random() < strange else draw.choice(spans)[0]
        )
        raw = raw[: span.start()] + word + raw[span.end() :]
    return raw


def _spoiled(kind: str, folder: Path, draw: Draw) -> Path:
    if kind == "book":
        found = parts()
        part = draw.choice([name for name in found if name.startswith(("xl/", "[", "_rels"))])
        whole = draw.random() < 0.2
        raw = packed(found if whole else found | {part: mutated(found[part], draw)})
        (folder / "desk.xlsx").write_bytes(mutated(raw, draw) if whole else raw)
        return folder / "desk.xlsx"
    table = draw.choice(sorted(TABLES))
    desk = make_desk(folder / "desk", only=tuple(dict.fromkeys((*FEW, table))))
    if kind == "toml":
        (desk / "desk.toml").write_bytes(mutated(SETTINGS.encode(), draw))
    else:
        (desk / f"{table}.csv").write_bytes(mutated(TABLES[table].lstrip().encode(), draw))
    return desk


FEW = ("agents", "skills", "shifts")


def crashes(seeds: Iterator[int], until: float) -> Iterator[tuple[int, str]]:
    """Seed and traceback of each crash."""
    for seed in seeds:
        if time.monotonic() > until:
            return
        with tempfile.TemporaryDirectory() as folder:
            try:
                one_round(Path(folder), random.Random(seed))
            except Exception:
                yield seed, traceback.format_exc()


def main() -> int:
    """Fuzz for so many seconds; 1 where something crashed."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, default=600)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args()
    count, found = [0], 0

    def seeds() -> Iterator[int]:
        while True:
            yield asked.seed * 10_000_000 + count[0]
            count[0] += 1

    for seed, trace in crashes(seeds(), time.monotonic() + asked.seconds):
        found += 1
        print(f"seed {seed}\n{trace}", flush=True)
    print(f"{count[0]} files in {asked.seconds:.0f} s, {found} crashes")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
