"""Rows that tell parts of one number: an hour of a queue by agent, by channel, or by several names of the queue."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

_ADDED = {"history": ("start", "queue"), "drivers": ("start", "basis")}
"""Tables of amounts -> what tells their rows apart."""
_LATER = "recorded_at"
"""Where a row has it, another one of its key is an older state and no part."""
_MEANS = {"aht_s": "handled"}
"""A mean -> what weighs it, else the inquiries."""
_FLAGS = {"open": "max", "observed": "min"}
Mask = npt.NDArray[np.bool_]


def parts(name: str, own: pd.DataFrame, rows: pd.DataFrame, used: Mapping[str, str | None]) -> tuple[Mask, list[str]]:
    """Which rows have the key of another one, and in which titles of the foreign file, those of amounts aside, they
    differ; no rows where they differ in amounts alone, which contradict each other.

    Parameters
    ----------
    used : our column -> its title.
    """
    key, none = _key(name, own), np.zeros(len(own), dtype=bool)
    if not key or (_LATER in own and (own[_LATER] != "").any()):
        return none, []
    once = ~rows.duplicated().to_numpy()
    shared = np.asarray((own[key] != "").all(axis=1).to_numpy() & once, dtype=bool)
    shared[shared] = own[key][shared].duplicated(keep=False).to_numpy()
    amounts = {title for column, title in used.items() if column in own and column not in key}
    apart = _apart(rows[shared].drop(columns=[*amounts & set(rows)]), own[key][shared])
    return (shared, apart) if apart else (none, [])


def added_up(name: str, own: pd.DataFrame, shared: Mask) -> pd.DataFrame:
    """The rows with parts as one row each; as they are where a part is no number, for the reader to refuse."""
    key = _key(name, own)
    amounts = [str(column) for column in own if column not in key]
    numbers = own[amounts].apply(pd.to_numeric, errors="coerce")
    if (numbers.isna() & (own[amounts] != ""))[shared].any(axis=None):
        return own
    groups = own.assign(place=own.index)[shared].groupby(key, sort=False)
    sums = {column: _together(numbers[shared], column, groups.ngroup()) for column in amounts}
    ends = groups["place"].first().reset_index()
    whole = pd.DataFrame(sums).map(lambda cell: "" if pd.isna(cell) else f"{cell:.15g}")
    whole = pd.concat([ends[key], whole], axis=1).set_index(pd.Index(ends["place"]))[list(own)]
    return pd.concat([own[~_of_these(name, own, shared)], whole]).sort_index(kind="stable")


def copies(name: str, own: pd.DataFrame, shared: Mask) -> int:
    """How many rows of the foreign file are copies of one that is a part."""
    return int((_of_these(name, own, shared) & ~shared).sum())


def _of_these(name: str, own: pd.DataFrame, shared: Mask) -> Mask:
    """Which rows have the key of a part, copies among them."""
    keys = pd.MultiIndex.from_frame(own[_key(name, own)])
    return np.asarray(keys.isin(keys[shared]), dtype=bool)


def first_of_each(name: str, own: pd.DataFrame, shared: Mask) -> pd.DataFrame:
    """The rows without all but the first of those that are parts."""
    again = own[_key(name, own)].duplicated().to_numpy()
    return own[~(again & _of_these(name, own, shared))]


def _key(name: str, own: pd.DataFrame) -> list[str]:
    key = [column for column in _ADDED.get(name, ()) if column in own]
    return key if "start" in key else []


def _apart(rows: pd.DataFrame, keys: pd.DataFrame) -> list[str]:
    """Titles of words in which rows of one key differ."""
    if rows.empty:
        return []
    groups = rows.groupby([keys[column].to_numpy() for column in keys], sort=False)
    differ = rows.loc[:, (groups.nunique() > 1).any()]
    amounts = {str(title): _is_amount(cells) for title, cells in differ.items()}
    return sorted(amounts, key=amounts.__getitem__)


def _is_amount(cells: "pd.Series[str]") -> bool:
    return bool(pd.to_numeric(cells[cells != ""], errors="coerce").notna().all())


def _together(numbers: pd.DataFrame, column: str, group: "pd.Series[int]") -> "pd.Series[float]":
    """The amounts of each group as one: a sum, a mean by what weighs it, or whether any or all are so."""
    own = numbers[column]
    by = group.to_numpy()
    if column in _FLAGS:
        return own.groupby(by).agg(_FLAGS[column])
    if column not in _MEANS:
        return own.groupby(by).sum(min_count=1)
    weigher = next((name for name in (_MEANS[column], "offered") if name in numbers), None)
    weight = numbers[weigher].where(own.notna()) if weigher else own.notna().astype("float64")
    total = weight.groupby(by).sum()
    return ((own * weight).groupby(by).sum() / total).where(total > 0)


def shown(titles: Sequence[str], most: int = 3) -> str:
    """The first few of the titles."""
    return ", ".join(titles[:most])
