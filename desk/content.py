"""A hash over what a desk holds, whatever file format it came from."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from desk.tables import table

_BETWEEN = "\x1f"


def content_digest(settings_json: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """SHA-256 over settings and tables, rows in the order of their keys, columns in that of their names."""
    digest = hashlib.sha256(settings_json.encode())
    for name in sorted(tables):
        frame = tables[name]
        key = [column for column in table(name).key if column in frame]
        ordered = frame.sort_values(key, kind="stable") if key else frame
        digest.update(f"{name}{_BETWEEN}{len(frame)}".encode())
        for column in sorted(ordered.columns):
            digest.update(f"{column}{_BETWEEN}".encode() + _column_bytes(ordered[column]))
    return digest.hexdigest()


def _column_bytes(column: "pd.Series[Any]") -> bytes:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        moments = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz is not None else column
        return moments.to_numpy(dtype="datetime64[us]").tobytes()
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.to_numpy(dtype="float64", na_value=np.nan) + 0.0
        return np.where(np.isnan(numbers), np.nan, numbers).astype("<f8").tobytes()
    if isinstance(column.dtype, pd.StringDtype):
        return _BETWEEN.join(column.fillna("").tolist()).encode()
    return _BETWEEN.join(_text(cell) for cell in column.tolist()).encode()


def _text(cell: object) -> str:
    if isinstance(cell, tuple):
        return "|".join(cell)
    return "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]
