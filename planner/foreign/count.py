"""Inquiries per interval and queue, counted from a contact log."""

import pandas as pd

from desk.grid import at_clock

_HOURS, _FEWEST = (0, 23), 3
_DAY = pd.Timedelta(days=1)


def counted(contacts: pd.DataFrame, interval_min: int) -> pd.DataFrame:
    """Columns ``start``, ``queue``, ``offered`` of table ``history``: how many contacts arrived in each interval.

    From the first to the last interval with a contact of any queue every interval has a row: a log tells of all
    contacts, so none there is a zero. The first and the last day are left out where the log does not reach over them,
    for a part of a day is no day.
    """
    local = contacts["arrived"].dt.tz_localize(None)
    starts = contacts["arrived"] - (local - local.dt.floor(f"{interval_min}min"))
    counts = contacts.groupby([starts.rename("start"), "queue"], observed=True).size()
    if counts.empty:
        return pd.DataFrame({"start": starts, "queue": contacts["queue"], "offered": 0.0}).iloc[:0]
    begin, end = (at_clock(day, 0, str(starts.dt.tz)) for day in _whole_days(local))
    grid = pd.date_range(begin, end, freq=f"{interval_min}min", inclusive="left", unit="us", name="start")
    every = pd.MultiIndex.from_product([grid, sorted(contacts["queue"].unique())], names=["start", "queue"])
    return counts.reindex(every, fill_value=0).rename("offered").astype("float64").reset_index()


def _whole_days(local: "pd.Series[pd.Timestamp]") -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first whole day to the day after the last; all of a log that holds no whole day.

    A whole day begins and ends in the hours in which most days between begin and end: a desk that is closed at night
    has no contact at midnight.
    """
    hours = local.dt.hour.groupby(local.dt.normalize()).agg(["min", "max"])
    between = hours.iloc[1:-1]
    opens, closes = between.median() if len(between) >= _FEWEST else _HOURS
    first, last = hours.index[0], hours.index[-1]
    begin = first if hours["min"].iloc[0] <= opens else first + _DAY
    end = last + _DAY if hours["max"].iloc[-1] >= closes else last
    return (begin, end) if end > begin else (first, last + _DAY)
