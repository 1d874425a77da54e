"""Keys: none comes twice, and rows stand in their order."""

import numpy as np
import pandas as pd

from desk.load.draft import Draft
from desk.tables import table

_OWN_WORDS = {"contacts": "contact_again"}
"""Tables in which a key that comes twice has a usual reason, and a cure of its own."""


def check_keys(draft: Draft) -> None:
    """Note rows whose key stood in an earlier row already."""
    for name, frame in draft.frames.items():
        key = [column for column in table(name).key if column in draft.sheets[name].cells]
        required = [column for column in key if column in table(name).required]
        if key and set(required) == set(table(name).key) & set(table(name).required):
            _check_table(draft, name, frame, key, required)


def _check_table(draft: Draft, name: str, frame: pd.DataFrame, key: list[str], required: list[str]) -> None:
    alike = frame[key].duplicated()
    if not alike.any():
        return
    readable = frame[required].notna().all(axis=1) & frame[key].notna().any(axis=1)
    again = np.asarray(alike & readable, dtype=bool)
    places = pd.Series(np.arange(len(frame)))
    first = places.groupby([frame[column] for column in key], dropna=False, sort=False).transform("first")
    draft.ledger.rows(
        _OWN_WORDS.get(name, "duplicate_key"),
        draft.sheets[name],
        key[0],
        again,
        facts=lambda place: {"columns": ", ".join(key), "first": draft.row(name, int(first.iloc[place]))},
    )


def in_order(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows sorted by the table's key."""
    key = list(table(name).key)
    if len(key) == 1 and frame[key[0]].is_monotonic_increasing:
        return frame
    return frame.sort_values(key, kind="stable", ignore_index=True)
