"""Frames to CSV bytes and back, to the last digit: times in UTC, lists with bars, blanks blank."""

from io import BytesIO, StringIO
from typing import Any

import pandas as pd

from desk.frames import dtype_of
from desk.tables import Column, table
from store.moment import local_times, utc_text


def encode(name: str, frame: pd.DataFrame) -> bytes:
    """The frame of table ``name`` as CSV in UTF-8; undeclared columns are numbers."""
    columns = table(name).columns
    cells = {str(label): texts(columns.get(str(label)), frame[label]) for label in frame}
    buffer = StringIO()
    pd.DataFrame(cells).to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue().encode()


def decode(name: str, content: bytes, timezone: str) -> pd.DataFrame:
    """The frame that :func:`encode` was given, its times in ``timezone``."""
    columns = table(name).columns
    raw = pd.read_csv(BytesIO(content), dtype="str", keep_default_na=False, na_filter=False, lineterminator="\n")
    made = {str(label): values(columns.get(str(label)), raw[label], timezone) for label in raw}
    return pd.DataFrame(made)


def texts(column: Column | None, cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """The cells of a column as they are written; numbers stay numbers."""
    kind = column.kind if column else "float"
    if kind == "time":
        return utc_text(cells)
    if kind == "date":
        return pd.Series(cells.dt.strftime("%Y-%m-%d"))
    if kind == "list":
        return cells.map("|".join)
    if kind == "bool":
        return cells.map({True: "1", False: "0"})
    return cells


def values(column: Column | None, cells: "pd.Series[str]", timezone: str) -> "pd.Series[Any]":
    """The cells that :func:`texts` was given."""
    kind = column.kind if column else "float"
    dtype: Any = dtype_of(column, timezone) if column else "float64"
    known = cells.mask(cells == "")
    if kind == "time":
        return local_times(known, timezone)
    if kind == "date":
        return pd.to_datetime(known, format="%Y-%m-%d").astype(dtype)
    if kind == "list":
        return cells.map(lambda text: tuple(text.split("|")) if text else ()).astype(dtype)
    if kind == "bool":
        return known.map({"1": True, "0": False}).astype(dtype)
    return known.astype(dtype)
