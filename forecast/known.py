"""History and drivers as they were known at a moment: rows that were corrected later with the value that stood then."""

from collections.abc import Callable, Sequence

import pandas as pd

from desk import Desk

HISTORY = (["start", "queue"], ["offered", "open", "observed", "recorded_at"])
DRIVERS = ["start", "basis"]
Moments = Callable[["pd.Series[pd.Timestamp]"], "pd.Series[pd.Timestamp]"]
"""When each row was looked at, from its start."""


def history_known(desk: Desk, moment: pd.Timestamp) -> pd.DataFrame:
    """The rows of the history before ``moment`` as they stood then.

    Notes
    -----
    A corrected row (one with earlier versions in the table ``superseded``) has the latest version recorded until
    ``moment``, or its first where none was. All other rows count as known at once, whenever they were exported.
    """
    history, old = desk.table("history"), desk.table("superseded")
    past, key, values = history[history["start"] < moment], *HISTORY
    return _stood(past, old[old["start"] < moment], key, values, lambda start: _at(moment, start))


def drivers_known(desk: Desk, moment: pd.Timestamp) -> pd.DataFrame:
    """All rows of the drivers as they stood at ``moment``, as ``history_known`` has it, those of days to come too."""
    return _drivers(desk, lambda start: _at(moment, start))


def drivers_beforehand(desk: Desk, lead: pd.Timedelta) -> pd.DataFrame:
    """The drivers with the plans of days that came as they stood ``lead`` before, so that no plan is judged by
    hindsight; measured rows, and plans of days to come, as they stand now."""
    table: pd.DataFrame = desk.table("drivers")
    old = desk.table("superseded_drivers")
    came = table.loc[table["basis"] == "actual", "start"].max()
    plans, early = (rows["basis"].eq("plan") & (rows["start"] <= came) for rows in (table, old))
    found: pd.DataFrame = table
    if early.any():
        found = pd.concat([table[~plans], _stood_before(table[plans], old[early], lead)], ignore_index=True)
    return found


def _stood_before(rows: pd.DataFrame, old: pd.DataFrame, lead: pd.Timedelta) -> pd.DataFrame:
    return _stood(rows, old, DRIVERS, _columns(rows, old), lambda start: start.sub(lead))


def _drivers(desk: Desk, moments: Moments) -> pd.DataFrame:
    table, old = desk.table("drivers"), desk.table("superseded_drivers")
    return _stood(table, old, DRIVERS, _columns(table, old), moments)


def _columns(table: pd.DataFrame, old: pd.DataFrame) -> list[str]:
    return [str(column) for column in table if column in old and column not in DRIVERS]


def _at(moment: pd.Timestamp, start: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    return pd.Series(moment, index=start.index, dtype=start.dtype)


def _stood(
    rows: pd.DataFrame, old: pd.DataFrame, key: Sequence[str], values: Sequence[str], moments: Moments
) -> pd.DataFrame:
    """``rows``, those corrected since with what stood at their moment."""
    if old.empty:
        return rows
    own, columns = list(key), [*key, *values]
    corrected = rows.merge(old[own].drop_duplicates(), on=own)
    versions = pd.concat([old[columns], corrected[columns]]).sort_values(
        "recorded_at", kind="stable", ignore_index=True
    )
    first = versions.drop_duplicates(own, keep="first")
    known = versions[versions["recorded_at"] <= moments(versions["start"])].drop_duplicates(own, keep="last")
    then = pd.concat([known, first]).drop_duplicates(own, keep="first").set_index(own)
    found = rows.set_index(own)
    index = then.index.intersection(found.index)
    found.loc[index, list(values)] = then.loc[index, list(values)].astype(found[list(values)].dtypes.to_dict())
    return found.reset_index()[list(rows.columns)]
