"""Two forecasts of one desk side by side."""

from typing import Literal

import pandas as pd

from desk import Forecast

Cut = Literal["day", "hour"]
COLUMNS = ["queue", "group", "before", "after", "low", "high", "low_before", "high_before", "change"]


def beside(before: Forecast, after: Forecast, cut: Cut) -> pd.DataFrame:
    """Totals of both by queue and local day or clock hour, where both forecast.

    Returns
    -------
    queue, group (start of the day or hour, naive wall clock), before, after (means), low, high (80 % of ``after``),
    low_before, high_before, change (after - before).
    """
    first, last = max(before.starts[0], after.starts[0]), min(before.starts[-1], after.starts[-1])
    old, new = (_totals(own, first, last, cut) for own in (before, after))
    both = old.merge(new, on=["queue", "group"], suffixes=("_before", ""))
    own = both.rename(columns={"mean": "after", "mean_before": "before", "q10": "low", "q90": "high"})
    own = own.rename(columns={"q10_before": "low_before", "q90_before": "high_before"})
    return own.assign(change=own["after"] - own["before"])[COLUMNS].sort_values(["queue", "group"], ignore_index=True)


def changed_days(hours: pd.DataFrame, least: float = 0.5) -> pd.DataFrame:
    """The rows of ``beside`` whose mean moved by ``least`` inquiries or more, the largest first."""
    own = hours[hours["change"].abs() >= least]
    return own.reindex(own["change"].abs().sort_values(ascending=False, kind="stable").index)


def _totals(forecast: Forecast, first: pd.Timestamp, last: pd.Timestamp, cut: Cut) -> pd.DataFrame:
    inside = (forecast.starts >= first) & (forecast.starts <= last)
    wall = forecast.starts.tz_localize(None)[inside]
    groups = wall.normalize() if cut == "day" else wall.floor("h")
    if not inside.any():
        return pd.DataFrame(columns=["group", "queue", "mean", "q10", "q50", "q90"])
    own = Forecast(forecast.starts[inside], forecast.queues, forecast.paths[:, inside], forecast.interval_min)
    return own.totals(by=pd.Index(groups))
