"""Frames with the declared columns and types."""

import pandas as pd

from desk.tables import Column, table

_DTYPE = {
    "id": "str",
    "text": "str",
    "choice": "str",
    "int": "float64",
    "float": "float64",
    "clock": "float64",
    "bool": "bool",
    "list": "object",
    "date": "datetime64[us]",
}


def dtype_of(column: Column, timezone: str) -> str:
    """The pandas dtype a declared column has in a frame."""
    if column.kind == "time":
        return f"datetime64[us, {timezone}]"
    return "boolean" if column.kind == "bool" and column.empty else _DTYPE[column.kind]


def empty_frame(name: str, timezone: str) -> pd.DataFrame:
    """A frame of table ``name`` without rows."""
    columns = table(name).columns.values()
    return pd.DataFrame({column.name: pd.Series(dtype=dtype_of(column, timezone)) for column in columns})
