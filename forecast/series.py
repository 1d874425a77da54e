"""One queue's history on its own grid: local days down, slots of the day across."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding, InputError
from desk.grid import at_clock
from desk.hours import hours_min

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

DAY_MIN = 1440
RECENT_DAYS = 56
"""Opening times are read from the last eight weeks, so that a change of hours is soon believed."""
LATELY, OPEN_AGAIN = 3, 2
"""New hours are believed when they were open on two of the last three such weekdays, gone ones closed on all three."""
MOST_COUNTED = 1e9
"""No row counts more inquiries."""


@dataclass(frozen=True, slots=True)
class Series:
    """What was counted for one queue.

    Parameters
    ----------
    queue : its name.
    first : the first day, a naive midnight.
    step_min : minutes of a slot; a day has ``1440 / step_min`` slots of wall clock.
    offered : inquiries per day and slot, shape (day, slot); NaN where nothing is known (closed, not observed).
        The hour that a clock change repeats holds the mean of both; the one that it skips is NaN.
    is_open : whether the queue is usually open, shape (weekday, slot), Monday first.
    shut : days of which every row is closed.
    absent : days of which there is no row.
    borrowed : days before this number are borrowed from other queues.
    """

    queue: str
    first: pd.Timestamp
    step_min: int
    offered: Floats
    is_open: Bools
    shut: Bools
    absent: Bools
    borrowed: int = 0

    @property
    def days(self) -> pd.DatetimeIndex:
        """The days as naive midnights."""
        return pd.date_range(self.first, periods=len(self.offered), freq="D", unit="us")

    @property
    def counted(self) -> Bools:
        """Days on which anything was counted."""
        return np.asarray(~np.isnan(self.offered).all(axis=1))

    @property
    def until_d(self) -> float:
        """Days since the first until which rows have come: a part of the last day where its last open slots lack."""
        last, weekday = self.offered[-1], (self.first.day_of_week + len(self.offered) - 1) % 7
        known = np.flatnonzero(~np.isnan(last) | ~self.is_open[weekday])
        lacking = len(last) - 1 - int(known[-1]) if len(known) else len(last)
        return len(self.offered) - lacking / len(last)

    @property
    def totals(self) -> Floats:
        """Inquiries counted per day."""
        return np.asarray(np.nansum(self.offered, axis=1))


def day_and_slot(times: "pd.Series[pd.Timestamp]", first: pd.Timestamp, step_min: int) -> tuple[Ints, Ints]:
    """Number of the local day since ``first``, and slot of the wall clock, of each zone-aware time."""
    local = times.dt.tz_localize(None)
    midnight = local.dt.normalize()
    return whole(midnight - first, pd.Timedelta(days=1)), whole(local - midnight, pd.Timedelta(minutes=step_min))


def whole(spans: "pd.Series[pd.Timedelta]", unit: pd.Timedelta) -> Ints:
    """Each span in whole units, rounded down."""
    return np.asarray(np.floor(np.asarray(spans / unit, dtype=np.float64)), dtype=np.int64)


def first_day(desk: Desk) -> pd.Timestamp:
    """The first local day of the history that is learned from, a naive midnight: day 0 of every series of the desk."""
    starts = desk.table("history")["start"]
    first, last = (pd.Timestamp(moment.tz_localize(None).normalize()) for moment in (starts.min(), starts.max()))
    return max(first, last - pd.Timedelta(days=desk.settings.forecast.history_days - 1))


def refuse_days(desk: Desk, first: pd.Timestamp, after: pd.Timestamp) -> None:
    """ValueError where no day lies from ``first`` until before ``after``, or where ``first`` is before the history."""
    if first >= after:
        raise ValueError(f"nothing to forecast from {first:%Y-%m-%d} until {after:%Y-%m-%d}")
    if len(desk.table("history")) and first < (known := first_day(desk)):
        raise ValueError(f"nothing is learned of {first:%Y-%m-%d}: the history begins on {known:%Y-%m-%d}")


def every_series(desk: Desk) -> dict[str, Series | None]:
    """The history of every queue of the desk, as ``queue_series`` gives it; the table is looked through once."""
    history = desk.table("history")
    rows = history[["start", "offered", "open", "observed"]]
    own = history.groupby("queue", sort=False).indices if len(history) else {}
    first = first_day(desk) if len(history) else None
    return {
        queue: None if first is None or queue not in own else _series(desk, queue, rows.iloc[own[queue]], first)
        for queue in desk.settings.queues
    }


def queue_series(desk: Desk, queue: str) -> Series | None:
    """The history of ``queue`` from the desk's first day on; None where not one interval was counted.

    Raises
    ------
    InputError : the rows are further apart than a day, or count more than a billion.
    """
    history = desk.table("history")
    return None if history.empty else _series(desk, queue, history[history["queue"] == queue], first_day(desk))


def _series(desk: Desk, queue: str, rows: pd.DataFrame, first: pd.Timestamp) -> Series | None:
    """The series of the ``rows`` of one queue; ``first`` is the desk's first day."""
    rows = rows[rows["start"] >= at_clock(first, 0, desk.settings.timezone)]
    known = rows["open"].astype(bool) & rows["observed"].astype(bool) & rows["offered"].notna()
    if not known.any():
        return None
    largest = float(rows.loc[known, "offered"].max())
    if largest > MOST_COUNTED:
        raise InputError([Finding("history_too_large", file="history", value=f"{largest:g}", facts={"queue": queue})])
    found_min = _step_min(rows["start"], desk.settings.interval_min)
    if found_min > DAY_MIN:
        raise InputError([Finding("history_too_coarse", file="history", facts={"queue": queue})])
    step_min = max(found_min, desk.settings.interval_min)
    day, slot = day_and_slot(rows["start"], first, step_min)
    cells = _Cells(day, slot, (int(day.max()) + 1, DAY_MIN // step_min))
    closed = ~rows["open"].astype(bool).to_numpy()
    offered = _offered(
        cells, rows["offered"].to_numpy(dtype=np.float64), known.to_numpy(), closed, step_min // found_min
    )
    is_open = _usually_open(cells, rows["observed"].astype(bool).to_numpy(), closed, first.weekday())
    offered[days_told(desk, queue, first, len(offered), "outlier")] = np.nan
    inside = within_hours(desk.settings.queues[queue].hours, step_min)
    offered[:, ~inside] = np.nan
    without, with_open = (cells.sums(own).sum(axis=1) for own in (closed, ~closed))
    shut, absent = (without > 0) & (with_open == 0), without + with_open == 0
    return Series(queue, first, step_min, offered, is_open & inside, shut, absent)


TOLD: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "outlier": (("outlier", "outage"), ("drop",)),
    "ordinary": (("outlier", "outage"), ("keep",)),
    "explained": (("outlier", "outage"), ("explained",)),
    "shift": (("shift",), ("keep", "explained")),
    "steady": (("shift",), ("drop",)),
}
"""What an analyst may say of a day: what was found, and the verdict on it."""


def days_told(desk: Desk, name: str, first: pd.Timestamp, days: int, word: str) -> Ints:
    """Numbers of the days, 0 to ``days - 1``, of which an analyst says ``word``, for the queue or driver ``name``."""
    found, verdicts = TOLD[word]
    if "verdicts" not in desk.tables:
        return np.zeros(0, dtype=np.int64)
    table = desk.table("verdicts")
    own = table[(table["queue"] == name) & table["found"].isin(found) & table["verdict"].isin(verdicts)]
    numbers = np.asarray((own["date"] - first) // pd.Timedelta(days=1), dtype=np.int64)
    return np.asarray(numbers[(numbers >= 0) & (numbers < days)])


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where each row of a table falls."""

    day: Ints
    slot: Ints
    shape: tuple[int, int]

    def sums(self, values: npt.NDArray[np.generic]) -> Floats:
        cell = self.day * self.shape[1] + self.slot
        flat = np.bincount(cell, weights=values.astype(np.float64), minlength=self.shape[0] * self.shape[1])
        return np.asarray(flat.reshape(self.shape), dtype=np.float64)


def _step_min(starts: "pd.Series[pd.Timestamp]", default: int) -> int:
    """Minutes between rows, the most frequent distance; ``default`` where there is but one row."""
    gaps = starts.sort_values().diff().dropna()
    minutes = whole(gaps[gaps > pd.Timedelta(0)], pd.Timedelta(minutes=1))
    if not len(minutes):
        return default
    step = int(np.bincount(minutes).argmax())
    return step if step > DAY_MIN or DAY_MIN % step == 0 else default


def _offered(cells: _Cells, offered: Floats, known: Bools, closed: Bools, rows_per_slot: int) -> Floats:
    """Counts per day and slot; a slot lacking one of its finer rows is unknown, a closed row adds nothing."""
    counted = cells.sums(known)
    present = counted + cells.sums(closed)
    sums = cells.sums(np.where(known, offered, 0.0))
    whole = (counted > 0) & (present >= rows_per_slot)
    return np.where(whole, sums * rows_per_slot / np.maximum(present, 1), np.nan)


def _usually_open(cells: _Cells, observed: Bools, closed: Bools, first_weekday: int) -> Bools:
    """A slot of the week is open where most of its recent rows are; where it has none it is closed.

    Hours that changed lately: it is open, too, where the last three days of the weekday that were open at all had it
    open twice, and closed where none of them had.
    """
    weekday = (np.arange(cells.shape[0]) + first_weekday) % 7
    opened, shut = cells.sums(observed & ~closed), cells.sums(closed)
    informed = np.flatnonzero((opened + shut).sum(axis=1) > 0)
    recent = np.arange(cells.shape[0]) > informed[-1] - RECENT_DAYS
    found = np.zeros((7, cells.shape[1]), dtype=bool)
    for day in range(7):
        own = recent & (weekday == day)
        if not (weekday == day).any():
            own = recent
        if (opened + shut)[own].sum() == 0:
            own = weekday == day
        usual = (opened[own].sum(axis=0) > 0) & (opened[own].sum(axis=0) >= shut[own].sum(axis=0))
        lately = np.flatnonzero(recent & (weekday == day) & (opened.sum(axis=1) > 0))[-LATELY:]
        times = ((opened > 0) & (shut == 0))[lately].sum(axis=0)
        gone = (len(lately) == LATELY) & ((shut > 0) & (opened == 0))[lately].all(axis=0)
        found[day] = usual & ~gone | (times >= OPEN_AGAIN)
    return found


def within_hours(hours: str | None, step_min: int) -> Bools:
    """Which slots of a day lie at least in part within ``HH:MM-HH:MM``."""
    begin, end = hours_min(hours)
    slots = np.arange(0, DAY_MIN, step_min)
    return (slots + step_min > begin) & (slots < end) | (slots + DAY_MIN < end)
