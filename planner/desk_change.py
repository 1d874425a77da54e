"""A desk with some of its tables or settings replaced, checked as if somebody had written it so."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Desk, load_desk, write_folder
from desk.load import changed_settings
from desk.tables import table

_LOGS = {"history": 0, "drivers": 1, "contacts": 0, "worked": 0}
"""Tables of what was counted, by far the largest, and how many of their rows others are checked against: the verdicts
name columns of the drivers."""
_REFERRED = ("agents", "shifts")
"""What the logs name."""


def changed_desk(
    desk: Desk, tables: Mapping[str, pd.DataFrame] | None = None, settings: Mapping[tuple[str, ...], Any] | None = None
) -> Desk:
    """The desk with whole tables and single settings replaced; it is written, read and judged like any other.

    Parameters
    ----------
    tables : table name -> its rows from now on; its other columns are as in ``desk.table(name)``. One without rows is
        gone, where a desk can do without it.
    settings : path, such as ``("queues", "presale", "patience_s")``, -> new value; None takes the setting away.

    Raises
    ------
    InputError : what is put in would be refused in a file; the findings name table, row and column.
    """
    given = dict(tables or {})
    aside = {} if settings else _aside(desk, set(given))
    kept = {name: frame for name, frame in _checked(desk, aside).items() if name not in given}
    changed = {name: frame for name, frame in given.items() if len(frame) or not table(name).may_be_empty}
    own = replace(
        desk,
        settings=changed_settings(desk.settings, settings or {}),
        tables={**kept, **changed},
    )
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        place = Path(folder) / "desk"
        write_folder(own, place)
        read = load_desk(place)
    return replace(read, tables={**read.tables, **aside}, source=desk.source)


def _aside(desk: Desk, changed: set[str]) -> dict[str, pd.DataFrame]:
    """The logs that stay as they are and that nothing of what changes could make wrong."""
    if changed & set(_REFERRED):
        return {}
    return {name: desk.tables[name] for name in _LOGS if name in desk.tables and name not in changed}


def _checked(desk: Desk, aside: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """All tables but those aside, of which so many rows stay that others can be checked against them."""
    found = {name: frame.head(_LOGS[name]) if name in aside else frame for name, frame in desk.tables.items()}
    return {name: frame for name, frame in found.items() if _LOGS.get(name, 1) or name not in aside}
