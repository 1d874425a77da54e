"""Strict JSON from what the rooms hand over: no NaN, no local classes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from desk.write.whole import write_whole


def json_text(value: Any) -> str:
    """``value`` as indented JSON; what is not a number, or is missing, becomes null."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write_json(value: Any, path: Path) -> None:
    """Write ``value`` as JSON to ``path`` in one step; a device, a pipe or a link stays and is written into."""
    write_whole(path, json_text(value).encode())


def plain(value: Any) -> Any:
    """``value`` in dicts, lists, strings, numbers, booleans and None."""
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str) else str(value)
