"""The order in which people read names that hold numbers: S1, S2, S10."""

import re
from typing import Any

import pandas as pd

_NUMBER = re.compile(r"(\d{1,18})")


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """What to sort ``name`` by: its letters as letters and its numbers as numbers."""
    parts = _NUMBER.split(name)
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts)), name


def natural_rank(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """For ``sort_values(key=natural_rank)``: texts by :func:`natural`, anything else as it is."""
    if not pd.api.types.is_string_dtype(values.dtype):
        return values
    names = sorted(map(str, values.dropna().unique()), key=natural)
    return values.map({name: place for place, name in enumerate(names)})
