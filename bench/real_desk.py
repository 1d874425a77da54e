"""Plans a real call history: two queues of an assistance company, 14 days from 2012-11-26.

The history is read from the published cases; people, shifts, contracts and costs are those of the sample desk.
``python -m bench.real_desk [OUT]`` writes the desk and its plan into OUT (default ``out/real_desk``).
"""

import sys
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from bench.cases import cases_folder
from data import sample_path
from desk import Desk, load_desk, write_folder
from desk.settings import Horizon, Settings
from planner import plan

TIMEZONE = "Europe/Paris"
FIRST_DAY = date(2012, 11, 26)
DAYS = 14
SERIES = {"presale": "axa_tel", "aftersale": "axa_serv"}
DATED = ("history", "drivers", "promotions", "overrides", "contacts", "leave", "requests", "pinned", "activities")


def history_of(cases: Path) -> pd.DataFrame:
    """Table ``history`` of the two series until the first day planned."""
    parts = [_series(cases / "calls" / f"{name}.csv", queue) for queue, name in SERIES.items()]
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["start"] < pd.Timestamp(FIRST_DAY, tz=TIMEZONE)].reset_index(drop=True)


def _series(path: Path, queue: str) -> pd.DataFrame:
    """One series on the zone-aware hourly grid: what the clock change makes doubtful counts as not observed."""
    raw = pd.read_csv(path, parse_dates=["ds"]).rename(columns={"calls": "offered"})
    raw["start"] = raw["ds"].dt.tz_localize(TIMEZONE, ambiguous="NaT", nonexistent="NaT").dt.as_unit("us")
    known = raw.dropna(subset="start").set_index("start")
    grid = pd.date_range(known.index[0], known.index[-1], freq="h", unit="us", name="start")
    own = known.reindex(grid)
    seen = own["observed"].eq(1) & own["offered"].notna()
    offered = own["offered"].astype(float).where(seen)
    return pd.DataFrame({"start": grid, "queue": queue, "offered": offered.to_numpy(), "observed": seen.to_numpy()})


def settings_of(sample: Settings) -> Settings:
    """The sample's settings for the real days and place."""
    horizon = Horizon(start=FIRST_DAY, end=FIRST_DAY + timedelta(days=DAYS))
    queues = {name: queue.model_copy(update={"hours": None}) for name, queue in sample.queues.items() if name in SERIES}
    forecast = sample.forecast.model_copy(update={"country": "FR", "drivers": None})
    changes = {"name": "AXA assistance, two queues", "timezone": TIMEZONE, "currency": "EUR", "language": "en"}
    return sample.model_copy(update=changes | {"horizon": horizon, "queues": queues, "forecast": forecast})


def real_desk(cases: Path) -> Desk:
    """The sample's people with the real history."""
    sample = load_desk(sample_path("618"))
    tables = {name: frame for name, frame in sample.tables.items() if name not in DATED}
    moved = {"history": history_of(cases), "worked": worked_before(sample)}
    return Desk(settings_of(sample.settings), tables | moved)


def worked_before(sample: Desk) -> pd.DataFrame:
    """The sample's days before its horizon, moved before ours: somebody is on duty in the first night."""
    frame = sample.table("worked")
    return frame.assign(date=frame["date"] + (pd.Timestamp(FIRST_DAY) - sample.dates[0]))


def main(out: Path) -> int:
    """Writes the desk, reads it back as a user's folder, and plans it."""
    cases = cases_folder()
    if cases is None:
        sys.stderr.write("the cases are not here; set PEAKDESK_CASES\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    write_folder(real_desk(cases), out / "desk")
    plan(out / "desk", out / "plan")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/real_desk")))
