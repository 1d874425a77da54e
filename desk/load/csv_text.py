"""CSV to a sheet of texts, strictly: every row has as many cells as the header."""

import re
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

from desk.load.header import HEADER_SOUGHT, refuse_caption
from desk.load.ledger import Ledger
from desk.load.sheet import Sheet, sheet_of, texts

_BLOCK_BYTES = 8 * 2**20
_LOOKED_AT = 2**14
WIDEST = 2000
MOST_ROWS = 20_000_000
MOST_CELLS = 100_000_000
_MARKS = re.compile(rb'[",\n\r]')
MOST_MARKS = 10 * WIDEST
_OTHER_DELIMITERS = (";", "\t")
_ALL_TEXT = csv.ConvertOptions(
    column_types={f"f{place}": pa.large_string() for place in range(WIDEST)}, strings_can_be_null=False
)


def parse_csv(name: str, file: str, raw: bytes, ledger: Ledger) -> Sheet | None:
    """The sheet that UTF-8 bytes hold; None, with a finding, where they hold none."""
    if not raw or raw.isspace():
        ledger.add("empty_file", file)
        return None
    if _refuse_size(raw, file, ledger) or refuse_caption(name, file, _first_rows(raw), ledger):
        return None
    try:
        table, torn = _read(raw, _BLOCK_BYTES)
    except pa.ArrowInvalid:
        try:
            table, torn = _read(raw, len(raw) + 1)
        except pa.ArrowInvalid as error:
            ledger.add("unreadable_csv", file, reason=str(error).partition("\n")[0])
            return None
    header = [str(table.column(place)[0].as_py()).strip() for place in range(table.num_columns)]
    if _refuse_header(header, file, ledger):
        return None
    _refuse_torn(torn, len(header), file, ledger)
    rows = np.delete(np.arange(table.num_rows + len(torn)) + 1, [0, *(row.number - 1 for row in torn)])
    columns = [texts(table.column(place).slice(1)) for place in range(len(header))]
    return sheet_of(name, file, header, columns, rows)


def _first_rows(raw: bytes) -> list[list[str]]:
    """As far as they can be told without reading strictly."""
    lines = raw[:_LOOKED_AT].decode("utf-8", errors="ignore").splitlines()[:HEADER_SOUGHT]
    return [line.split(",") for line in lines]


def _refuse_size(raw: bytes, file: str, ledger: Ledger) -> bool:
    """Note a table beyond all use before anything is made of it."""
    columns, rows = _columns(raw), raw.count(b"\n") + raw.count(b"\r")
    if columns > WIDEST:
        ledger.add("too_many_columns", file, row=1, columns=columns, limit=WIDEST)
    elif rows > MOST_ROWS or rows + raw.count(b",") > MOST_CELLS:
        ledger.add("too_many_lines", file, rows=f"{MOST_ROWS:,}", cells=f"{MOST_CELLS:,}")
    else:
        return False
    return True


def _columns(raw: bytes) -> int:
    """Cells of the first row, quoted line breaks and commas heeded."""
    quoted, count = False, 1
    for place, found in enumerate(_MARKS.finditer(raw)):
        match found.group():
            case b'"':
                quoted = not quoted
            case b"," if not quoted:
                count += 1
            case b"\n" | b"\r" if not quoted:
                break
        if place > MOST_MARKS:
            return WIDEST + 1
    return count


def _read(raw: bytes, block_bytes: int) -> tuple[Any, list[Any]]:
    """The texts of all whole rows, and the rows that are not; a row must fit into a block."""
    torn: list[Any] = []

    def note(row: Any) -> str:
        torn.append(row)
        return "skip"

    table = csv.read_csv(
        pa.BufferReader(raw),
        read_options=csv.ReadOptions(use_threads=False, block_size=block_bytes, autogenerate_column_names=True),
        parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
        convert_options=_ALL_TEXT,
    )
    return table, torn


def _refuse_header(header: list[str], file: str, ledger: Ledger) -> bool:
    if len(header) > WIDEST:
        ledger.add("too_many_columns", file, row=1, columns=len(header), limit=WIDEST)
        return True
    if not any(header):
        ledger.add("blank_header", file, row=1)
        return True
    foreign = [mark for mark in _OTHER_DELIMITERS if len(header) == 1 and mark in header[0]]
    if foreign:
        ledger.add("wrong_delimiter", file, row=1, value=header[0])
    return bool(foreign)


def _refuse_torn(torn: list[Any], wanted: int, file: str, ledger: Ledger) -> None:
    quoted = [row.text.startswith('"') and "\n" in row.text for row in torn]
    opened = [{"row": row.number, "value": row.text} for row, is_open in zip(torn, quoted, strict=True) if is_open]
    ledger.several("open_quote", file, opened)
    ragged = [
        {"row": row.number, "value": row.text, "cells": row.actual_columns, "wanted": wanted}
        for row, is_open in zip(torn, quoted, strict=True)
        if not is_open
    ]
    ledger.several("ragged_row", file, ragged)
