"""Fixed headcounts are per date and shift, or per interval start and queue, and nothing between."""

import numpy as np
import pandas as pd

from desk.load.check.promotions import outside_horizon
from desk.load.draft import Draft


def check_cover(draft: Draft) -> None:
    """Note rows that are of neither kind or of both, and starts off the interval grid."""
    if not draft.has("cover"):
        return
    frame = draft.frames["cover"]
    filled = {name: np.asarray(frame[name].notna(), dtype=bool) for name in ("date", "shift", "start", "queue")}
    by_shift, by_start = filled["date"] & filled["shift"], filled["start"] & filled["queue"]
    any_shift, any_start = filled["date"] | filled["shift"], filled["start"] | filled["queue"]
    whole = (by_shift & ~any_start) | (by_start & ~any_shift)
    draft.mark("cover_of_no_kind", "cover", "date", ~whole)
    if draft.settings is not None:
        interval_min = draft.settings.interval_min
        minute = frame["start"].dt.minute + frame["start"].dt.second / 60
        draft.mark("off_interval", "cover", "start", minute % interval_min > 0, facts={"interval": interval_min})
        outside = outside_horizon(draft.settings.horizon, frame["start"], frame["start"] + pd.Timedelta(1, "s"))
        draft.mark("outside_horizon", "cover", "start", outside, severity="warning")
