"""Mail-outs of the assessor from the second of a kind on: ours beside the mean of four, and what is left to be known.

``python -m bench.forecast_events`` reads the forecasts that ``bench.forecast`` keeps, judges the two weeks after each
mail-out seven and fourteen days ahead, and forecasts the same days once more from the eve of the mail-out. ``days
known`` is what would remain if the total of each day were known, ``shape known`` if besides each hour had its mean
share of these two weeks, ``counting noise`` what Poisson noise alone makes of the counts. Writes the table of
docs/accuracy.md.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from bench.cases import cases_folder
from bench.forecast import QUANTILES, rows_of
from bench.forecast_cases import series_desk
from bench.page import put
from desk import Desk
from forecast.floor import counting_floor
from forecast.metric import LEVELS
from forecast.rolling import Task, one_origin

SERIES, MODELS = "assessor", ("peakdesk", "mean4")
EVENTS = ("2024-11-01", "2025-05-01")
"""Bills and notices mailed for the second time in the history."""
WINDOW_D, EVE_D = 14, 14
MEDIAN = QUANTILES[LEVELS.index(0.5)]
ALL = "both"


def eve_rows(desk: Desk, model: str, event: pd.Timestamp) -> pd.DataFrame:
    """Forecast of ``EVE_D`` days from the midnight on which the mail-out begins."""
    rows = one_origin(Task(desk, (model,), EVE_D, "plan"), event)
    return rows.assign(start=rows["start"].dt.tz_localize(None))


def windows(desk: Desk, folder: Path, model: str) -> dict[str, pd.DataFrame]:
    """The rows in the windows by the way they are forecast, with ``event`` and ``offered``."""
    kept = rows_of(SERIES, model, folder, None)
    kept = kept.assign(ahead=(kept["start"].dt.normalize() - kept["origin"]).dt.days)
    eves = pd.concat([eve_rows(desk, model, pd.Timestamp(event)) for event in EVENTS])
    sets = {"weekly, 7 days": kept[kept["ahead"] < 7], "weekly, 14 days": kept, "from the eve, 14 days": eves}
    return {label: _inside(rows, desk) for label, rows in sets.items()}


def _inside(rows: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    came = desk.table("history").assign(start=lambda own: own["start"].dt.tz_localize(None))
    both = rows.merge(came.loc[came["offered"].notna(), ["start", "offered"]], on="start")
    begins = both["start"].map(lambda moment: next((e for e in reversed(EVENTS) if pd.Timestamp(e) <= moment), None))
    both = both.assign(event=begins).dropna(subset=["event"])
    return both[both["start"] < pd.to_datetime(both["event"]) + pd.Timedelta(days=WINDOW_D)]


def _wape(rows: pd.DataFrame, told: "pd.Series[float]") -> float:
    return 100 * float((told - rows["offered"]).abs().sum() / rows["offered"].sum())


def measured(ours: pd.DataFrame, four: pd.DataFrame) -> dict[str, float]:
    """WAPE of both, bias, and what remains of ours as more is known."""
    day = ["origin", ours["start"].dt.normalize()]
    sums = ours.groupby(day)[["offered", MEDIAN]].transform("sum")
    days_known = ours[MEDIAN] * sums["offered"] / sums[MEDIAN]
    hour = ours.groupby(["event", ours["start"].dt.hour])["offered"].transform("sum")
    shape_known = sums["offered"] * hour / ours.groupby("event")["offered"].transform("sum")
    found = {"WAPE, %": _wape(ours, ours[MEDIAN]), "mean of four, %": _wape(four, four[MEDIAN])}
    found |= {"ratio": found["WAPE, %"] / found["mean of four, %"]}
    found |= {"bias, %": 100 * float((ours["mean"] - ours["offered"]).sum() / ours["offered"].sum())}
    found |= {"days known, %": _wape(ours, days_known), "shape known, %": _wape(ours, shape_known)}
    return found | {"counting noise, %": 100 * counting_floor(ours["offered"].to_numpy(dtype=np.float64))}


def table(folder: Path) -> pd.DataFrame:
    """One row per way and mail-out, and both mail-outs together."""
    desk = series_desk(folder, SERIES)
    ours, four = (windows(desk, folder, model) for model in MODELS)
    rows = []
    for label, own in ours.items():
        for event in (*EVENTS, ALL):
            pair = [rows if event == ALL else rows[rows["event"] == event] for rows in (own, four[label])]
            rows.append({"forecast": label, "mail-out": event} | measured(*pair))
    return pd.DataFrame(rows)


def main() -> None:
    """Print the table and put it on the page."""
    folder = cases_folder()
    if folder is None:
        raise SystemExit("the cases are not here; set PEAKDESK_CASES")
    found = table(folder / "calls").round({"ratio": 2})
    print(found.round(2).to_string(index=False))
    put("events", {"Two weeks after a mail-out, the second of its kind": found})


if __name__ == "__main__":
    main()
