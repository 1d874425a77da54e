"""A table as it was written: every cell a text, every row with the number a spreadsheet gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table before its cells are understood.

    Parameters
    ----------
    name : the table's name.
    file : the file, or workbook and sheet, for messages.
    header : the titles as they stand in row 1, without spaces around them.
    cells : title -> texts as written, one per row; a blank cell is the empty text.
    text : the same without the spaces around them.
    rows : spreadsheet row number of each row (the header is row 1).
    as_text : title -> whether the cell was a text cell of a workbook; empty for CSV, where all cells are text.
    """

    name: str
    file: str
    header: tuple[str, ...]
    cells: "Mapping[str, pd.Series[str]]"
    text: "Mapping[str, pd.Series[str]]"
    rows: npt.NDArray[np.int64]
    as_text: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)


def texts(arrow: Any) -> "pd.Series[str]":
    """A pandas column of texts over an Arrow array, without a copy."""
    chunked = arrow if isinstance(arrow, pa.ChunkedArray) else pa.chunked_array([arrow])
    make: Any = pd.arrays.ArrowStringArray
    return pd.Series(make(chunked, dtype=pd.StringDtype(na_value=np.nan)))


def sheet_of(
    name: str,
    file: str,
    header: list[str],
    columns: "list[pd.Series[str]]",
    rows: npt.NDArray[np.int64],
    text_cells: list[npt.NDArray[np.bool_]] | None = None,
) -> Sheet:
    """A sheet without its blank rows, and without columns that have neither a title nor a cell.

    Of columns with the same title the first is kept; :func:`desk.load.header.check_header` tells of the others.
    """
    bare = [column.str.strip() for column in columns]
    filled = [(column != "").to_numpy(dtype=bool) for column in bare]
    kept = np.flatnonzero(np.logical_or.reduce(filled))
    named = [place for place, title in enumerate(header) if title or filled[place].any()]
    first: dict[str, int] = {}
    for place in named:
        first.setdefault(header[place], place)
    cells = {title: _rows(columns[place], kept) for title, place in first.items()}
    text = {title: _rows(bare[place], kept) for title, place in first.items()}
    as_text = {} if text_cells is None else {title: text_cells[place][kept] for title, place in first.items()}
    return Sheet(name, file, tuple(header[place] for place in named), cells, text, rows[kept], as_text)


def _rows(column: "pd.Series[str]", kept: npt.NDArray[np.int64]) -> "pd.Series[str]":
    return column if len(kept) == len(column) else column.iloc[kept].reset_index(drop=True)


def taken(sheet: Sheet, kept: npt.NDArray[np.int64]) -> Sheet:
    """The sheet with the rows at the positions ``kept`` alone."""
    cells, text = ({title: _rows(own, kept) for title, own in every.items()} for every in (sheet.cells, sheet.text))
    as_text = {title: own[kept] for title, own in sheet.as_text.items()}
    return Sheet(sheet.name, sheet.file, sheet.header, cells, text, sheet.rows[kept], as_text)
