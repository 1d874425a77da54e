"""Signing before publishing: setter, second person, peer, other department; small teams set fewer steps."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk import Finding, InputError
from store.access import allowed, guarded
from store.check import has_checks, open_faults
from store.engine import Store
from store.journal import editors
from store.moment import now
from store.plan_scope import FINAL, OpenPlan, reach
from store.plan_status import move
from store.principal import Principal
from store.schema import STEPS, desks, signatures
from store.trail import note

ALL_STEPS = len(STEPS)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed which step, as what, and when; void once the plan was edited or its list laid down anew."""

    step: str
    who: str
    role: str
    teams: tuple[str, ...]
    at: datetime
    why: str
    void: bool


@guarded("sign.read")
def list_signatures(store: Store, principal: Principal, plan: str) -> tuple[Signature, ...]:
    """All signatures of a plan, void ones too, oldest first.

    Raises
    ------
    InputError : there is no such plan.
    """
    with store.reading() as connection:
        return _signatures(connection, reach(connection, principal, "sign.read", plan))


@guarded("sign.read")
def next_step(store: Store, principal: Principal, plan: str) -> str | None:
    """The step that is to be signed next; None once all are.

    Raises
    ------
    InputError : there is no such plan.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "sign.read", plan)
        return _next(_wanted(connection, own), _valid(connection, own))


@guarded("sign.read")
def why_not_sign(store: Store, principal: Principal, plan: str, step: str) -> Finding | None:
    """What stands in the principal's way to sign a step now; None where nothing does but the right to sign at all.

    Raises
    ------
    InputError : there is no such plan.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "sign.read", plan)
        return _refused(connection, principal, own, step, _valid(connection, own), _wanted(connection, own))


@guarded("sign.write")
def sign_plan(store: Store, principal: Principal, plan: str, step: str, why: str = "") -> Signature:
    """Answer for a step with one's name.

    The steps come in order. Each is signed by somebody else, the later ones by nobody who made or edited the plan; the
    setter may write plans, the peer has the setter's role, the other department shares no team with the setter.

    Raises
    ------
    InputError : there is no list of checks, an error is not settled, it is not the step's turn, or the principal is not
        the one to sign it.
    """
    with store.writing() as connection:
        own = reach(connection, principal, "sign.write", plan)
        valid, wanted = _valid(connection, own), _wanted(connection, own)
        if refused := _refused(connection, principal, own, step, valid, wanted):
            raise InputError([refused])
        row = {"plan": own.id, "step": step, "who": principal.who, "role": principal.role, "at": now(), "why": why}
        teams = json.dumps(list(principal.teams), ensure_ascii=False)
        connection.execute(insert(signatures).values(row | {"teams": teams, "void": False}))
        note(connection, principal, "sign", "plan", plan, after={"step": step}, why=why)
        status = "signed" if len(valid) + 1 == len(wanted) else "checked"
        if status != own.status:
            move(connection, principal, own, status, why)
        return _valid(connection, own)[-1]


@guarded("plan.status")
def publish_plan(store: Store, principal: Principal, plan: str, why: str = "") -> None:
    """Show a signed plan to everybody in it; from then on it stays as it is.

    Raises
    ------
    InputError : there is no such plan, signatures are missing, or an error is not settled.
    """
    with store.writing() as connection:
        own = reach(connection, principal, "plan.status", plan)
        if own.status in FINAL:
            raise InputError([Finding("plan_final", value=own.status)])
        missing = _next(_wanted(connection, own), _valid(connection, own))
        if missing is not None:
            raise InputError([Finding("sign_missing", value=missing)])
        if number := open_faults(connection, own):
            raise InputError([Finding("fault_open", value=str(number))])
        move(connection, principal, own, "published", why)


def _refused(
    connection: Connection,
    principal: Principal,
    plan: OpenPlan,
    step: str,
    valid: Sequence[Signature],
    wanted: Sequence[str],
) -> Finding | None:
    if plan.status in FINAL:
        return Finding("plan_final", value=plan.status)
    if not has_checks(connection, plan):
        return Finding("sign_no_checks")
    if number := open_faults(connection, plan):
        return Finding("fault_open", value=str(number))
    due = _next(wanted, valid)
    if step != due:
        return Finding("sign_order", value=step, facts={"due": due or "-"})
    if principal.who in {one.who for one in valid}:
        return Finding("sign_twice", value=principal.who)
    if step == "setter":
        return None if allowed(principal, "plan.write") else Finding("sign_setter", value=principal.role)
    if principal.who in {plan.created_by, *editors(connection, plan)}:
        return Finding("sign_own_work", value=principal.who)
    return _unfit(principal, step, valid[0])


def _unfit(principal: Principal, step: str, setter: Signature) -> Finding | None:
    if step == "peer" and principal.role != setter.role:
        return Finding("sign_peer", value=principal.role, facts={"role": setter.role})
    if step == "other" and (not principal.teams or set(principal.teams) & set(setter.teams)):
        return Finding("sign_other", value=", ".join(principal.teams), facts={"teams": ", ".join(setter.teams)})
    return None


def _wanted(connection: Connection, plan: OpenPlan) -> tuple[str, ...]:
    """The steps that the plan's desk asks for."""
    text = connection.execute(select(desks.c.settings).where(desks.c.hash == plan.desk)).scalar_one()
    return STEPS[: json.loads(text).get("sign_off", {}).get("steps", ALL_STEPS)]


def _next(wanted: Sequence[str], valid: Sequence[Signature]) -> str | None:
    return next(iter(wanted[len(valid) :]), None)


def _valid(connection: Connection, plan: OpenPlan) -> list[Signature]:
    return [one for one in _signatures(connection, plan) if not one.void]


def _signatures(connection: Connection, plan: OpenPlan) -> tuple[Signature, ...]:
    rows = connection.execute(select(signatures).where(signatures.c.plan == plan.id).order_by(signatures.c.id))
    return tuple(map(_signature, rows.mappings()))


def _signature(row: Mapping[Any, Any]) -> Signature:
    own = {name: row[name] for name in Signature.__slots__}
    return Signature(**(own | {"teams": tuple(json.loads(row["teams"]))}))
