"""Keys: none comes twice, and rows stand in their order."""

import pandas as pd

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import table


def check_keys(frame: pd.DataFrame, sheet: Sheet, ledger: Ledger) -> None:
    """Note rows whose key stood in an earlier row already."""
    key = list(table(sheet.name).key)
    readable = frame[key].notna().any(axis=1)
    again = (frame[key].duplicated() & readable).to_numpy(dtype=bool)
    if again.any():
        first = frame.index.to_series().groupby([frame[name] for name in key], dropna=False).transform("first")
        ledger.rows(
            "duplicate_key", sheet, key[0], again, facts=lambda place: {"first": first.iloc[place]} | _named(key)
        )


def in_order(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Rows sorted by the table's key."""
    return frame.sort_values(list(table(name).key), kind="stable", ignore_index=True)


def _named(key: list[str]) -> dict[str, str]:
    return {"key": ", ".join(key)}
