"""A small plan by hand: two queues, three days by the hour, six agents, one of them with a hostile name."""

from pathlib import Path

import numpy as np
import pandas as pd

from desk import Curves, Desk, Finding, Forecast, Outcome, Plan, Simulation, Termination, load_desk
from desk.frames import empty_frame
from desk.tables import table
from planner.headline import headline
from planner.output.write import write_output
from planner.planned import Planned

ZONE = "Asia/Shanghai"
HOSTILE = "<img src=//evil.example/a.png onerror=alert(1)> ![x](http://evil.example/x.png)"
QUEUES = {"pre_sale": 14.0, "after_sale": 9.0}
STARTS = pd.date_range("2026-06-17", periods=72, freq="h", tz=ZONE, unit="us", name="start")
DATES = pd.date_range("2026-06-17", periods=3, unit="us")
AGENTS = {"A1": "王芳", "A2": "Li Lei", "A3": HOSTILE, "B1": "陈晨", "B2": "Zhao Min", "B3": "孙丽"}

SETTINGS = f"""
name = "Tiny 618"
timezone = "{ZONE}"
interval_min = 60
currency = "CNY"
[horizon]
start = 2026-06-17
end = 2026-06-20
[queues.pre_sale]
aht_s = [240.0, 300.0]
target = {{ share = 0.9, within_s = 30.0 }}
patience_s = 180.0
lost_value = 12.0
[queues.after_sale]
aht_s = [360.0]
patience_s = 300.0
lost_value = 5.0
[contracts.full]
"""


def write_desk(folder: Path, rules: str = "") -> Path:
    """The desk's own folder; ``rules`` are lines for its only contract."""
    folder.mkdir(parents=True)
    (folder / "desk.toml").write_text(SETTINGS + rules, encoding="utf-8")
    people = [f'{one},"{name}",{one[0]},full,40' for one, name in AGENTS.items()]
    _csv(folder, "agents", "agent,name,team,contract,cost_per_h", people)
    skills = [f"{one},{queue},1,{int((one[0] == 'A') == (queue == 'pre_sale'))}" for one in AGENTS for queue in QUEUES]
    _csv(folder, "skills", "agent,queue,proficiency,home", skills)
    _csv(folder, "shifts", "shift,start,end,paid_h,break_min", ["M1,08:00,17:00,8,60", "N1,16:00,01:00,8,60"])
    phases = ["618,opening,2026-06-17 20:00,2026-06-18 00:00", "618,peak,2026-06-18 00:00,2026-06-19 00:00"]
    _csv(folder, "promotions", "promotion,phase,start,end", phases)
    past = pd.date_range("2026-06-10", periods=7 * 24, freq="h")
    rows = [f"{start:%Y-%m-%d %H:%M},{queue},{round(_mean(start, queue))}" for queue in QUEUES for start in past]
    _csv(folder, "history", "start,queue,offered", rows)
    return folder


def write_plan(out: Path, desk_folder: Path, rules: str = "") -> Path:
    """A plan's output folder, written as the planner writes it."""
    desk = load_desk(write_desk(desk_folder, rules))
    outcome = Outcome(Termination.GAP, 21_840.0, 21_760.0, 0.0037, 12.3, "highs", 1)
    audit = (Finding("plan_damaged", "warning", file="roster", value=HOSTILE),)
    service = _service()
    plan = Plan(_roster(), _duty(), outcome, _costs(), service, audit)
    forecast = _forecast(desk)
    planned = Planned(
        desk=desk,
        forecast=forecast,
        curves=Curves(_curves(), empty_frame("work", ZONE)),
        plan=plan,
        simulation=Simulation(_contacts(), service, 3, 1),
        scores=_scores(),
        brief=headline(desk, forecast, plan),
        findings=audit,
    )
    write_output(planned, out, lang="en")
    return out


