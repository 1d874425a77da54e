"""How much of what came lay inside our intervals: fair coverage by series, and the standard error that weeks leave.

``python -m bench.forecast_coverage`` reads the forecasts that ``bench.forecast`` keeps. The days of a week err
together, so the error is taken from whole origins. A day is of an event if a promotion is felt on it. Writes the table
of docs/accuracy.md.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cases import cases_folder
from bench.forecast import AHEAD_D, LATEST, rows_of
from bench.forecast_cases import COUNTRY, series_desk
from bench.page import put
from desk import Desk
from forecast.metric import coverage
from forecast.series import every_series
from forecast.setting import setting_of

SHARES = (0.8, 0.95)
FEWEST = 4
"""Origins from which on a row is told."""


def event_days(desk: Desk) -> pd.DatetimeIndex:
    """Days on which a promotion is felt."""
    series = every_series(desk)["calls"]
    if series is None:
        return pd.DatetimeIndex([])
    setting = setting_of(desk, series, series.days[-1])
    return pd.DatetimeIndex(setting.days[setting.on_event])


def measured(rows: pd.DataFrame, desk: Desk) -> Iterator[dict[str, object]]:
    """Coverage at the latest origins and those before them, on ordinary days and on those of events."""
    came = desk.table("history").assign(start=lambda own: own["start"].dt.tz_localize(None))
    rows = rows.merge(came.loc[came["offered"].notna(), ["start", "offered"]], on="start")
    rows = rows[(rows["start"] - rows["origin"]) < pd.Timedelta(days=AHEAD_D // 2)]
    event = rows["start"].dt.normalize().isin(event_days(desk))
    origins = sorted(rows["origin"].unique())
    late = rows["origin"].isin(origins[-LATEST:])
    sets = {"8 latest origins": late, "the origins before": ~late}
    sets |= {"all, ordinary days": ~event, "all, event days": event} if event.any() else {}
    for label, chosen in sets.items():
        own = rows[chosen]
        if own["origin"].nunique() >= FEWEST:
            yield {"days": label} | _shares([week for _, week in own.groupby("origin")])


def _shares(weeks: Sequence[pd.DataFrame]) -> dict[str, object]:
    """Both coverages in %, and their standard errors from whole weeks."""
    size, found = np.array([len(week) for week in weeks]), dict[str, object]()
    for share in SHARES:
        each = np.array([coverage(week["below"].to_numpy(), week["upto"].to_numpy(), share) for week in weeks])
        mean = float(each @ size / size.sum())
        error = np.sqrt((((each - mean) * size) ** 2).sum() * len(size) / (len(size) - 1)) / size.sum()
        found |= {f"in {100 * share:.0f} %": 100 * mean, f"± {100 * share:.0f}": 100 * float(error)}
    return found


def table(folder: Path) -> pd.DataFrame:
    """One row per series and set of days."""
    desks = {name: series_desk(folder, name) for name in COUNTRY}
    return pd.DataFrame(
        [
            {"series": name} | row
            for name, desk in desks.items()
            for row in measured(rows_of(name, "peakdesk", folder, None), desk)
        ]
    )


def main() -> None:
    """Print the table and put it on the page."""
    folder = cases_folder()
    if folder is None:
        raise SystemExit("the cases are not here; set PEAKDESK_CASES")
    found = table(folder / "calls").round(1)
    print(found.to_string(index=False))
    put("coverage", {"Fair coverage, 7 days ahead, and its standard error": found})


if __name__ == "__main__":
    main()
