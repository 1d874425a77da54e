"""Scenarios that somebody tried on a plan and wants to find again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from desk import Finding, InputError
from store.access import guarded
from store.engine import Store
from store.plan_scope import reach
from store.principal import Principal
from store.schema import plans, scenarios
from store.trail import note

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that was kept: what was supposed of the plan (its hash), and the measures that came of it."""

    id: int
    plan: str
    name: str
    suppositions: tuple[str, ...]
    measures: Mapping[str, Any]
    created_at: datetime
    created_by: str


@guarded("scenario.write")
def save_scenario(
    store: Store, principal: Principal, plan: str, name: str, suppositions: Sequence[str], measures: Mapping[str, Any]
) -> Scenario:
    """Keep a scenario of a plan under a name.

    Raises
    ------
    InputError : there is no such plan, or the name is blank, too long, or taken already.
    """
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError([Finding("scenario_name", value=name[:40], facts={"most": LONGEST_NAME})])
    with store.writing() as connection:
        own = reach(connection, principal, "scenario.write", plan)
        if any(one.name == name for one in _listed(connection, plan)):
            raise InputError([Finding("scenario_taken", value=name)])
        row: dict[str, Any] = {"plan": own.id, "name": name, "suppositions": _text(list(suppositions))}
        row |= {"measures": _text(dict(measures)), "created_by": principal.who}
        row["created_at"] = note(connection, principal, "keep", "scenario", plan)
        connection.execute(insert(scenarios).values(row))
        return next(one for one in _listed(connection, plan) if one.name == name)


@guarded("scenario.read")
def list_scenarios(store: Store, principal: Principal, plan: str) -> tuple[Scenario, ...]:
    """The scenarios of a plan, oldest first.

    Raises
    ------
    InputError : there is no such plan.
    """
    with store.reading() as connection:
        reach(connection, principal, "scenario.read", plan)
        return _listed(connection, plan)


@guarded("scenario.write")
def remove_scenario(store: Store, principal: Principal, number: int) -> None:
    """Forget a scenario.

    Raises
    ------
    InputError : there is no such scenario.
    """
    with store.writing() as connection:
        if not connection.execute(delete(scenarios).where(scenarios.c.id == number)).rowcount:
            raise InputError([Finding("scenario_unknown", value=str(number))])
        note(connection, principal, "remove", "scenario", str(number))


def _listed(connection: Connection, plan: str) -> tuple[Scenario, ...]:
    columns = [column for column in scenarios.c if column.name != "plan"]
    query = select(*columns, plans.c.hash.label("plan")).join(plans, plans.c.id == scenarios.c.plan)
    rows = connection.execute(query.where(plans.c.hash == plan).order_by(scenarios.c.id)).mappings()
    return tuple(_scenario(row) for row in rows)


def _scenario(row: Mapping[Any, Any]) -> Scenario:
    read = {"suppositions": tuple(json.loads(row["suppositions"])), "measures": json.loads(row["measures"])}
    return Scenario(**{**row, **read})


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
