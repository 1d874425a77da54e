"""A plan of a thousand people over five weeks by hand, made without the optimiser."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from desk import Curves, Desk, Forecast, Outcome, Plan, Simulation, Termination, load_desk
from desk.frames import empty_frame
from planner.headline import headline
from planner.output.write import write_output
from planner.planned import Planned
from staffing import predict_service, staffing_curves
from tests.views.tiny_plan import QUEUES, ZONE, write_desk

PEOPLE, DAYS = 1000, 35
_SHIFTS = {"M1": 8, "N1": 16}


def write_huge(out: Path, desk_folder: Path) -> Path:
    """The output folder of a plan of many people, service predicted by formula."""
    desk = load_desk(_folder(desk_folder))
    forecast, roster = _forecast(desk), _roster()
    duty = _duty(roster)
    outcome = Outcome(Termination.GAP, 400_000.0, 396_000.0, 0.01, 200.0, "highs", 1)
    costs = pd.DataFrame({"term": ["wages", "service.pre_sale"], "amount": [380_000.0, 20_000.0]})
    service = predict_service(desk, forecast, duty)
    unseen = empty_frame("service", ZONE).columns
    plan = Plan(roster, duty, outcome, costs, service.reindex(columns=[*service, *unseen.difference(service.columns)]))
    simulation = Simulation(empty_frame("contacts", ZONE), service.iloc[:0], 0, 1)
    curves = Curves(staffing_curves(desk, forecast).points, empty_frame("work", ZONE))
    brief, scores = headline(desk, forecast, plan), empty_frame("scores", ZONE)
    planned = Planned(desk, forecast, curves, plan, simulation, scores, brief, (), marginals=_marginals(desk))
    write_output(replace(planned), out, lang="en")
    return out


def _folder(folder: Path) -> Path:
    write_desk(folder)
    settings = (folder / "desk.toml").read_text(encoding="utf-8").replace("2026-06-20", "2026-07-22")
    (folder / "desk.toml").write_text(settings, encoding="utf-8")
    people = [f"P{number:04}" for number in range(PEOPLE)]
    agents = [f"{one},{one},T{place % 8},full,40" for place, one in enumerate(people)]
    skills = [f"{one},{queue},1,{int((place % 2 == 0) == (queue == 'pre_sale'))}" for place, one in enumerate(people)
              for queue in QUEUES]  # fmt: skip
    for name, head, rows in (
        ("agents", "agent,name,team,contract,cost_per_h", agents), ("skills", "agent,queue,proficiency,home", skills)
    ):  # fmt: skip
        (folder / f"{name}.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return folder


def _forecast(desk: Desk) -> Forecast:
    hours = np.asarray(desk.starts.hour, dtype=np.float64)
    shape = 0.3 + np.exp(-((hours - 20) ** 2) / 18)
    means = np.stack([600.0 * shape, 300.0 * shape], axis=1)
    paths = np.round(means * np.linspace(0.8, 1.2, 11)[:, None, None]).astype(np.float32)
    tried = pd.DataFrame({"queue": list(QUEUES), "driver": "visits", "admitted": True, "wape_with": 0.1})
    return Forecast(desk.starts, tuple(QUEUES), paths, 60, tried)


def _roster() -> pd.DataFrame:
    days = pd.date_range("2026-06-17", periods=DAYS, unit="us")
    rows = [
        (f"P{number:04}", day, ("M1", "N1", "OFF")[(number + place) % 3])
        for number in range(PEOPLE)
        for place, day in enumerate(days)
    ]
    return pd.DataFrame(rows, columns=["agent", "date", "shift"])


def _duty(roster: pd.DataFrame) -> pd.DataFrame:
    worked = roster[roster["shift"] != "OFF"].reset_index(drop=True)
    each = worked.loc[worked.index.repeat(9)].reset_index(drop=True)
    place = np.tile(np.arange(9), len(worked))
    wall = each["date"] + pd.to_timedelta(each["shift"].map(_SHIFTS) + place, unit="h").astype("timedelta64[us]")
    home = np.where(each["agent"].str[1:].astype(int) % 2 == 0, "pre_sale", "after_sale")
    own = each.assign(start=wall.dt.tz_localize(ZONE), activity=np.where(place == 4, "break", home))
    return own[["agent", "start", "activity", "date", "shift"]]


def _marginals(desk: Desk) -> pd.DataFrame:
    rows = [("agent", pd.NaT, None, "full", "after_sale|pre_sale", 5000.0, 3200.0, 1800.0)]
    for kind, worth, paid in (("overtime_h", 90.0, 60.0), ("overload_h", 40.0, 0.0)):
        rows += [(kind, day, "pre_sale", None, None, worth, paid, worth - paid) for day in desk.dates]
    columns = ["kind", "date", "queue", "contract", "skills", "value", "cost", "net"]
    return pd.DataFrame(rows, columns=columns).astype({"date": "datetime64[us]"})
