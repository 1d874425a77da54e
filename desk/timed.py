"""Times of frames that come from elsewhere than the reader of files: a notebook, a CSV that pandas read."""

from typing import Any

import numpy as np
import pandas as pd

from desk.errors import InputError
from desk.tables import Column, table

MOMENT = "%Y-%m-%d %H:%M:%S.%f"


def timed(frame: pd.DataFrame, name: str, timezone: str) -> pd.DataFrame:
    """``frame`` with the times and dates of table ``name`` as the reader of files makes them.

    A time with a zone is that moment; one without is local to ``timezone``; texts are read by the rules of cells.

    Raises
    ------
    InputError : a cell is no time, or one without a zone comes twice or not at all that night.
    """
    zones = {"time": timezone, "date": None}
    columns = [own for own in table(name).columns.values() if own.kind in zones and own.name in frame]
    strange = [own for own in columns if _zone(frame[own.name].dtype) != zones[own.kind]]
    return frame.assign(**{own.name: _read(frame, name, own, timezone) for own in strange}) if strange else frame


def _zone(dtype: object) -> str | None:
    """The zone of a column's times, None where they have none; empty for what are no times."""
    if isinstance(dtype, pd.DatetimeTZDtype):
        return str(dtype.tz)
    return None if isinstance(dtype, np.dtype) and dtype.kind == "M" else ""


def _read(frame: pd.DataFrame, name: str, column: Column, timezone: str) -> "pd.Series[Any]":
    own = frame[column.name]
    if isinstance(own.dtype, pd.DatetimeTZDtype):
        there: pd.Series[Any] = own.dt.tz_convert(timezone)
        return there if column.kind == "time" else there.dt.tz_localize(None).dt.normalize()
    return _from_texts(frame, name, column, timezone).set_axis(frame.index)


def _from_texts(frame: pd.DataFrame, name: str, column: Column, timezone: str) -> "pd.Series[Any]":
    """The column by way of the texts that a file would have.

    Raises
    ------
    InputError : with a finding for each cell that can't be read.
    """
    from desk.load.ledger import Ledger
    from desk.load.sheet import Sheet
    from desk.load.times import read_date, read_time, time_forms

    told = [own for own in (*table(name).key, column.name) if own in frame]
    texts = {own: _texts(frame[own]) for own in dict.fromkeys(told)}
    sheet, ledger = Sheet(name, name, tuple(texts), texts, texts, np.arange(len(frame)) + 2), Ledger()
    if column.kind == "date":
        found = read_date(column, sheet, ledger)
    else:
        found = read_time(column, sheet, time_forms(sheet)[column.name], timezone, ledger)
    if ledger.broken:
        raise InputError(ledger.findings)
    return found


def _texts(column: "pd.Series[Any]") -> "pd.Series[str]":
    """Cells as texts, blank ones empty."""
    moments = pd.api.types.is_datetime64_dtype(column.dtype)
    told = column.dt.strftime(MOMENT) if moments else column.astype("str")
    return pd.Series(told.where(column.notna(), "").to_numpy(dtype=object), dtype="str")
