"""What has come since the history's end: counts of whole intervals until now, on the queue's own slots."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Finding, InputError
from desk.timed import timed
from forecast.series import DAY_MIN, RECENT_DAYS, Floats, Series, day_and_slot, whole

NEEDED = ("start", "queue", "offered")
FEWEST_ALIKE = 3
"""Rows are longer than usual where at least so many lie equally far apart, and none nearer."""
LEAST_USUAL = 1e-3
"""A slot is taken to have seen at least so much lately, so that a row of several can be spread over them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Counts of one queue from the day ``first`` (since the history's first) until today, the last row.

    Parameters
    ----------
    first : number of the first day with a count that the history does not have.
    counts : shape (day, slot); NaN where nothing is known.
    rows : the whole rows until now: start, offered (NaN where unknown; 0 where closed).
    row_min : minutes that a row stands for.
    """

    first: int
    counts: Floats
    rows: pd.DataFrame
    row_min: int

    def all_known(self, series: Series | None) -> bool:
        """Whether every row lies in the history, which had it already."""
        if series is None or not np.isnan(self.counts).all():
            return False
        return bool(self.rows["start"].max().tz_localize(None) < series.first + pd.Timedelta(days=len(series.offered)))

    def last(self, series: Series) -> pd.Timestamp:
        """Today, a naive midnight."""
        return series.first + pd.Timedelta(days=self.first + len(self.counts) - 1)


def whole_rows(actuals: pd.DataFrame, zone: str, queues: Collection[str]) -> pd.DataFrame:
    """Rows of ``actuals`` in the desk's zone; rows that are alike count once.

    Parameters
    ----------
    queues : of the desk.

    Raises
    ------
    InputError : a column is missing, a time can't be read, a count is negative, a queue is not the desk's, or two rows
        of one interval differ.
    """
    actuals = timed(actuals, "history", zone)
    found = tuple(_unusable(actuals, queues))
    if found:
        raise InputError(found)
    own = actuals.assign(start=actuals["start"].dt.as_unit("us"))
    says = np.ones(len(own), dtype=bool)
    for column in ("open", "observed"):
        if column in own:
            says &= own[column].astype("boolean").fillna(True).to_numpy(dtype=bool)
    closed = ~own["open"].astype("boolean").fillna(True).to_numpy(dtype=bool) if "open" in own else ~says & False
    offered = np.where(says, own["offered"].to_numpy(dtype=np.float64), np.nan)
    own = own[["start", "queue"]].assign(offered=offered, closed=closed)
    return own.drop_duplicates(["start", "queue"], keep="last").sort_values("start", kind="stable")


def _unusable(actuals: pd.DataFrame, queues: Collection[str]) -> Iterator[Finding]:
    missing = [name for name in NEEDED if name not in actuals]
    for name in missing:
        yield Finding("actuals_without_column", file="actuals", column=name)
    if missing:
        return
    if (actuals["offered"] < 0).any():
        yield Finding("actuals_negative", file="actuals", column="offered")
    for queue in sorted(set(actuals["queue"].astype(str)) - set(queues)):
        yield Finding("actuals_unknown_queue", file="actuals", column="queue", value=queue)
    told = [name for name in ("start", "queue", "offered", "open", "observed") if name in actuals]
    twice = actuals[told].drop_duplicates().duplicated(["start", "queue"])
    if twice.any():
        first = actuals[told].drop_duplicates()[twice].iloc[0]
        value, facts = f"{first['start']:%Y-%m-%d %H:%M}", {"queue": first["queue"], "count": int(twice.sum())}
        yield Finding("actuals_twice", file="actuals", column="start", value=value, facts=facts)


def seen_of(queue: str, series: Series | None, rows: pd.DataFrame, now: pd.Timestamp, interval_min: int) -> Seen | None:
    """What ``rows`` of ``whole_rows`` say of ``queue`` beyond its history ``series``; None where it has no rows."""
    own = rows[rows["queue"] == queue].reset_index(drop=True)
    row_min = row_minutes(own["start"], interval_min if series is None else series.step_min)
    own = own[own["start"] + pd.Timedelta(minutes=row_min) <= now]
    if own.empty:
        return None
    stands = own.assign(offered=own["offered"].where(~own["closed"], 0.0))
    if series is None:
        return Seen(0, np.zeros((0, 0)), stands, row_min)
    counts = _on_slots(series, own, row_min, now)
    past = min(len(series.offered), len(counts))
    counts[:past] = np.where(np.isnan(series.offered[:past]), counts[:past], np.nan)
    days = np.flatnonzero(~np.isnan(counts).all(axis=1))
    first = int(days[0]) if len(days) else len(counts) - 1
    return Seen(first, counts[first:], stands, row_min)


def row_minutes(starts: "pd.Series[pd.Timestamp]", default: int) -> int:
    """Minutes between rows, the most frequent distance; ``default`` where there is but one row, and where a few rows
    lie further apart than that: some are missing between them, as far as anybody can tell."""
    gaps = whole(starts.diff().dropna(), pd.Timedelta(minutes=1))
    gaps = gaps[(gaps > 0) & (gaps <= DAY_MIN)]
    found = int(np.bincount(gaps).argmax()) if len(gaps) else default
    doubtful = found > default and ((gaps == found).sum() < FEWEST_ALIKE or gaps.min() < found)
    return default if doubtful else found


def _on_slots(series: Series, own: pd.DataFrame, row_min: int, now: pd.Timestamp) -> Floats:
    """Counts from the history's first day to today; a slot that lacks one of its rows is unknown, a row of several
    slots is spread over them as the last weeks' inquiries were."""
    today = (now.tz_localize(None).normalize() - series.first) // pd.Timedelta(days=1)
    shape = (max(int(today) + 1, 0), series.offered.shape[1])
    day, slot = day_and_slot(own["start"], series.first, series.step_min)
    each = max(row_min // series.step_min, 1)
    usual = np.nan_to_num(series.offered[-RECENT_DAYS:]).sum(axis=0) + LEAST_USUAL
    parts = (day * shape[1] + slot)[:, None] + np.arange(each)
    weight = usual[parts % shape[1]]
    offered = own["offered"].to_numpy(dtype=np.float64)[:, None] * weight / weight.sum(axis=1, keepdims=True)
    inside = ~np.isnan(offered) & (parts >= 0) & (parts < shape[0] * shape[1])
    present = np.bincount(parts[inside], minlength=shape[0] * shape[1])
    sums = np.bincount(parts[inside], weights=offered[inside], minlength=shape[0] * shape[1])
    rows_per_slot = max(series.step_min // row_min, 1)
    full = present >= rows_per_slot
    return np.where(full, sums * rows_per_slot / np.maximum(present, 1), np.nan).reshape(shape)


def on_intervals(seen: Seen, starts: pd.DatetimeIndex, interval_min: int) -> Floats:
    """Whole counts of the intervals ``starts`` that were seen; NaN where not.

    A row of several intervals is spread evenly over them, its total kept; intervals of several rows need all of them.
    """
    found = pd.Series(np.nan, index=starts)
    each = seen.row_min // interval_min
    if each > 1:
        for part in range(each):
            share = np.floor(seen.rows["offered"] * (part + 1) / each) - np.floor(seen.rows["offered"] * part / each)
            at = pd.DatetimeIndex(seen.rows["start"] + pd.Timedelta(minutes=part * interval_min))
            found.update(pd.Series(share.to_numpy(), index=at))
        return np.asarray(found, dtype=np.float64)
    place = starts.searchsorted(pd.DatetimeIndex(seen.rows["start"]), side="right") - 1
    inside = (place >= 0) & ~seen.rows["offered"].isna().to_numpy()
    inside &= np.asarray(seen.rows["start"] < starts[-1] + pd.Timedelta(minutes=interval_min))
    present = np.bincount(place[inside], minlength=len(starts))
    sums = np.bincount(place[inside], weights=seen.rows["offered"].to_numpy()[inside], minlength=len(starts))
    return np.asarray(np.where(present >= max(interval_min // seen.row_min, 1), np.round(sums), np.nan))
