"""Inquiries per interval and queue, counted from a contact log."""

import pandas as pd

_LAST_HOUR = 23


def counted(contacts: pd.DataFrame, interval_min: int) -> pd.DataFrame:
    """Columns ``start``, ``queue``, ``offered`` of table ``history``: how many contacts arrived in each interval.

    From the first to the last interval with a contact of any queue every interval has a row: a log tells of all
    contacts, so none there is a zero. The first and the last day are left out where the log does not reach over them,
    for a part of a day is no day.
    """
    starts = contacts["arrived"].dt.floor(f"{interval_min}min")
    counts = contacts.groupby([starts.rename("start"), "queue"], observed=True).size()
    if counts.empty:
        return pd.DataFrame({"start": starts, "queue": contacts["queue"], "offered": 0.0}).iloc[:0]
    grid = pd.date_range(*_whole_days(starts), freq=f"{interval_min}min", inclusive="left", unit="us", name="start")
    every = pd.MultiIndex.from_product([grid, sorted(contacts["queue"].unique())], names=["start", "queue"])
    return counts.reindex(every, fill_value=0).rename("offered").astype("float64").reset_index()


def _whole_days(starts: "pd.Series[pd.Timestamp]") -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first whole day to the end of the last; all of a log that holds no whole day."""
    first, last = starts.min(), starts.max()
    day = pd.Timedelta(days=1)
    begin = first.normalize() if first.hour == 0 else (first + day).normalize()
    end = (last + day).normalize() if last.hour == _LAST_HOUR else last.normalize()
    return (begin, end) if end - begin >= day else (first.normalize(), (last + day).normalize())
