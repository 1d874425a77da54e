"""What one version of a desk has and another has not: settings by name, tables by row."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from desk import Desk


class TableChange(NamedTuple):
    """Rows of a table: there before, only there before, only there after."""

    table: str
    before: int
    gone: int
    new: int


def changed_tables(before: Desk, after: Desk) -> tuple[TableChange, ...]:
    """The tables that differ; a row with another value counts as one gone and one new."""
    found = (_changed(before, after, name) for name in dict.fromkeys((*before.tables, *after.tables)))
    return tuple(own for own in found if own.gone or own.new)


def changed_settings_of(before: Desk, after: Desk) -> tuple[str, ...]:
    """The settings that differ, as they are written in desk.toml, such as ``queues.presale.patience_s``."""
    old, new = (_flat(own.settings.model_dump(mode="json")) for own in (before, after))
    return tuple(name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name))


def _changed(before: Desk, after: Desk, name: str) -> TableChange:
    old, new = before.table(name), after.table(name)
    columns = list(dict.fromkeys((*old.columns, *new.columns)))
    own, other = old.reindex(columns=columns), new.reindex(columns=columns)
    unlike = {column: "str" for column in columns if own[column].dtype != other[column].dtype}
    less = _counted(own.astype(unlike)).sub(_counted(other.astype(unlike)), fill_value=0)
    return TableChange(name, len(old), int(less.clip(lower=0).sum()), int((-less).clip(lower=0).sum()))


def _counted(frame: pd.DataFrame) -> "pd.Series[int]":
    """How often each row is there."""
    return pd.util.hash_pandas_object(frame, index=False).value_counts()


def _flat(tree: Mapping[str, Any], above: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in tree.items():
        found |= _flat(value, f"{above}{key}.") if isinstance(value, Mapping) else {f"{above}{key}": value}
    return found
