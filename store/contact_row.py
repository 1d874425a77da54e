"""Contacts between frames and rows of the database."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from desk.frames import dtype_of
from desk.tables import table
from store.moment import epoch_us, from_epoch_us
from store.schema.measured import FLAGS, NUMBERS, TIMES, WORDS
from store.table_text import texts, values

EXTRA = "extra"
COLUMNS = ("log", "row", "team", *WORDS, *TIMES, *FLAGS, *NUMBERS, EXTRA)
_KNOWN = {*WORDS, *TIMES, *FLAGS, *NUMBERS}


def rows_of(log: int, first: int, frame: pd.DataFrame, teams: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a stretch of table ``contacts`` that begins at row ``first``, as :data:`COLUMNS`."""
    count = len(frame)
    team = frame["agent"].map(teams) if "agent" in frame else None
    own = [[None] * count if team is None else _plain(team)]
    own += [_cells(frame, name, count) for name in COLUMNS[3:-1]]
    return zip([log] * count, range(first, first + count), *own, _extras(frame), strict=True)


def frame_of(parts: Iterable[Sequence[Any]], timezone: str) -> pd.DataFrame:
    """Table ``contacts`` from rows of :data:`COLUMNS` without the first three."""
    frames = [_frame(part, timezone) for part in parts]
    return pd.concat(frames, ignore_index=True) if frames else _frame([], timezone)


def _cells(frame: pd.DataFrame, name: str, count: int) -> list[Any]:
    if name not in frame:
        return [None] * count
    return epoch_us(frame[name]) if name in TIMES else _plain(frame[name])


def _plain(cells: "pd.Series[Any]") -> list[Any]:
    return list(cells.astype("object").where(cells.notna(), None))


def _extras(frame: pd.DataFrame) -> list[str | None]:
    """What the schema has no column for, as JSON; None where there is nothing."""
    declared = table("contacts").columns
    names = [str(name) for name in frame.columns if name not in _KNOWN]
    if not names:
        return [None] * len(frame)
    cells = {name: texts(declared.get(name), frame[name]).astype("str").mask(frame[name].isna(), "") for name in names}
    records: list[dict[Any, Any]] = pd.DataFrame(cells).to_dict("records")
    return [json.dumps(record, ensure_ascii=False) for record in records]


def _frame(rows: Sequence[Any], timezone: str) -> pd.DataFrame:
    declared = table("contacts").columns
    raw = pd.DataFrame([tuple(row) for row in rows], columns=list(COLUMNS[3:]), dtype="object")
    extra = _expanded(raw.pop(EXTRA))
    made = {}
    for name, column in declared.items():
        if name in TIMES:
            made[name] = from_epoch_us(raw[name], timezone)
        elif name in raw:
            made[name] = raw[name].astype(dtype_of(column, timezone))  # type: ignore[call-overload]
        else:
            given = extra[name] if name in extra else pd.Series("", index=raw.index, dtype="str")
            made[name] = values(column, given, timezone)
    made |= {str(name): values(None, extra[name], timezone) for name in extra if name not in declared}
    return pd.DataFrame(made, index=raw.index)


def _expanded(extra: "pd.Series[Any]") -> pd.DataFrame:
    if extra.isna().all():
        return pd.DataFrame(index=extra.index)
    records = [{} if text is None else json.loads(text) for text in extra]
    return pd.DataFrame(records, index=extra.index).fillna("").astype("str")
