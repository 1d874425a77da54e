"""How long the independent judge takes: 300 people, 28 days, half-hours, roster and duty. ``python -m bench.audit``."""

import sys
import time
from datetime import timedelta

import numpy as np
import pandas as pd

from data import sample_path
from desk import Desk, Outcome, Plan, Termination, load_desk
from desk.grid import at_clock
from desk.settings.root import Horizon
from scheduler import audit

PEOPLE, DAYS, INTERVAL_MIN = 300, 28, 30
LONGEST_S = 1.0
DATED = ("history", "drivers", "promotions", "overrides", "contacts", "leave", "requests", "pinned", "worked")


def large_desk() -> Desk:
    """The sample's people five times over, four weeks in half-hours."""
    sample = load_desk(sample_path("618"))
    first = sample.settings.horizon.start
    horizon = Horizon(start=first, end=first + timedelta(days=DAYS))
    settings = sample.settings.model_copy(update={"horizon": horizon, "interval_min": INTERVAL_MIN})
    tables = {name: frame for name, frame in sample.tables.items() if name not in DATED}
    people = {name: _copied(tables[name]) for name in ("agents", "skills")}
    return Desk(settings, tables | people)


def _copied(frame: pd.DataFrame) -> pd.DataFrame:
    names = sorted(frame["agent"].unique())
    copies = -(-PEOPLE // len(names))
    parts = [frame.assign(agent=frame["agent"].map(lambda name, at=at: f"{name}.{at}")) for at in range(copies)]
    return pd.concat(parts, ignore_index=True)


def drawn_plan(desk: Desk) -> Plan:
    """Five shifts a week for everybody, the break at its first place, the first skill otherwise; rules don't matter."""
    rng = np.random.default_rng(1)
    shifts = desk.table("shifts").to_dict("records")
    skills = desk.table("skills").drop_duplicates("agent").set_index("agent")["queue"]
    roster, duty = [], []
    for agent in desk.table("agents")["agent"]:
        off = int(rng.integers(7))
        own = shifts[int(rng.integers(len(shifts)))]
        for at, day in enumerate(desk.dates):
            if (at + off) % 7 < 5:
                roster.append((agent, day, own["shift"]))
                duty += _turn(desk, agent, skills[agent], day, own)
    ended = Outcome(Termination.TIME, 0.0, 0.0, 0.0, 0.0, "none", 1)
    return Plan(
        pd.DataFrame(roster, columns=["agent", "date", "shift"]),
        pd.DataFrame(duty, columns=["agent", "start", "activity", "date", "shift"]),
        ended,
        pd.DataFrame(),
    )


def _turn(desk: Desk, agent: str, queue: str, day: pd.Timestamp, shift: dict[str, object]) -> list[tuple[object, ...]]:
    minutes = range(int(str(shift["start"]).split(".")[0]), int(str(shift["end"]).split(".")[0]), INTERVAL_MIN)
    pause = range(0)
    if float(str(shift["break_min"])) > 0:
        begins = int(float(str(shift["break_from"])))
        pause = range(begins, begins + int(float(str(shift["break_min"]))))
    zone = desk.settings.timezone
    return [
        (agent, at_clock(day, minute, zone), "break" if minute in pause else queue, day, shift["shift"])
        for minute in minutes
    ]


def main() -> int:
    """Judge it once; 1 where it takes too long."""
    desk = large_desk()
    plan = drawn_plan(desk)
    began_s, cpu_s = time.perf_counter(), time.process_time()
    findings = audit(desk, plan)
    took_s, cpu_s = time.perf_counter() - began_s, time.process_time() - cpu_s
    sys.stdout.write(
        f"audit of {len(desk.table('agents'))} people x {len(desk.dates)} days, {len(plan.roster)} shifts, "
        f"{len(plan.duty)} duty rows: {took_s:.2f} s ({cpu_s:.2f} s CPU), {len(findings)} findings\n"
    )
    return 0 if cpu_s <= LONGEST_S else 1


if __name__ == "__main__":
    sys.exit(main())
