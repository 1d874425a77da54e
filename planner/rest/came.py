"""What has come since a plan was made, and until when."""

from dataclasses import dataclass, replace

import pandas as pd

from desk import Desk, Finding, InputError
from desk.grid import at_clock
from desk.load import moment_of

_KEY = ["start", "queue"]


@dataclass(frozen=True)
class Came:
    """Counts since the plan was made.

    Parameters
    ----------
    desk : as it is now, its history as the plan knew it.
    rows : table ``history``: what came since; rows after ``now`` are not in it.
    now : zone-aware; what ends after it is still to come.
    free_from : first day whose shifts may change, a naive midnight.
    findings : rows that were left out.
    """

    desk: Desk
    rows: pd.DataFrame
    now: pd.Timestamp
    free_from: pd.Timestamp
    findings: tuple[Finding, ...] = ()


def came_until(
    desk: Desk,
    known: pd.DataFrame,
    given: pd.DataFrame | None = None,
    now: str | pd.Timestamp | None = None,
    free_from: str | pd.Timestamp | None = None,
) -> Came:
    """Sort out what came: the desk's history beyond the one that the plan knew, and the rows ``given`` on top of it.

    Parameters
    ----------
    known : the history that the plan was made with.
    now : a moment, in the desk's zone where it has none; the end of the last row where not given.
    free_from : a day; the first one on which nothing has begun where not given.

    Raises
    ------
    InputError : nothing came by then, the horizon is over, or a moment can't be read.
    """
    history, last = desk.table("history"), known["start"].max()
    later = history[history["start"] > last]
    both = later if given is None else pd.concat([later, given.astype(history.dtypes.to_dict())], ignore_index=True)
    rows = both.drop_duplicates(_KEY, keep="last").sort_values(_KEY, ignore_index=True)
    moment = _end(rows, desk) if now is None else _moment(now, desk.settings.timezone)
    until = rows[rows["start"] < moment]
    _refuse(until, moment, desk)
    as_known = replace(desk, tables={**desk.tables, "history": history[history["start"] <= last]})
    left = len(rows) - len(until)
    told = (Finding("replan_later_rows", "note", facts={"count": left, "now": moment}),) if left else ()
    return Came(as_known, until.reset_index(drop=True), moment, _free(moment, free_from), told)


def _refuse(rows: pd.DataFrame, now: pd.Timestamp, desk: Desk) -> None:
    over = at_clock(desk.settings.horizon.end, 0, desk.settings.timezone)
    if now >= over:
        raise InputError([Finding("replan_over", value=f"{now:%Y-%m-%d %H:%M}", facts={"end": desk.dates[-1]})])
    if rows.empty:
        raise InputError([Finding("replan_nothing_came", value=f"{now:%Y-%m-%d %H:%M}")])


def _end(rows: pd.DataFrame, desk: Desk) -> pd.Timestamp:
    """When the last row ends; its length is the most frequent distance of rows."""
    from forecast.seen import row_minutes

    if rows.empty:
        raise InputError([Finding("replan_nothing_came", value="–")])
    each = row_minutes(rows["start"].drop_duplicates(), desk.settings.interval_min)
    end: pd.Timestamp = rows["start"].max() + pd.Timedelta(minutes=each)
    return end


def _free(now: pd.Timestamp, asked: str | pd.Timestamp | None) -> pd.Timestamp:
    first = now.tz_localize(None).ceil("D")
    if asked is None:
        return first
    day = _read(asked, "replan_day_unreadable")
    day = (day if day.tzinfo is None else day.tz_convert(now.tz).tz_localize(None)).normalize()
    if day < first:
        raise InputError([Finding("replan_day_begun", value=f"{day:%Y-%m-%d}", facts={"first": first})])
    return day


def _moment(given: str | pd.Timestamp, zone: str) -> pd.Timestamp:
    moment = _read(given, "replan_now_unreadable")
    if moment.tzinfo is not None:
        return moment.tz_convert(zone)
    return moment.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


def _read(given: str | pd.Timestamp, code: str) -> pd.Timestamp:
    found = moment_of(given) if isinstance(given, str) else given
    if found is None or pd.isna(found):
        raise InputError([Finding(code, value=str(given))])
    return found.as_unit("us")
