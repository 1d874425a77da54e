"""An analyst's word on days that the forecaster found odd."""

from collections.abc import Sequence

import pandas as pd

from desk import Desk
from planner.desk_change import changed_desk

JUDGED = ("keep", "drop", "explained")
KEY = ["queue", "date", "found"]


def judged(desk: Desk, rows: pd.DataFrame, verdict: str | None, note: str = "") -> Desk:
    """The desk with ``verdict`` on the ``rows``, whatever was said of them before; None takes the verdict back.

    Parameters
    ----------
    rows : of table ``verdicts``.

    Raises
    ------
    InputError : a file with them would be refused.
    """
    table = desk.table("verdicts")
    places = pd.MultiIndex.from_frame(rows[KEY])
    others = table[~pd.MultiIndex.from_frame(table[KEY]).isin(places)]
    said = rows.assign(verdict=verdict, note=note or None)[list(table.columns)].astype(table.dtypes.to_dict())
    kept: Sequence[pd.DataFrame] = [own for own in (others, said if verdict is not None else said.iloc[:0]) if len(own)]
    return changed_desk(desk, {"verdicts": pd.concat(kept, ignore_index=True) if kept else table.iloc[:0]})
