"""Rows given twice: equal ones are folded, of corrected ones the latest recorded stands.

What can't be told without guessing is left to :func:`desk.load.keys.check_keys`, which refuses it by name.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.frames import empty_frame
from desk.load.draft import Draft
from desk.load.sheet import Sheet, taken
from desk.tables import table

REVISED = {"history": "superseded", "drivers": "superseded_drivers"}
"""Where the rows go that a later one corrects."""
RECORDED = "recorded_at"
Marks = npt.NDArray[np.bool_]


def with_latest(draft: Draft) -> Draft:
    """The draft with one row of each in history and drivers, as far as it can be told which.

    Rows that a later one corrects go to the tables ``superseded`` and ``superseded_drivers``.
    """
    frames, sheets = dict(draft.frames), dict(draft.sheets)
    for name in REVISED:
        if name in frames and set(table(name).key) <= set(sheets[name].cells):
            _fold(draft, name, frames, sheets)
    return replace(draft, frames=frames, sheets=sheets)


def _fold(draft: Draft, name: str, frames: dict[str, pd.DataFrame], sheets: dict[str, Sheet]) -> None:
    frame, sheet, key = frames[name], sheets[name], list(table(name).key)
    doubled = np.flatnonzero(frame.duplicated(key, keep=False) & frame[key].notna().all(axis=1))
    if not len(doubled):
        return
    equal = np.zeros(len(frame), dtype=bool)
    texts = pd.DataFrame({column: cells.iloc[doubled].to_numpy() for column, cells in sheet.text.items()})
    equal[doubled] = texts.duplicated(keep="first").to_numpy()
    old = _older(frame, key, doubled, equal) if RECORDED in frame else np.zeros(len(frame), dtype=bool)
    _tell(draft, sheet, name, equal, old)
    if old.any():
        kept = REVISED[name]
        frames[kept] = _kept(kept, frames.get(kept), frame[old])
        sheets.setdefault(kept, replace(taken(sheet, np.flatnonzero(old)), name=kept))
    stays = np.flatnonzero(~(equal | old))
    frames[name], sheets[name] = frame.iloc[stays].reset_index(drop=True), taken(sheet, stays)


def _older(frame: pd.DataFrame, key: list[str], doubled: npt.NDArray[np.intp], equal: Marks) -> Marks:
    """Rows that a later one corrects: every row of the key says when it was recorded, no two the same."""
    old = np.zeros(len(frame), dtype=bool)
    own = frame.iloc[doubled[~equal[doubled]]]
    groups = own.groupby(key, sort=False, dropna=False)[RECORDED]
    size = groups.transform("size")
    told = (groups.transform("count") == size) & (groups.transform("nunique") == size)
    old[own.index[np.asarray(told & (own[RECORDED] < groups.transform("max")), dtype=bool)]] = True
    return old


def _tell(draft: Draft, sheet: Sheet, name: str, equal: Marks, old: Marks) -> None:
    for code, marks in (("repeated_rows", equal), ("corrected_rows", old)):
        if marks.any():
            row = int(sheet.rows[int(np.argmax(marks))])
            draft.ledger.add(code, sheet.file, severity="note", row=row, count=int(marks.sum()), table=name)


def _kept(name: str, before: pd.DataFrame | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Table ``name`` with ``rows`` added."""
    zone = str(rows["start"].dt.tz)
    blank, declared = empty_frame(name, zone), table(name)
    extra = [column for column in rows if column not in declared.columns] if declared.extra else []
    own = rows[[*blank.columns, *extra]].astype(blank.dtypes.to_dict())
    both = [frame for frame in (before, own) if frame is not None and len(frame)]
    return pd.concat(both, ignore_index=True)
