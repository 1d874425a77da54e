"""The list of what to look at before a plan is published, and the faults that were found in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select, true, update

from desk import Finding, InputError
from store.access import guarded, scope, within
from store.engine import Store
from store.moment import now
from store.plan_scope import FINAL, OpenPlan, reach, refuse_strangers
from store.plan_status import reopen
from store.principal import Principal
from store.schema import checks, faults, plan_people
from store.trail import note


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; its words stand in the catalogue under ``check.<code>``.

    Parameters
    ----------
    severity : ``error``, ``warning`` or ``note``, as of a finding.
    agent : whom it is about; None = the plan as a whole.
    facts : the values that the sentence names.
    id : its number, once it is kept.
    """

    code: str
    severity: str = "note"
    agent: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that somebody found in a plan, credited to them; settled once it is mended."""

    id: int
    check: int | None
    agent: str | None
    finder: str
    at: datetime
    words: str
    settled_by: str | None
    settled_at: datetime | None


@guarded("check.write")
def put_checks(store: Store, principal: Principal, plan: str, found: Sequence[Check]) -> tuple[Check, ...]:
    """Lay down the list of a plan, instead of an earlier one; signatures that were given on that are void.

    Raises
    ------
    InputError : there is no such plan, or it is published.
    """
    with store.writing() as connection:
        own = _changeable(connection, principal, "check.write", plan)
        reopen(connection, own)
        rows = [
            {"plan": own.id, "code": one.code, "severity": one.severity, "agent": one.agent, "facts": _text(one.facts)}
            for one in found
        ]
        if rows:
            connection.execute(insert(checks), [row | {"void": False} for row in rows])
        note(connection, principal, "check", "plan", plan, after={"checks": len(rows)})
        return _listed(connection, own, _about(principal, "check.read", own, checks.c.agent))


@guarded("check.read")
def read_checks(store: Store, principal: Principal, plan: str) -> tuple[Check, ...]:
    """The list of a plan as it stands: what is about the plan, and about people whose rows the principal may see.
    Who may sign sees the former of every plan: another department has nobody in it.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "sign.read", plan)
        return _listed(connection, own, _about(principal, "check.read", own, checks.c.agent))


@guarded("fault.write")
def report_fault(
    store: Store, principal: Principal, plan: str, words: str, *, check: int | None = None, agent: str | None = None
) -> Fault:
    """Tell of an error in a plan; it stands in the finder's name, and nothing is published before it is settled.

    Parameters
    ----------
    words : what is wrong.
    check : number of the check on which it was found.
    agent : whom it is about.

    Raises
    ------
    InputError : there is no such plan, it is published, or the check is none of its list.
    NotYoursError : the plan or the agent is not the principal's.
    """
    with store.writing() as connection:
        own = _changeable(connection, principal, "sign.read", plan)
        refuse_strangers(connection, principal, "fault.write", own, [] if agent is None else [agent])
        known = {one.id for one in _listed(connection, own, _about(principal, "check.read", own, checks.c.agent))}
        if check is not None and check not in known:
            raise InputError([Finding("check_unknown", value=str(check))])
        row = {"plan": own.id, "check": check, "agent": agent, "finder": principal.who, "at": now(), "words": words}
        number = int(connection.execute(insert(faults).values(row)).inserted_primary_key.id)  # type: ignore[union-attr]
        note(connection, principal, "fault", "plan", plan, after={"fault": number})
        return _fault(connection.execute(select(faults).where(faults.c.id == number)).mappings().one())


@guarded("plan.write")
def settle_fault(store: Store, principal: Principal, number: int, why: str = "") -> Fault:
    """Tell that an error is mended, or is none; the finder stays credited, and whoever settled it first.

    Raises
    ------
    InputError : there is no such fault.
    """
    with store.writing() as connection:
        found = connection.execute(select(faults.c.settled_at).where(faults.c.id == number)).first()
        if found is None:
            raise InputError([Finding("fault_unknown", value=str(number))])
        if found.settled_at is None:
            at = note(connection, principal, "settle", "fault", str(number), why=why)
            own = {"settled_by": principal.who, "settled_at": at}
            connection.execute(update(faults).where(faults.c.id == number).values(own))
        return _fault(connection.execute(select(faults).where(faults.c.id == number)).mappings().one())


@guarded("fault.read")
def list_faults(store: Store, principal: Principal, plan: str) -> tuple[Fault, ...]:
    """What was found in a plan, oldest first: about the plan, and about people whose rows the principal may see.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "sign.read", plan)
        mine = (faults.c.plan == own.id) & _about(principal, "fault.read", own, faults.c.agent)
        return tuple(map(_fault, connection.execute(select(faults).where(mine).order_by(faults.c.id)).mappings()))


def open_faults(connection: Connection, plan: OpenPlan) -> int:
    """How many errors are not settled."""
    own = (faults.c.plan == plan.id) & faults.c.settled_at.is_(None)
    return len(connection.execute(select(faults.c.id).where(own)).all())


def has_checks(connection: Connection, plan: OpenPlan) -> bool:
    """Whether there is a list that still holds."""
    own = (checks.c.plan == plan.id) & checks.c.void.is_(False)
    return connection.execute(select(checks.c.id).where(own).limit(1)).first() is not None


def _about(principal: Principal, action: str, plan: OpenPlan, agent: ColumnElement[Any]) -> ColumnElement[bool]:
    mine = within(principal, action, team=plan_people.c.team, agent=plan_people.c.agent)
    own = select(plan_people.c.agent).where((plan_people.c.plan == plan.id) & mine)
    return true() if scope(principal, action) == "all" else or_(agent.is_(None), agent.in_(own))


def _changeable(connection: Connection, principal: Principal, action: str, plan: str) -> OpenPlan:
    own = reach(connection, principal, action, plan)
    if own.status in FINAL:
        raise InputError([Finding("plan_final", value=own.status)])
    return own


def _listed(connection: Connection, plan: OpenPlan, about: ColumnElement[bool]) -> tuple[Check, ...]:
    query = select(checks).where((checks.c.plan == plan.id) & checks.c.void.is_(False) & about).order_by(checks.c.id)
    rows = connection.execute(query).mappings()
    return tuple(Check(row["code"], row["severity"], row["agent"], json.loads(row["facts"]), row["id"]) for row in rows)


def _fault(row: Mapping[Any, Any]) -> Fault:
    return Fault(**{name: row[name] for name in Fault.__slots__})


def _text(facts: Mapping[str, Any]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, default=str)
