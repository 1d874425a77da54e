"""A list of who attended and passed, as somebody keeps it in a spreadsheet."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from desk import Desk, Finding, InputError

COLUMNS = ("agent", "activity", "attended", "passed")
_YES, _NO = ("1", "yes", "y", "true", "是", "有", "√", "✓"), ("0", "no", "n", "false", "否", "无", "×")
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list."""

    agent: str
    activity: str
    attended: bool
    passed: bool | None


def read_list(content: bytes, desk: Desk, file: str = "attendance.csv") -> tuple[Listed, ...]:
    """Read ``agent, activity, attended, passed`` (yes or no; a blank ``passed`` means that nobody was tested).

    Raises
    ------
    InputError : every row that can't be understood, by row and column; an unreadable file.
    """
    known = {name: set(desk.table(table)[name]) for table, name in (("agents", "agent"), ("activities", "activity"))}
    rows = list(_rows(content, file))
    findings = [own for number, row in rows for own in _wrong(row, number, file, known)]
    if findings:
        raise InputError(findings)
    return tuple(
        Listed(row["agent"], row["activity"], bool(_answer(row["attended"])), _answer(row["passed"])) for _, row in rows
    )


def _wrong(row: Mapping[str, str], number: int, file: str, known: Mapping[str, set[str]]) -> Iterator[Finding]:
    for column, code in (("agent", "briefing_who"), ("activity", "briefing_unknown")):
        if row[column] not in known[column]:
            yield Finding(code, file=file, row=number, column=column, value=row[column])
    for column in ("attended", "passed"):
        if _answer(row[column]) is None and (row[column] or column == "attended"):
            yield Finding("briefing_yes_no", file=file, row=number, column=column, value=row[column])


def _rows(content: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(StringIO(_decoded(content, file), newline=""))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError([Finding("briefing_column", file=file, column=name) for name in missing])
    try:
        for number, row in enumerate(reader, start=2):
            if number > _MOST_ROWS:
                raise InputError([Finding("briefing_too_long", file=file, facts={"most": _MOST_ROWS})])
            yield number, {name: (row.get(name) or "").strip() for name in COLUMNS}
    except csv.Error as error:
        raise InputError([Finding("briefing_unreadable", file=file)]) from error


def _decoded(content: bytes, file: str) -> str:
    """UTF-8, or what a Chinese spreadsheet writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError([Finding("briefing_unreadable", file=file)])


def _answer(word: str) -> bool | None:
    own = word.casefold()
    return True if own in _YES else False if own in _NO else None
