"""Spans of time: promotions by phase, and overrides."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.grid import at_clock
from desk.load.draft import Draft
from desk.settings import Horizon


def check_promotions(draft: Draft) -> None:
    """Note phases that end before they start, and phases of one promotion that overlap."""
    if not draft.has("promotions", "promotion", "start", "end"):
        return
    frame = draft.frames["promotions"]
    refuse_backward(draft, "promotions")
    ordered = frame[frame["end"] > frame["start"]].sort_values(["promotion", "start"])
    latest = ordered.groupby("promotion")["end"].cummax().groupby(ordered["promotion"]).shift()
    overlapping = ordered.index[ordered["start"] < latest]
    marked = np.isin(frame.index, overlapping)
    draft.mark("overlapping_phases", "promotions", "start", marked, facts=lambda place: _other(draft, frame, place))


def check_overrides(draft: Draft) -> None:
    """Note overrides that end before they start, give a negative forecast, or change nothing."""
    if not draft.has("overrides", "start", "end", "kind", "value"):
        return
    frame = draft.frames["overrides"]
    refuse_backward(draft, "overrides")
    draft.mark("negative_override", "overrides", "value", (frame["kind"] != "add") & (frame["value"] < 0))
    if draft.settings is not None:
        outside = outside_horizon(draft.settings.horizon, frame["start"], frame["end"])
        draft.mark("outside_horizon", "overrides", "start", outside, severity="warning")
        for column in ("start", "end"):
            off = _off_interval(draft.settings.interval_min, frame[column]) & ~outside
            facts = {"interval": draft.settings.interval_min}
            draft.mark("override_off_interval", "overrides", column, off, severity="warning", facts=facts)


def _off_interval(interval_min: int, times: "pd.Series[pd.Timestamp]") -> npt.NDArray[np.bool_]:
    """Whether the times lie between the starts of two intervals."""
    minute = times.dt.minute + times.dt.second / 60
    return np.asarray(minute % interval_min > 0, dtype=bool)


def refuse_backward(draft: Draft, table: str, first: str = "start", last: str = "end") -> None:
    """Note spans of ``table`` that don't end after they start."""
    frame = draft.frames[table]
    facts = {"first": first}
    draft.mark("ends_before_start", table, last, frame[last] <= frame[first], facts=facts)


def outside_horizon(
    horizon: Horizon, start: "pd.Series[pd.Timestamp]", end: "pd.Series[pd.Timestamp]"
) -> npt.NDArray[np.bool_]:
    """Whether the spans lie wholly before or after the horizon; the times are zone-aware, shape (n,)."""
    first, after = (at_clock(day, 0, str(start.dt.tz)) for day in (horizon.start, horizon.end))
    return np.asarray((end <= first) | (start >= after), dtype=bool)


def _other(draft: Draft, frame: pd.DataFrame, place: int) -> dict[str, object]:
    """The row of the earlier phase that the phase at ``place`` runs into."""
    own = frame.iloc[place]
    earlier = frame[(frame["promotion"] == own["promotion"]) & (frame["start"] <= own["start"])]
    running = earlier[(earlier["end"] > own["start"]) & (earlier.index != place)]
    other = running.index[0]
    return {"other": draft.row("promotions", int(other)), "promotion": own["promotion"]}
