"""A published plan from today on, by hand: two teams, a lead, agents who look for themselves; scores, statements."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from desk import Desk, load_desk
from store import (
    Check,
    Principal,
    Store,
    add_principal,
    owner,
    publish_plan,
    put_checks,
    save_desk,
    save_plan,
    save_scores,
    sign_plan,
)
from tests.views.tiny_plan import HOSTILE

ZONE = "Asia/Shanghai"
PEOPLE = {"A1": "王芳", "A2": "Li Lei", "A3": HOSTILE, "B1": "陈晨"}
LEAD = Principal("lee@example.com", "lead", ("A",))
AGENTS = {code: Principal(f"{code.lower()}@example.com", "agent", agent=code) for code in PEOPLE}
LOST = Principal("lost@example.com", "agent", agent="Z9")
TEAMLESS = Principal("new@example.com", "lead")
HOURS = {"E": (8, 17), "L": (13, 22), "N": (16, 25)}
ROSTER = {"A1": "EE.E.E.", "A2": "L.L.N.L", "A3": ".EE....", "B1": "EE....."}
"""Shift of each day from today on; the swap of A1's fourth day for A2's third keeps all rules, that of A1's sixth for
A2's seventh breaks A2's rest after the night of the fifth."""

SETTINGS = """
name = "Swaps"
timezone = "{zone}"
interval_min = 60
currency = "CNY"
[horizon]
start = {first}
end = {end}
[queues.pre_sale]
aht_s = [240.0, 300.0]
patience_s = 180.0
lost_value = 12.0
[queues.after_sale]
aht_s = [360.0]
patience_s = 300.0
lost_value = 5.0
[contracts.full]
min_rest_h = 11
[sign_off]
steps = 1
"""


@dataclass(frozen=True)
class OwnWorld:
    """What was put into the store; ``first`` is today where the desk is."""

    store: Store
    desk: str
    plan: str
    run: int
    first: date

    def day(self, place: int) -> date:
        """The ``place``-th day of the plan."""
        return self.first + timedelta(days=place)


def today() -> date:
    """The day where the desk is."""
    return pd.Timestamp.now(tz=ZONE).date()


def write_desk(folder: Path, first: date, named: Mapping[str, str]) -> Path:
    """The desk's folder; whose code begins with A is of team A."""
    folder.mkdir(parents=True)
    settings = SETTINGS.format(zone=ZONE, first=first, end=first + timedelta(days=7))
    (folder / "desk.toml").write_text(settings, encoding="utf-8")
    people = [f'{code},"{name}",{code[0]},full,{40 + place % 10}' for place, (code, name) in enumerate(named.items())]
    skills = [f"{code},pre_sale,1,1" for code in named]
    skills += ["A1,after_sale,0.9,0"] if "A1" in named else []
    shifts = [f"{code},{start:02}:00,{end % 24:02}:00,8,60" for code, (start, end) in HOURS.items()]
    wishes = [f"A2,{first + timedelta(days=3)},off,,30"] if "A2" in named else []
    tables = {
        "agents": ["agent,name,team,contract,cost_per_h", *people],
        "skills": ["agent,queue,proficiency,home", *skills],
        "shifts": ["shift,start,end,paid_h,break_min", *shifts],
        "requests": ["agent,date,wish,shift,weight", *wishes],
        "history": [
            "start,queue,offered",
            *(f"{first - timedelta(days=9)} {hour:02}:00,pre_sale,9" for hour in range(24)),
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def files(first: date, lines: Mapping[str, str] = ROSTER) -> dict[str, bytes]:
    """The plan's files."""
    roster, duty = ["agent,date,shift"], ["agent,start,activity,date,shift"]
    for code, line in lines.items():
        for place, shift in enumerate(line):
            if shift != ".":
                day = first + timedelta(days=place)
                roster.append(f"{code},{day},{shift}")
                duty += [",".join([code, at, role, str(day), shift]) for at, role in _hours(code, day, shift)]
    told = {"roster.csv": roster, "duty.csv": duty}
    return {name: ("\n".join(lines) + "\n").encode() for name, lines in told.items()} | {"plan.json": b"{}"}


def _hours(code: str, day: date, shift: str) -> list[tuple[str, str]]:
    start, end = HOURS[shift]
    found = []
    for hour in range(start, end):
        role = "break" if hour == start + 4 else "after_sale" if code == "A1" and hour < start + 2 else "pre_sale"
        at = pd.Timestamp(day, tz=ZONE) + pd.Timedelta(hours=hour)
        found.append((at.isoformat(), role))
    return found


def scores(named: Mapping[str, str] = PEOPLE) -> pd.DataFrame:
    """Table ``scores``."""
    rows = [
        {"agent": code, "measure": measure, "contacts": 40.0, "observed": 0.8, "expected": 0.7}
        | {"adjusted": 0.78, "low": 0.7, "high": 0.86, "score": 0.6 + place % 8 / 20, "claim": 3.0, "payout": payout}
        for place, code in enumerate(named)
        for measure, payout in (("conversion", 120.5), ("rating", 30.0), ("composite", 150.5))
    ]
    return pd.DataFrame(rows)


def build(store: Store, folder: Path, people: Mapping[str, str] | None = None) -> OwnWorld:
    """Fill a store; other ``people`` (code -> name) work early on each of the first three days."""
    first, named = today(), people or PEOPLE
    lines = ROSTER if people is None else dict.fromkeys(people, "EEE....")
    for one in (LEAD, *AGENTS.values(), LOST, TEAMLESS, Principal("mia@example.com", "manager")):
        add_principal(store, owner(), one)
    own: Desk = load_desk(write_desk(folder, first, named))
    desk = save_desk(store, owner(), own).hash
    plan = save_plan(store, owner(), files(first, lines), desk).hash
    put_checks(store, owner(), plan, [Check("audit_clean")])
    sign_plan(store, owner(), plan, "setter")
    publish_plan(store, owner(), plan)
    summary = {"kind": "settled", "currency": "CNY"}
    run = save_scores(
        store, owner(), "June", scores(named), desk, pages=_pages() if people is None else None, summary=summary
    ).id
    save_scores(store, owner(), "Plan", scores(named), desk, summary=summary | {"kind": "projected"})
    return OwnWorld(store, desk, plan, run, first)


def _pages() -> dict[str, dict[str, bytes]]:
    page = "<!doctype html><html><body><h1>Statement {code}</h1></body></html>"
    return {
        code: {lang: page.format(code=code).encode() for lang in ("en", "zh")}
        | {"json": json.dumps({"agent": code}).encode()}
        for code in PEOPLE
    }
