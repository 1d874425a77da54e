"""Lengths of time: in seconds whatever unit their title names, and moments that are told as a length after another."""

import re

import pandas as pd

from planner.foreign.figures import plain_seconds

_UNITS = {
    "ms": (0.001, r"\bms\b|millisec|毫秒"),
    "s": (1, r"\bs\b|\bsec\b|seconds|秒"),
    "min": (60, r"\bmins?\b|minutes|分钟|[(（]分[)）]"),
    "h": (3600, r"\bhrs?\b|\bhours\b|小时"),
}
"""Unit -> its seconds, and how a title names it."""
_OFFSET = r":\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def unit_of(title: str) -> str:
    """The unit that a title names, as in ``Resolution time (in hrs)``; empty where it names none."""
    return next((unit for unit, (_, words) in _UNITS.items() if re.search(words, title, re.I)), "")


def with_units(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Seconds where a cell has its units with it."""
    return cells.map({cell: plain_seconds(cell) for cell in cells.unique()})


def scaled(cells: "pd.Series[str]", done: "pd.Series[bool]", title: str) -> "pd.Series[str]":
    """Seconds of numbers whose title names another unit, but for those that are ``done``."""
    factor, _ = _UNITS[unit_of(title) or "s"]
    if factor == 1:
        return cells
    known = {cell: f"{float(cell) * factor:.10g}" for cell in cells.unique() if _NUMBER.fullmatch(cell)}
    return cells.where(done, cells.map(known).fillna(cells))


def after(arrived: "pd.Series[str]", cells: "pd.Series[str]", title: str) -> "pd.Series[str]":
    """The moments that lie so long after those of ``arrived``; as they are where the cells are no lengths for sure."""
    known = {cell: _length(cell, unit_of(title)) for cell in cells.unique() if cell}
    if not known or None in known.values():
        return cells
    begin = pd.to_datetime(arrived.where(cells != ""), format="ISO8601", errors="coerce", utc=True)
    moments = begin + pd.to_timedelta(cells.map(known).astype("float64"), unit="s")
    offset = "+00:00" if arrived.str.contains(_OFFSET).any() else ""
    return moments.dt.strftime(f"%Y-%m-%d %H:%M:%S{offset}").fillna("")


def _length(cell: str, unit: str) -> float | None:
    """Seconds of a cell; None where it names no unit and its title neither."""
    told = plain_seconds(cell)
    if told == cell and not (unit and _NUMBER.fullmatch(cell)):
        return None
    return float(told) * (_UNITS[unit][0] if told == cell else 1)