def _csv(folder: Path, name: str, header: str, rows: list[str]) -> None:
    (folder / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def _mean(start: pd.Timestamp, queue: str) -> float:
    peak = 2.5 if start.day == 18 else 1.0
    return QUEUES[queue] * peak * float(0.3 + np.exp(-((start.hour - 20) ** 2) / 18))


def _forecast(desk: Desk) -> Forecast:
    means = np.array([[_mean(start, queue) for queue in QUEUES] for start in STARTS])
    factors = np.linspace(0.6, 1.4, 21)[:, None, None]
    paths = np.round(means * factors).astype(np.float32)
    own = {"level": 10.0, "calendar": 0.5, "promotion": 2.0, "drivers": 1.1, "overrides": 1.0}
    why = pd.concat([pd.DataFrame({"start": desk.starts, "queue": queue} | own) for queue in QUEUES], ignore_index=True)
    tried = pd.DataFrame({"queue": list(QUEUES), "driver": "visits", "admitted": True, "wape_with": 0.1})
    rows = [("618-2025", "peak", 2.6, 0.7, 1.9), (HOSTILE, "peak", 1.8, 0.2, 1.2), ("", "", float("nan"), 0.0, 1.05)]
    earlier = pd.DataFrame(rows, columns=["promotion", "phase", "lift", "weight", "factor"]).assign(
        queue="pre_sale", coming="peak", start=pd.Timestamp("2025-06-17"), days=2
    )
    return Forecast(desk.starts, tuple(QUEUES), paths, 60, tried, why, earlier)


def _roster() -> pd.DataFrame:
    rows = [
        {"agent": one, "date": day, "shift": ("M1", "N1", "OFF")[(index + number) % 3]}
        for index, one in enumerate(AGENTS)
        for number, day in enumerate(DATES)
    ]
    return pd.DataFrame(rows)


def _duty() -> pd.DataFrame:
    hours = {"M1": range(8, 17), "N1": range(16, 25)}
    rows = []
    for row in _roster().itertuples():
        for place, hour in enumerate(hours.get(row.shift, ())):
            home = "pre_sale" if row.agent[0] == "A" else "after_sale"
            flexible = "after_sale" if home == "pre_sale" else "pre_sale"
            activity = "break" if place == 4 else flexible if place > 6 else home
            start = (row.date + pd.Timedelta(hours=hour)).tz_localize(ZONE)
            rows.append(
                {"agent": row.agent, "start": start, "activity": activity, "date": row.date, "shift": row.shift}
            )
    return pd.DataFrame(rows)


def _declared(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``frame`` with every column of table ``name``, blank where nothing is given."""
    return frame.reindex(columns=list(table(name).columns))


def _service() -> pd.DataFrame:
    counted = _duty().groupby(["start", "activity"]).size()
    rows = []
    for queue in QUEUES:
        for start in STARTS:
            offered, agents = _mean(start, queue), float(counted.get((start, queue), 0))
            load = offered / (14 * agents) if agents else np.nan
            within = float(np.clip(1.6 - load, 0, 1)) if agents else 0.0
            lost = offered * (1 - within) / 2
            simulated = {"share_within_sim": within * 0.95, "share_within_sim_low": within * 0.9}
            simulated |= {"share_within_sim_high": min(1.0, within * 1.02), "mean_wait_s_sim": 31.0, "lost_sim": lost}
            simulated |= {"lost_sim_low": 0.9 * lost, "lost_sim_high": 1.1 * lost, "late_sim": 1.0}
            simulated |= {"late_sim_low": 0.5, "late_sim_high": 1.5}
            own = {"start": start, "queue": queue, "offered": offered, "agents": agents, "effective_agents": agents}
            own |= {
                "required": np.ceil(offered / 14),
                "load": load,
                "overload": max(0.0, load - 1.3) if agents else 0.0,
            }
            own |= {"share_within": within, "mean_wait_s": 30.0, "lost": lost, "late": 1.0}
            rows.append(own | simulated)
    return _declared(pd.DataFrame(rows), "service")


def _curves() -> pd.DataFrame:
    rows = [
        {"start": start, "queue": queue, "agents": float(agents), "cost": _mean(start, queue) * 12 * 0.6**agents}
        for queue in QUEUES
        for start in STARTS
        for agents in range(9)
    ]
    return _declared(pd.DataFrame(rows).assign(lost=0.0, late=0.0), "curves")


def _costs() -> pd.DataFrame:
    return pd.DataFrame({"term": ["wages", "lost", "late"], "amount": [3_840.0, 15_000.0, 3_000.0]})


def _contacts() -> pd.DataFrame:
    rows = [
        {"agent": one, "queue": "pre_sale" if one[0] == "A" else "after_sale", "at": start, "wait_s": 5 + 9 * number}
        for index, one in enumerate(AGENTS)
        for number, start in enumerate(STARTS[8 + 2 * index :: 9])
    ]
    log = pd.DataFrame(rows)
    replied = log["at"] + pd.to_timedelta(log["wait_s"], unit="s").astype("timedelta64[us]")
    own = {"contact": [f"S{number:03}" for number in range(len(log))], "arrived": log["at"], "assigned": log["at"]}
    own |= {"first_reply": replied, "closed": replied + pd.Timedelta(minutes=5), "agent": log["agent"].astype("str")}
    known = pd.DataFrame(own | {"queue": log["queue"].astype("str"), "rating": 3.0 + log.index % 3})
    return known.reindex(columns=empty_frame("contacts", ZONE).columns).astype(empty_frame("contacts", ZONE).dtypes)


def _scores() -> pd.DataFrame:
    rows = [
        {"agent": one, "measure": measure, "contacts": 40.0 + index, "observed": 0.7 + 0.04 * index, "expected": 0.8}
        | {"adjusted": 0.76 + 0.02 * index, "low": 0.7 + 0.02 * index, "high": 0.82 + 0.02 * index}
        | {"score": 0.3 + 0.1 * index, "claim": 30.0 + index, "payout": 100.0 * index}
        for index, one in enumerate(AGENTS)
        for measure in ("speed", "rating")
    ]
    return pd.DataFrame(rows)
