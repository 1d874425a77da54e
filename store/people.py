"""The principals that the store knows: who has which role, which teams, and is which agent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desk import Finding, InputError
from store.access import door, guarded, within
from store.engine import Store
from store.principal import STORED_ROLES, NotYoursError, Principal
from store.schema import principals, tokens
from store.trail import note


@dataclass(frozen=True, slots=True)
class Known:
    """A principal that is kept, and since when."""

    principal: Principal
    created_at: datetime


@door
def principal_of(store: Store, who: str) -> Principal:
    """The principal of a name that the sign-in proved; how its letters are cased does not matter, where it is one's.

    Raises
    ------
    NotYoursError : nobody of that name is known.
    """
    with store.reading() as connection:
        alike = _alike(connection, who)
        return known(connection, alike[0] if len(alike) == 1 else who)


@guarded("principal.read")
def list_principals(store: Store, principal: Principal) -> tuple[Known, ...]:
    """Who is known, by name; oneself only for who may see no more."""
    mine = within(principal, "principal.read", who=principals.c.who)
    with store.reading() as connection:
        rows = connection.execute(select(principals).where(mine).order_by(principals.c.who)).mappings().all()
    return tuple(Known(_from_row(row), row["created_at"]) for row in rows)


@guarded("principal.write")
def add_principal(store: Store, principal: Principal, other: Principal, why: str = "") -> Principal:
    """Let somebody in.

    Raises
    ------
    InputError : the name is known already, be it with other capitals, or the role can't be given, or lacks its agent.
    """
    row = _row(other)
    with store.writing() as connection:
        if alike := _alike(connection, other.who):
            raise InputError([Finding("principal_known", value=alike[0])])
        at = note(connection, principal, "add", "principal", other.who, after={"role": other.role}, why=why)
        connection.execute(insert(principals).values(row | {"created_at": at}))
    return other


@guarded("principal.write")
def change_principal(store: Store, principal: Principal, other: Principal, why: str = "") -> Principal:
    """Give somebody who is known another role, other teams or another agent.

    Raises
    ------
    InputError : nobody of that name is known, or the role can't be given, or lacks its agent.
    """
    row = _row(other)
    with store.writing() as connection:
        before = known(connection, other.who)
        connection.execute(update(principals).where(principals.c.who == other.who).values(row))
        told = {"before": {"role": before.role}, "after": {"role": other.role}}
        note(connection, principal, "change", "principal", other.who, why=why, **told)
    return other


@guarded("principal.write")
def remove_principal(store: Store, principal: Principal, who: str, why: str = "") -> None:
    """Let somebody in no more; their tokens are revoked."""
    with store.writing() as connection:
        before = known(connection, who)
        connection.execute(delete(principals).where(principals.c.who == who))
        at = note(connection, principal, "remove", "principal", who, before={"role": before.role}, why=why)
        own = (tokens.c.who == who) & tokens.c.revoked_at.is_(None)
        connection.execute(update(tokens).where(own).values(revoked_at=at))


@guarded("principal.act")
def act_as(store: Store, principal: Principal, who: str, why: str = "") -> Principal:
    """The principal of a name, for the owner to act in their place; the trail tells it before whatever follows.

    Raises
    ------
    InputError : nobody of that name is known.
    """
    with store.writing() as connection:
        if connection.execute(select(principals.c.who).where(principals.c.who == who)).first() is None:
            raise InputError([Finding("principal_unknown", value=who[:64])])
        note(connection, principal, "act as", "principal", who, why=why)
        return known(connection, who)


def known(connection: Connection, who: str) -> Principal:
    """The principal of a name.

    Raises
    ------
    NotYoursError : nobody of that name is known.
    """
    row = connection.execute(select(principals).where(principals.c.who == who)).mappings().first()
    if row is None:
        raise NotYoursError
    return _from_row(row)


def _alike(connection: Connection, who: str) -> list[str]:
    """The names that differ from one in capitals at most; itself alone, where it is among them."""
    names = connection.execute(select(principals.c.who)).scalars().all()
    return [who] if who in names else [name for name in names if name.casefold() == who.casefold()]


def _from_row(row: Mapping[Any, Any]) -> Principal:
    return Principal(row["who"], row["role"], tuple(json.loads(row["teams"])), row["agent"])


def _row(other: Principal) -> dict[str, Any]:
    if not other.who.strip() or len(other.who) > 64:
        raise InputError([Finding("principal_name", value=other.who)])
    if other.role not in STORED_ROLES:
        raise InputError([Finding("principal_role", value=other.role, facts={"known": ", ".join(STORED_ROLES)})])
    if other.role == "agent" and not other.agent:
        raise InputError([Finding("principal_agent", value=other.who)])
    teams = json.dumps(list(other.teams), ensure_ascii=False)
    return {"who": other.who, "role": other.role, "teams": teams, "agent": other.agent}
