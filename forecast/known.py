"""The history as it was known at a moment: rows that were corrected later with the value that stood then."""

import pandas as pd

from desk import Desk

KEY = ["start", "queue"]
VALUES = ["offered", "open", "observed", "recorded_at"]


def history_known(desk: Desk, moment: pd.Timestamp) -> pd.DataFrame:
    """The rows of the history before ``moment`` as they stood then.

    Notes
    -----
    A corrected row (one with earlier versions in the table ``superseded``) has the latest version recorded until
    ``moment``, or its first where none was. All other rows count as known at once, whenever they were exported.
    """
    history, old = desk.table("history"), desk.table("superseded")
    past = history[history["start"] < moment]
    old = old[old["start"] < moment]
    if old.empty:
        return past
    corrected = past.merge(old[KEY].drop_duplicates(), on=KEY)
    versions = pd.concat([old[KEY + VALUES], corrected[KEY + VALUES]]).sort_values("recorded_at", kind="stable")
    first = versions.drop_duplicates(KEY, keep="first")
    known = versions[versions["recorded_at"] <= moment].drop_duplicates(KEY, keep="last")
    then = pd.concat([known, first]).drop_duplicates(KEY, keep="first").set_index(KEY)
    found = past.set_index(KEY)
    found.loc[then.index, VALUES] = then[VALUES].astype(found[VALUES].dtypes.to_dict())
    return found.reset_index()[list(past.columns)]
