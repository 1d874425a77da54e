"""CSV and JSON as a desk folder holds them: UTF-8, one line feed a line, the same bytes on every system."""

import json
from pathlib import Path
from typing import Any

import pandas as pd


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write one table; times without seconds where all of them are whole minutes, blanks for missing values."""
    shown = frame.copy()
    for column in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[column]):
            shown[column] = _times(shown[column])
    path.write_bytes(shown.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode())


def write_json(value: Any, path: Path) -> None:
    """Write one JSON document, indented."""
    path.write_bytes((json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n").encode())


def _times(times: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    whole = bool((times.dropna().dt.second == 0).all())
    return times.dt.strftime("%Y-%m-%d %H:%M" if whole else "%Y-%m-%d %H:%M:%S")
