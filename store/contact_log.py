"""Contact logs as rows: brought in by the million, shown to each person as far as they may see."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, delete, exists, func, insert, intersect, select, true, update

from desk import Finding, InputError
from store.access import guarded, scope, within
from store.bulk import fill
from store.contact_row import COLUMNS, frame_of, rows_of
from store.engine import Store
from store.plan_rows import teams_of
from store.principal import NotYoursError, Principal
from store.schema import contact_logs, contacts, desks
from store.trail import note

BATCH_ROWS = 50_000
"""Rows that are written under one hold of the write lock: others write in between."""
ABANDONED_AFTER = timedelta(minutes=10)
"""An import that gave no sign of life for so long is over, and its rows are taken away by the next."""


@dataclass(frozen=True, slots=True)
class ContactLog:
    """A log that was brought in; ``rows`` are those that one may see."""

    id: int
    name: str
    desk: str
    rows: int
    created_at: datetime
    created_by: str


@guarded("contact.write")
def import_contacts(
    store: Store, principal: Principal, name: str, log: pd.DataFrame, desk: str, why: str = ""
) -> ContactLog:
    """Keep a contact log, batch by batch; nobody sees any of it before all of it is there.

    Parameters
    ----------
    log : table ``contacts`` as a loaded desk has it.
    desk : hash of the saved desk whose agents and teams it tells of.

    Raises
    ------
    InputError : the desk was not saved.
    """
    with store.writing() as connection:
        at = store.backend.clock(connection)
        _sweep(connection, at)
        kept, teams = _begun(connection, at, principal, name, len(log), desk)
    try:
        for first in range(0, len(log), BATCH_ROWS):
            rows = rows_of(kept.id, first, log.iloc[first : first + BATCH_ROWS], teams)
            with store.writing() as connection:
                fill(connection, contacts, COLUMNS, rows)
                _touch(connection, kept.id, store.backend.clock(connection))
        with store.writing() as connection:
            connection.execute(update(contact_logs).where(contact_logs.c.id == kept.id).values(ready=True))
            told = {"name": name, "rows": len(log), "desk": desk}
            note(connection, principal, "import", "contacts", str(kept.id), after=told, why=why)
    except BaseException:
        with suppress(InputError), store.writing() as connection:
            _drop(connection, kept.id)
        raise
    return kept


@guarded("contact.read")
def list_contact_logs(store: Store, principal: Principal) -> tuple[ContactLog, ...]:
    """The logs with contacts that the principal may see, newest first."""
    names = [name for name in ContactLog.__slots__ if name != "rows"]
    columns = [contact_logs.c[name] for name in names]
    query = select(*columns, _seen_rows(principal).label("rows")).where(contact_logs.c.ready & _some(principal))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(contact_logs.c.id.desc())).mappings().all()
    return tuple(ContactLog(**row) for row in rows)


@guarded("contact.read")
def read_contacts(
    store: Store, principal: Principal, log: int, timezone: str, *, contact: str | None = None
) -> pd.DataFrame:
    """Table ``contacts`` of a log, in its order, times in ``timezone``: the rows that the principal may see.

    Parameters
    ----------
    contact : the only one asked for.

    Raises
    ------
    InputError : there is no such log; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        one = (contact_logs.c.id == log) & contact_logs.c.ready & _some(principal)
        if connection.execute(select(contact_logs.c.id).where(one)).first() is None:
            if scope(principal, "contact.read") != "all":
                raise NotYoursError
            raise InputError([Finding("contact_log_unknown", value=str(log))])
        query = _rows(principal, log)
        query = query if contact is None else query.where(contacts.c.contact == contact)
        found = connection.execution_options(yield_per=BATCH_ROWS).execute(query)
        return frame_of(found.partitions(), timezone)


@guarded("contact.read")
def filled_columns(store: Store, principal: Principal, log: int) -> frozenset[str]:
    """The columns in which a log holds anything, in the rows that the principal may see."""
    columns = [func.count(contacts.c[name]).label(name) for name in COLUMNS[3:-1]]
    with store.reading() as connection:
        query = select(*columns).where((contacts.c.log == log) & _mine(principal))
        return frozenset(name for name, count in connection.execute(query).mappings().one().items() if count)


@guarded("contact.read")
def shared_contacts(store: Store, principal: Principal, log: int, others: Sequence[int]) -> dict[int, int]:
    """How many contacts of a log stand in each of the other logs as well, by id and arrival; those with some. Of the
    rows that the principal may see.
    """
    mine = select(contacts.c.contact, contacts.c.arrived).where(_mine(principal))
    found = {}
    with store.reading() as connection:
        for other in others:
            both = intersect(mine.where(contacts.c.log == log), mine.where(contacts.c.log == other)).subquery()
            found[other] = int(connection.execute(select(func.count()).select_from(both)).scalar_one())
    return {other: count for other, count in found.items() if count}


def _rows(principal: Principal, log: int) -> Select[Any]:
    query = select(*(contacts.c[name] for name in COLUMNS[3:]))
    return query.where((contacts.c.log == log) & _mine(principal)).order_by(contacts.c.row)


def _mine(principal: Principal) -> Any:
    return within(principal, "contact.read", team=contacts.c.team, agent=contacts.c.agent)


def _some(principal: Principal) -> Any:
    if scope(principal, "contact.read") == "all":
        return true()
    return exists(select(contacts.c.row).where((contacts.c.log == contact_logs.c.id) & _mine(principal)))


def _seen_rows(principal: Principal) -> Any:
    if scope(principal, "contact.read") == "all":
        return contact_logs.c.rows
    own = (contacts.c.log == contact_logs.c.id) & _mine(principal)
    return select(func.count()).select_from(contacts).where(own).scalar_subquery()


def _begun(
    connection: Connection, at: datetime, principal: Principal, name: str, rows: int, desk: str
) -> tuple[ContactLog, Mapping[str, str]]:
    if connection.execute(select(desks.c.hash).where(desks.c.hash == desk)).first() is None:
        raise InputError([Finding("store_unknown_desk", value=desk)])
    row = {"name": name, "desk": desk, "rows": rows, "created_at": at, "created_by": principal.who}
    made = connection.execute(insert(contact_logs).values(row | {"ready": False, "touched_at": at}))
    number = int(made.inserted_primary_key.id)  # type: ignore[union-attr]
    return ContactLog(number, **row), teams_of(connection, desk)  # type: ignore[arg-type]


def _touch(connection: Connection, number: int, at: datetime) -> None:
    """A sign of life of an import."""
    connection.execute(update(contact_logs).where(contact_logs.c.id == number).values(touched_at=at))


def _sweep(connection: Connection, at: datetime) -> None:
    """Take away what imports left behind that were killed."""
    for number in _abandoned(connection, at):
        _drop(connection, number)


def _abandoned(connection: Connection, at: datetime) -> Iterator[int]:
    own = contact_logs.c.ready.is_(False) & (contact_logs.c.touched_at < at - ABANDONED_AFTER)
    yield from connection.execute(select(contact_logs.c.id).where(own)).scalars().all()


def _drop(connection: Connection, number: int) -> None:
    connection.execute(delete(contacts).where(contacts.c.log == number))
    connection.execute(delete(contact_logs).where(contact_logs.c.id == number))
