"""Everything that is kept about one person, as data that a machine can read."""

import json
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, select

from desk import Finding, InputError
from store import blob
from store.access import guarded, refuse_unless, scope
from store.engine import Store
from store.person_trace import accounts_of, desk_frames, names_of, rows_about
from store.plan_scope import whose
from store.principal import NotYoursError, Principal
from store.schema import (
    attendance,
    checks,
    contacts,
    duty_edits,
    duty_rows,
    faults,
    jobs,
    plan_files,
    plan_people,
    plans,
    principals,
    request_answers,
    requests,
    roster_rows,
    scenarios,
    scores,
    signatures,
    statements,
    tokens,
    trail,
)
from store.schema.measured import TIMES
from store.trail import note

_BY_AGENT = {"contacts": (contacts, "agent"), "scores": (scores, "agent"), "attendance": (attendance, "agent")}
_BY_AGENT |= {"requests": (requests, "agent"), "partner_in": (requests, "partner")}
_BY_PLAN = {"roster": roster_rows, "duty": duty_rows, "edits": duty_edits, "checks": checks, "faults": faults}
_BY_ACCOUNT = {"principals": (principals, "who"), "tokens": (tokens, "who"), "signatures": (signatures, "who")}
_BY_ACCOUNT |= {"found_faults": (faults, "finder"), "own_edits": (duty_edits, "who"), "jobs": (jobs, "created_by")}
_BY_ACCOUNT |= {"own_answers": (request_answers, "who"), "scenarios": (scenarios, "created_by")}
_BY_ACCOUNT |= {"trail": (trail, "who")}
ANYBODY = "somebody"
"""What the trail calls a person: it outlives their erasure, so it names nobody."""
_SECRET = ("hash",)
_MICROSECONDS = {*TIMES, "start_us"}


@guarded("person.export")
def export_person(store: Store, principal: Principal, agent: str, why: str = "") -> dict[str, Any]:
    """Everything about an agent: rows of desks, plans, contacts, scores, statements, accounts, acts.

    Who exports themselves gets of plans those that they may see: published ones.

    Raises
    ------
    NotYoursError : somebody else's.
    InputError : nobody of that code is kept.
    """
    refuse_unless(principal, "person.export", agent=agent)
    with store.reading() as connection:
        told = _told(connection, principal, agent)
    if not any(told.values()):
        raise _unknown(principal, agent)
    with store.writing() as connection:
        note(connection, principal, "export", "person", ANYBODY, why=why)
    return {"agent": agent, **told}


def _unknown(principal: Principal, agent: str) -> InputError:
    """Who may see everybody is told that there is nobody; to others that says no more than that it is not theirs."""
    nobody = InputError([Finding("person_unknown", value=agent)])
    return nobody if scope(principal, "person.export") == "all" else NotYoursError()


def _told(connection: Connection, principal: Principal, agent: str) -> dict[str, Any]:
    accounts = accounts_of(connection, agent)
    told: dict[str, Any] = {"names": list(names_of(connection, agent)), "desks": list(_desks(connection, agent))}
    told["plans"] = list(_plans(connection, principal, agent))
    for name, (table, column) in _BY_AGENT.items():
        told[name] = [_plain(row) for row in rows_about(connection, table, column, to=(agent,))]
    told["answers"] = list(_answers(connection, agent))
    told["statements"] = [
        {"run": row["run"], "form": row["form"], "content": zlib.decompress(row["body"]).decode()}
        for row in rows_about(connection, statements, "agent", to=(agent,))
    ]
    for name, (table, column) in _BY_ACCOUNT.items():
        told[name] = [_plain(row) for row in rows_about(connection, table, column, to=accounts)]
    return told


def _answers(connection: Connection, agent: str) -> Iterator[dict[str, Any]]:
    """What was answered to what they asked."""
    own = select(request_answers).join(requests, requests.c.id == request_answers.c.request)
    for row in connection.execute(own.where(requests.c.agent == agent).order_by(request_answers.c.id)).mappings():
        yield _plain(dict(row))


def _desks(connection: Connection, agent: str) -> Iterator[dict[str, Any]]:
    for desk, table, frame in desk_frames(connection):
        own = frame[frame["agent"] == agent]
        if not own.empty:
            yield {"desk": desk, "table": table, "rows": _records(own)}


def _plans(connection: Connection, principal: Principal, agent: str) -> Iterator[dict[str, Any]]:
    mine = (plan_people.c.agent == agent) & whose(principal, "person.export")
    query = select(plans.c.id, plans.c.hash, plans.c.status, plan_people.c.team).join(
        plan_people, plan_people.c.plan == plans.c.id
    )
    for plan in connection.execute(query.where(mine)).all():
        told: dict[str, Any] = {"plan": plan.hash, "status": plan.status, "team": plan.team}
        for name, table in _BY_PLAN.items():
            own = select(table).where(and_(table.c.plan == plan.id, table.c.agent == agent))
            told[name] = [_plain(dict(row)) for row in connection.execute(own).mappings()]
        yield told | {"files": dict(_files(connection, plan.hash, agent))}


def _files(connection: Connection, plan: str, agent: str) -> Iterator[tuple[str, Any]]:
    """The rows of the plan's other tables."""
    own = select(plan_files.c.path, plan_files.c.blob).where(plan_files.c.plan == plan)
    for path, key in connection.execute(own).all():
        if not path.endswith(".csv") or not (content := blob.get(connection, key)).strip():
            continue
        cells = pd.read_csv(BytesIO(content), dtype="str", keep_default_na=False)
        rows = cells[cells["agent"] == agent] if "agent" in cells else cells.head(0)
        if not rows.empty:
            yield path, rows.to_dict("records")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", default_handler=str))
    return records


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in row.items() if name not in _SECRET}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, int) and name in _MICROSECONDS:
        return datetime.fromtimestamp(value / 1e6, UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime) else value
