"""A small world in which everybody has something: two teams, three agents, one row of everything for each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from store import (
    Attended,
    Check,
    Principal,
    Store,
    add_principal,
    edit_duty,
    import_contacts,
    make_request,
    make_token,
    owner,
    publish_plan,
    put_attendance,
    put_checks,
    report_fault,
    save_desk,
    save_plan,
    save_scenario,
    save_scores,
    settle_fault,
    sign_plan,
    submit_job,
)
from store.cell_edit import CellEdit

TEAMS = {"A1": "T1", "A2": "T1", "A3": "T2"}
NAMES = {"A1": "林小雨", "A2": "Bo Lund", "A3": 'Cy, the "third"'}
OWNER = owner()
BY_ROLE = {
    "owner": OWNER,
    "manager": Principal("mia@example.com", "manager"),
    "analyst": Principal("ana@example.com", "analyst"),
    "lead": Principal("lee@example.com", "lead", ("T1",), "A1"),
    "agent": Principal("a1@example.com", "agent", agent="A1"),
    "auditor": Principal("aud@example.com", "auditor"),
}
START = datetime(2025, 6, 17, 16, tzinfo=UTC)
"""Midnight in Shanghai."""
_NUMBERS = count(1)


def people() -> pd.DataFrame:
    """Table ``agents``."""
    rows = {"agent": list(TEAMS), "name": list(NAMES.values()), "team": list(TEAMS.values())}
    return pd.DataFrame(rows | {"email": [f"{agent.lower()}@example.com" for agent in TEAMS]}, dtype="str")


def files(note: str = "") -> dict[str, bytes]:
    """Files of a plan: two hours of duty for each agent."""
    roster = ["agent,date,shift", *(f"{agent},2025-06-18,M" for agent in TEAMS)]
    hours = [START + timedelta(hours=hour) for hour in range(2)]
    duty = [f"{agent},{hour:%Y-%m-%d %H:%M:%S}+00:00,sale,2025-06-18,M" for agent in TEAMS for hour in hours]
    scores = ["agent,measure,payout", *(f"{agent},speed,{number}" for number, agent in enumerate(TEAMS))]
    csv = {"roster.csv": roster, "duty.csv": ["agent,start,activity,date,shift", *duty], "scores.csv": scores}
    told = {"note": note, "findings": [{"message": "林小雨 (A1) is on leave", "agent": "A1", "load": 1.25}]}
    pages = {"ics/A1.ics": b"BEGIN A1", "report.html": "<p>林小雨</p>".encode(), "roster.xlsx": b"PK"}
    text = {path: ("\n".join(lines) + "\n").encode() for path, lines in csv.items()}
    return text | pages | {"plan.json": json.dumps(told, ensure_ascii=False).encode()}


def contacts(rows: int = 3) -> pd.DataFrame:
    """Table ``contacts``: each agent in turn."""
    arrived = pd.date_range(START, periods=rows, freq="min", unit="us").tz_convert("Asia/Shanghai")
    agents = [list(TEAMS)[row % len(TEAMS)] for row in range(rows)]
    return pd.DataFrame(
        {
            "contact": pd.Series([f"C{row}" for row in range(rows)], dtype="str"),
            "queue": pd.Series(["sale"] * rows, dtype="str"),
            "arrived": arrived,
            "agent": pd.Series(agents, dtype="str"),
            "rating": pd.Series([float(1 + row % 5) for row in range(rows)]),
            "converted": pd.Series([row % 2 == 0 for row in range(rows)], dtype="boolean"),
        }
    )


def scores() -> pd.DataFrame:
    """Table ``scores``."""
    return pd.DataFrame(
        {
            "agent": pd.Series(list(TEAMS), dtype="str"),
            "measure": pd.Series(["speed"] * 3, dtype="str"),
            "contacts": [10.0, 20.0, 30.0],
            "payout": [1.5, 2.5, float("nan")],
        }
    )


def forecast() -> Forecast:
    """Two hours of one queue."""
    starts = pd.date_range(START, periods=2, freq="h", unit="us", name="start").tz_convert("Asia/Shanghai")
    evidence = pd.DataFrame({"queue": ["sale"], "wape": [0.1], "since": [pd.Timestamp("2025-06-18")]})
    return Forecast(starts, ("sale",), np.ones((3, 2, 1), dtype=np.float32), 60, evidence)


@dataclass(frozen=True)
class World:
    """What was put into the store."""

    store: Store
    desk: str
    plan: str
    draft: str
    log: int
    run: int
    faults: Mapping[str, int]
    job: int
    requests: Mapping[str, int]


def new_desk(small: Desk, steps: int = 4) -> Desk:
    """The desk of the small world."""
    settings = small.settings.model_dump(mode="json") | {"timezone": "Asia/Shanghai", "sign_off": {"steps": steps}}
    settings["horizon"] = {"start": "2025-06-18", "end": "2025-06-20"}
    tables = {"agents": people(), "shifts": _whole(small.tables["shifts"])}
    return Desk(type(small.settings).model_validate_json(json.dumps(settings)), tables)


def _whole(shifts: pd.DataFrame) -> pd.DataFrame:
    """Shifts of nine hours with every column, as a desk that was read has them."""
    none = pd.Series(float("nan"), index=shifts.index)
    full = shifts.assign(end=shifts["start"] + 540.0, paid_h=8.0, break_min=0.0, break_from=none, break_to=none)
    return full.assign(kind="regular", needs=shifts["contracts"].map(lambda _: ()))


def new_plan(store: Store, desk: str) -> str:
    """Another draft."""
    return save_plan(store, OWNER, files(f"plan {next(_NUMBERS)}"), desk).hash


def signed(store: Store, plan: str) -> None:
    """All four signatures."""
    put_checks(store, OWNER, plan, [*(Check("leave", agent=agent) for agent in TEAMS), Check("price")])
    signers = [BY_ROLE["manager"], replace(BY_ROLE["analyst"], teams=("T9",)), Principal("max@example.com", "manager")]
    for step, signer in zip(("setter", "second", "peer", "other"), [*signers, BY_ROLE["lead"]], strict=True):
        sign_plan(store, signer, plan, step)


def build(store: Store, small: Desk) -> World:
    """Fill the store."""
    for principal in list(BY_ROLE.values())[1:]:
        add_principal(store, OWNER, principal)
        make_token(store, principal, "api")
    desk = save_desk(store, OWNER, new_desk(small)).hash
    plan, draft = new_plan(store, desk), new_plan(store, desk)
    faults = {}
    for key in (plan, draft):
        edit_duty(store, OWNER, key, [CellEdit(agent, START, "break") for agent in TEAMS])
        signed(store, key)
        faults = {agent: report_fault(store, OWNER, key, f"{agent} is late", agent=agent).id for agent in TEAMS}
    for number in range(1, len(TEAMS) + 1):
        settle_fault(store, OWNER, number)
    publish_plan(store, OWNER, plan)
    log = import_contacts(store, OWNER, "june", contacts(), desk).id
    pages = {agent: {"json": f'{{"agent": "{agent}"}}'.encode()} for agent in TEAMS}
    run = save_scores(store, OWNER, "june", scores(), desk, pages=pages, summary={"basis": "x"}).id
    job = submit_job(store, OWNER, "plan", {"desk": desk}).id
    wish = {"date": "2025-06-18", "wish": "off", "shift": None, "weight": 50}
    asked = {agent: make_request(store, OWNER, "wish", wish, agent=agent, words=f"{agent} asks").id for agent in TEAMS}
    put_attendance(store, OWNER, "small", [Attended(agent, "rules", attended=True) for agent in TEAMS])
    save_scenario(store, OWNER, plan, "A2 ill", ["agents.A2=0"], {"cost": 1.5})
    return World(store, desk, plan, draft, log, run, faults, job, asked)
