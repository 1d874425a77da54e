"""Tables as CSV files: the one place that writes cells, guards them against formulas, and reads them back."""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from desk.formula import guarded, guarded_names, unguarded
from desk.frames import dtype_of, empty_frame
from desk.load.sheet import texts as text_column
from desk.tables import Column, table
from desk.write.cell_text import time_text
from desk.write.folder import ENCODING
from desk.write.whole import write_whole

_SEPARATOR = "|"
_BLOCK_BYTES = 8 * 2**20
_LONGEST_HEADER = 2**16


def write_table(frame: pd.DataFrame, name: str, path: Path) -> None:
    """Write ``frame`` as table ``name``: declared columns first, times with their offset, text guarded."""
    write_frame(frame, path, table(name).columns)


def write_frame(frame: pd.DataFrame, path: Path, declared: Mapping[str, Column]) -> None:
    """Write any frame; columns that are not declared go by their dtype.

    With letters beyond ASCII the file begins with a BOM: without it Excel in China shows them as rubbish.
    """
    ordered = [column for column in declared if column in frame.columns]
    columns = ordered + [column for column in frame.columns if column not in declared]
    cells = {column: _written(frame[column], declared.get(column)) for column in columns}
    written = pd.DataFrame(cells, columns=columns).set_axis(guarded_names(columns), axis="columns")
    content = written.to_csv(index=False, float_format="%.10g", lineterminator="\n")
    write_whole(path, content.encode("utf-8" if content.isascii() else ENCODING))


def read_table(path: Path, name: str, timezone: str) -> pd.DataFrame:
    """Read back what :func:`write_table` wrote, with the declared dtypes; an empty one has all columns."""
    return table_of(path.read_bytes(), name, timezone)


def read_frame(path: Path, declared: Mapping[str, Column], timezone: str) -> pd.DataFrame:
    """Read back what :func:`write_frame` wrote."""
    return frame_of(path.read_bytes(), declared, timezone)


def table_of(content: bytes, name: str, timezone: str) -> pd.DataFrame:
    """The table whose file has this content.

    Raises
    ------
    ValueError : the content is not what :func:`write_table` writes.
    """
    frame = frame_of(content, table(name).columns, timezone)
    return frame if len(frame.columns) else empty_frame(name, timezone)


def frame_of(content: bytes, declared: Mapping[str, Column], timezone: str) -> pd.DataFrame:
    """The frame whose file has this content.

    Raises
    ------
    ValueError : the content is not what :func:`write_frame` writes.
    """
    if not content.strip():
        return pd.DataFrame()
    cells = _cells(content)
    return pd.DataFrame({key: _read(own, declared.get(key), timezone) for key, own in cells.items()})


def _cells(content: bytes) -> "dict[str, pd.Series[str]]":
    """The texts of each column."""
    header = csv.reader(StringIO(content[:_LONGEST_HEADER].decode("utf-8-sig", errors="replace"), newline=""))
    names = next(header)
    if len(set(names)) < len(names):
        raise ValueError("two columns have one name")
    texts = arrow_csv.read_csv(
        pa.BufferReader(content),
        read_options=arrow_csv.ReadOptions(use_threads=False, block_size=max(_BLOCK_BYTES, len(content) >> 6)),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    )
    return {name: text_column(texts.column(name)) for name in names}


def _written(values: "pd.Series[Any]", column: Column | None) -> "pd.Series[Any]":
    kind = column.kind if column else ""
    if kind == "date":
        return pd.to_datetime(values).dt.strftime("%Y-%m-%d")
    if kind == "list":
        return guarded(values.map(lambda items: _SEPARATOR.join(items) if isinstance(items, tuple) else ""))
    if kind == "bool":
        return values.astype("Int64")
    if pd.api.types.is_bool_dtype(values.dtype):
        return values.astype("str").str.lower()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return pd.Series(time_text(values, offsets=True), index=values.index)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values
    return guarded(values.astype("str"))


def _read(cells: "pd.Series[str]", column: Column | None, timezone: str) -> "pd.Series[Any]":
    kind = column.kind if column else _guessed(cells)
    known = cells.where(cells != "")
    if kind == "time":
        return pd.to_datetime(known, utc=True, format="ISO8601").dt.tz_convert(timezone).dt.as_unit("us")
    if kind == "date":
        return pd.to_datetime(known, format="%Y-%m-%d").dt.as_unit("us")
    if kind in ("int", "float", "clock"):
        return pd.to_numeric(known).astype("float64")
    if kind == "bool" and column is not None:
        flags: pd.Series[Any] = known.map({"1": True, "0": False})
        return flags.astype(pd.api.types.pandas_dtype(dtype_of(column, timezone)))
    if kind == "flag":
        return cells == "true"
    if kind == "list":
        return unguarded(cells).map(lambda cell: tuple(cell.split(_SEPARATOR)) if cell else ())
    return unguarded(known)


def _guessed(cells: "pd.Series[str]") -> str:
    given = cells[cells != ""]
    if len(given) and given.isin(["true", "false"]).all():
        return "flag"
    return "float" if len(given) and pd.to_numeric(given, errors="coerce").notna().all() else "text"
