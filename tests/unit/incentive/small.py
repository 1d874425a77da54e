"""Small desks and logs, readable in a test."""

from io import StringIO
from typing import Any

import pandas as pd

from desk import Desk
from desk.frames import dtype_of
from desk.settings import Settings
from desk.tables import table

ZONE = "Asia/Shanghai"
CHAT = {"aht_s": [300.0, 360.0, 420.0], "target": {"share": 0.8, "within_s": 30.0}}


def small_desk(tables: dict[str, pd.DataFrame] | None = None, **settings: Any) -> Desk:
    """A desk with the live queues sale and care; ``settings`` add to or replace desk.toml's keys."""
    base: dict[str, Any] = {
        "name": "small",
        "timezone": ZONE,
        "interval_min": 60,
        "horizon": {"start": pd.Timestamp("2025-06-16").date(), "end": pd.Timestamp("2025-06-18").date()},
        "queues": {"sale": CHAT, "care": CHAT},
        "contracts": {"full": {"normal_h_day": 8.0}},
    }
    return Desk(Settings.model_validate(base | settings), tables or {})


def frame(name: str, csv: str) -> pd.DataFrame:
    """Table ``name`` from CSV text with local times; columns that are left out are blank."""
    raw = pd.read_csv(StringIO(csv.replace(" ", "")), dtype="str")
    filled = {}
    for column in table(name).columns.values():
        cells = raw[column.name] if column.name in raw else pd.Series(index=raw.index, dtype="str")
        filled[column.name] = _typed(cells, column.kind, dtype_of(column, ZONE))
    return pd.DataFrame(filled)


def _typed(cells: "pd.Series[Any]", kind: str, dtype: Any) -> "pd.Series[Any]":
    if kind == "time":
        return pd.to_datetime(cells, format="%Y-%m-%dT%H:%M:%S").dt.tz_localize(ZONE).astype(dtype)
    if kind == "bool":
        return cells.map({"1": True, "0": False}).astype(dtype)
    return cells.astype(dtype)
