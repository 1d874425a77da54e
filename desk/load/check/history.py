"""The grid of the history: every interval of every queue has one row, and no row lies between."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.grid import at_clock
from desk.hours import hours_min, within_hours
from desk.load.draft import Draft
from desk.settings import Settings

STEPS_MIN = (5, 15, 30, 60)
LONGEST_STEPS = 4_000_000
_DAY_MIN = 1440


def check_history(draft: Draft) -> None:
    """Note gaps, rows off the grid, and what a row says about an interval that was closed or not counted."""
    if not draft.has("history", "start", "queue"):
        return
    _check_cells(draft, draft.frames["history"])
    if draft.settings is None:
        return
    _check_end(draft, draft.settings)
    _check_hours(draft, draft.settings)
    frame = draft.frames["history"].dropna(subset=["start", "queue"]).drop_duplicates(["start", "queue"])
    frame = frame[frame["queue"].isin(list(draft.settings.queues))]
    step = _step_min(frame)
    if step is None or frame.empty:
        return
    if _check_step(draft, draft.settings, step):
        _check_grid(draft, draft.settings, frame, step)


def _check_cells(draft: Draft, frame: pd.DataFrame) -> None:
    counted = np.asarray(frame["open"].eq(True) & frame["observed"].eq(True), dtype=bool)
    if draft.has("history", "offered"):
        blank = (draft.sheets["history"].text["offered"] == "").to_numpy(dtype=bool)
        draft.mark("blank_count", "history", "offered", counted & blank)
        closed = np.asarray(frame["open"].eq(False) & frame["offered"].gt(0), dtype=bool)
        draft.mark("offered_while_closed", "history", "offered", closed, severity="warning")


def _check_end(draft: Draft, settings: Settings) -> None:
    """Note a horizon that begins before the history ends: what it asks for is known already, and learned from; refuse
    one that begins before the history does, of which nothing can be learned.
    """
    starts = draft.frames["history"]["start"]
    begin = at_clock(settings.horizon.start, 0, str(starts.dt.tz))
    late = np.flatnonzero(starts >= begin)
    if not late.size:
        return
    since = _learned_since(starts, settings.forecast.history_days)
    known = since <= begin.tz_localize(None)
    facts = {"begins": settings.horizon.start, "last": f"{starts.iloc[late].max():%Y-%m-%d %H:%M}", "rows": late.size}
    draft.ledger.add(
        "history_in_horizon" if known else "horizon_before_history", draft.sheets["history"].file,
        severity="warning" if known else "error", row=draft.row("history", int(late[0])), column="start",
        value=draft.sheets["history"].text["start"].iloc[late[0]], since=f"{since:%Y-%m-%d}", **facts,
    )  # fmt: skip


def _learned_since(starts: "pd.Series[pd.Timestamp]", history_days: int) -> pd.Timestamp:
    """The first day of the history that is learned from, a naive midnight."""
    first, last = (moment.tz_localize(None).normalize() for moment in (starts.min(), starts.max()))
    return max(first, last - pd.Timedelta(days=history_days - 1))


def _check_hours(draft: Draft, settings: Settings) -> None:
    """Note inquiries outside the hours of their queue, which nothing is learned from: mostly sums, or hours that
    changed.
    """
    if not draft.has("history", "offered"):
        return
    frame = draft.frames["history"]
    some = frame["offered"].gt(0) & frame["start"].notna()
    for name, queue in settings.queues.items():
        step = _step_min(frame[frame["queue"] == name]) or settings.interval_min
        if not _is_readable(queue.hours) or _whole_day(queue.hours) or step >= _DAY_MIN:
            continue
        own = frame["start"][some & (frame["queue"] == name)]
        outside = own.index[~_overlaps(queue.hours, own.dt.hour * 60 + own.dt.minute, step)]
        if len(outside):
            first, facts = int(outside[0]), {"queue": name, "hours": queue.hours, "count": len(outside)}
            draft.ledger.add(
                "offered_outside_hours", draft.sheets["history"].file, severity="warning",
                row=draft.row("history", first), column="start",
                value=draft.sheets["history"].text["start"].iloc[first], **facts,
            )  # fmt: skip


def _overlaps(hours: str | None, minute: "pd.Series[int]", step_min: int) -> "pd.Series[bool]":
    """Whether intervals that begin at a minute of the day lie at least in part within the hours."""
    begin, end = hours_min(hours)
    return (minute + step_min > begin) & (minute < end) | (minute + _DAY_MIN < end)


def _step_min(frame: pd.DataFrame) -> int | None:
    """Minutes between rows: the commonest distance, the smallest of several as common."""
    ordered = frame.sort_values(["queue", "start"])
    distance = ordered.groupby("queue")["start"].diff().dropna()
    return None if distance.empty else int(distance.mode().iloc[0] / pd.Timedelta(minutes=1))


def _check_step(draft: Draft, settings: Settings, step: int) -> bool:
    interval_min = settings.interval_min
    allowed = [minutes for minutes in STEPS_MIN if minutes >= interval_min or interval_min % minutes == 0]
    if step not in allowed:
        shown = ", ".join(str(minutes) for minutes in allowed)
        draft.ledger.add("history_step", draft.sheets["history"].file, column="start", value=step, allowed=shown)
    return step in allowed


def _check_grid(draft: Draft, settings: Settings, frame: pd.DataFrame, step: int) -> None:
    minute = frame["start"].dt.minute + frame["start"].dt.second / 60 + frame["start"].dt.microsecond / 6e7
    off = minute % step != 0
    draft.mark("off_grid", "history", "start", _at(draft, frame.index[off]), facts={"step": step})
    gaps: list[dict[str, object]] = []
    told = [name for name, queue in settings.queues.items() if not _is_readable(queue.hours)]
    for queue, own in frame[~off & ~frame["queue"].isin(told)].groupby("queue"):
        gaps += _gaps(draft, own["start"].sort_values(), str(queue), settings.queues[str(queue)].hours, step)
    draft.ledger.several("gap", draft.sheets["history"].file, gaps)


def _at(draft: Draft, places: "pd.Index[int]") -> npt.NDArray[np.bool_]:
    marked = np.zeros(len(draft.frames["history"]), dtype=bool)
    marked[places] = True
    return marked


def _gaps(
    draft: Draft, starts: "pd.Series[pd.Timestamp]", queue: str, hours: str | None, step: int
) -> list[dict[str, object]]:
    """One entry per run of missing intervals: where it begins and how many they are."""
    steps = (starts.diff() / pd.Timedelta(minutes=step)).to_numpy()
    found: list[dict[str, object]] = []
    for place in np.flatnonzero(steps > 1):
        last, following = starts.iloc[place - 1], starts.iloc[place]
        missing = _missing(last, following, hours, step, steps[place])
        if missing:
            row = draft.row("history", int(starts.index[int(place)]))
            found.append(
                {"row": row, "column": "start", "value": f"{last:%Y-%m-%d %H:%M}", "queue": queue, "missing": missing}
            )
    return found


def _missing(last: pd.Timestamp, following: pd.Timestamp, hours: str | None, step: int, steps: float) -> int:
    """Intervals between two rows in which the queue was open by its hours."""
    if _whole_day(hours) or steps > LONGEST_STEPS:
        return int(steps) - 1
    between = pd.date_range(last, following, freq=f"{step}min", inclusive="neither")
    return int(within_hours(hours, between).sum())


def _is_readable(hours: str | None) -> bool:
    """Opening hours that can't be read are a finding of their own, and say nothing of gaps."""
    try:
        hours_min(hours)
    except ValueError:
        return False
    return True


def _whole_day(hours: str | None) -> bool:
    start, end = hours_min(hours)
    return end - start >= _DAY_MIN
