"""Accuracy on the published call series: WAPE of ours beside simple rivals, by the cases' protocol.

``python -m bench.forecast_cases [--horizon-days 7] [--origins 8] [--events]`` prints one row a series.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cases import cases_folder
from desk import Desk
from desk.settings import ForecastSettings, Horizon, Queue, Settings
from forecast import backtest

COUNTRY = {"bank60": "US", "technion": "IL", "axa_tel": "FR", "axa_serv": "FR", "assessor": "US"}
ZONE = "UTC"
"""The files carry local wall clock without a zone; on UTC every wall-clock hour exists once."""
RIVALS = ("mean4", "naive", "median6")
RENAMED = {"NOV": "nov"}


def series_desk(folder: Path, name: str, events: bool = True) -> Desk:
    """A desk of one queue with the history of ``name``, and the assessor's dated events as promotions."""
    raw = pd.read_csv(folder / f"{name}.csv", parse_dates=["ds"])
    start = raw["ds"].dt.tz_localize(ZONE).dt.as_unit("us")
    seen = raw["observed"].eq(1)
    offered = raw["calls"].astype(float).where(seen)
    history = pd.DataFrame({"start": start, "queue": "calls", "offered": offered, "open": True, "observed": seen})
    step = int((start.diff().dropna() // pd.Timedelta(minutes=1)).mode().iloc[0])
    after = start.max().date() + pd.Timedelta(days=1)
    settings = Settings(
        name=name,
        timezone=ZONE,
        interval_min=step,  # type: ignore[arg-type]
        horizon=Horizon(start=after, end=after + pd.Timedelta(days=7)),
        queues={"calls": Queue(aht_s=[240.0])},
        forecast=ForecastSettings(country=COUNTRY[name]),
    )
    tables = {"history": history}
    if events and (folder / f"{name}_events.csv").exists():
        tables["promotions"] = promotions(folder / f"{name}_events.csv")
    return Desk(settings, tables)


def promotions(path: Path) -> pd.DataFrame:
    """Dated events as one-phase promotions; an event without an end lasts a day."""
    raw = pd.read_csv(path, parse_dates=["start_date", "end_date"])
    raw = raw.drop_duplicates(["start_date", "feature"])
    end = raw["end_date"].fillna(raw["start_date"] + pd.Timedelta(days=1))
    start = raw["start_date"].dt.tz_localize(ZONE).dt.as_unit("us")
    name = raw["feature"] + "-" + raw["start_date"].dt.strftime("%Y-%m-%d")
    end = end.dt.tz_localize(ZONE).dt.as_unit("us")
    return pd.DataFrame({"promotion": name, "phase": raw["feature"], "start": start, "end": end, "intensity": 1.0})


def table(folder: Path, horizon_days: int, origins: int, events: bool, names: list[str]) -> pd.DataFrame:
    """One row a series: WAPE of every model, ours over the mean of four, coverage, bias, CPU seconds of all."""
    rows = []
    for name in names:
        began = time.process_time()
        desk = series_desk(folder, name, events)
        found = backtest(desk, horizon_days=horizon_days, origins=origins, models=("peakdesk", *RIVALS))
        own = found[found["queue"] == "calls"].set_index("model")
        ours = own.loc["peakdesk"]
        row = {"series": name} | {model: 100 * own.loc[model, "wape"] for model in ("peakdesk", *RIVALS)}
        row |= {"ratio": ours["wape"] / own.loc["mean4", "wape"], "bias": 100 * ours["bias"]}
        row |= {key: 100 * ours[key] for key in ("coverage80", "coverage95", "floor")}
        row |= {"pinball": ours["pinball"], "cpu_s": time.process_time() - began}
        rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--horizon-days", type=int, default=7)
    parser.add_argument("--origins", type=int, default=8)
    parser.add_argument("--no-events", action="store_true")
    parser.add_argument("--series", nargs="*", default=list(COUNTRY))
    args = parser.parse_args()
    folder = cases_folder()
    if folder is None:
        raise SystemExit("the cases are not here; set PEAKDESK_CASES")
    found = table(folder / "calls", args.horizon_days, args.origins, not args.no_events, args.series)
    print(found.round(2).to_string(index=False))
    print("geometric mean of ours / mean4:", round(float(np.exp(np.log(found["ratio"]).mean())), 3))


if __name__ == "__main__":
    main()
