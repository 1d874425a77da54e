"""A desk with some of its tables or settings replaced, checked as if somebody had written it so."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Desk, load_desk, write_folder
from desk.load import changed_settings


def changed_desk(
    desk: Desk, tables: Mapping[str, pd.DataFrame] | None = None, settings: Mapping[tuple[str, ...], Any] | None = None
) -> Desk:
    """The desk with whole tables and single settings replaced; it is written, read and judged like any other.

    Parameters
    ----------
    tables : table name -> its rows from now on; its other columns are as in ``desk.table(name)``.
    settings : path, such as ``("queues", "presale", "patience_s")``, -> new value; None takes the setting away.

    Raises
    ------
    InputError : what is put in would be refused in a file; the findings name table, row and column.
    """
    own = replace(
        desk,
        settings=changed_settings(desk.settings, settings or {}),
        tables={**desk.tables, **(tables or {})},
    )
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        place = Path(folder) / "desk"
        write_folder(own, place)
        return replace(load_desk(place), source=desk.source)
