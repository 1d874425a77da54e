"""Desks in the store: every version that was saved, by the hash of its content."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, insert, select, update

from desk import Desk, Finding, InputError
from desk.content import content_digest
from desk.moment_words import moment_words
from desk.settings import Settings
from store import blob
from store.access import guarded
from store.engine import Store
from store.principal import Principal
from store.schema import desk_tables, desks
from store.table_text import decode, encode
from store.trail import note

_NEWEST = (desks.c.created_at.desc(), desks.c.id.desc())
"""Order: the newest first."""
_SHORT = 12


@dataclass(frozen=True, slots=True)
class DeskVersion:
    """A saved version of a desk."""

    hash: str
    name: str
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Written:
    """A desk that is to be kept: its tables as they are stored, and the hash of the version that was changed."""

    desk: Desk
    bodies: Mapping[str, bytes]
    seen: str | None = None


def written(desk: Desk, seen: str | None = None) -> Written:
    """A desk made ready to be kept, before a transaction begins."""
    return Written(desk, {name: encode(name, frame) for name, frame in desk.tables.items()}, seen)


@guarded("desk.write")
def save_desk(store: Store, principal: Principal, desk: Desk, why: str = "", *, seen: str | None = None) -> DeskVersion:
    """Keep this version of the desk as the newest of its name; the version that is there already, where its content
    was saved before: something was taken back, and it counts as saved now.

    Parameters
    ----------
    seen : hash of the version that was changed; None for a desk that comes from elsewhere.

    Raises
    ------
    InputError : somebody saved another version since ``seen``, which this one would undo.
    """
    own = written(desk, seen)
    with store.writing() as connection:
        return put_desk(connection, principal, own, why)


def put_desk(connection: Connection, principal: Principal, own: Written, why: str) -> DeskVersion:
    """Keep a version of a desk within the transaction of a caller who knows that it may be."""
    desk, key = own.desk, own.desk.content_hash
    if own.seen is not None:
        _refuse_overtaken(connection, desk, {own.seen, key})
    if found := _version(connection, key):
        return _renewed(connection, principal, found, why)
    at = note(connection, principal, "save", "desk", key, after={"name": desk.settings.name}, why=why)
    at = _later(at, _newest(connection, desk.settings.name))
    version = DeskVersion(key, desk.settings.name, at, principal.who)
    connection.execute(insert(desks).values(settings=desk.settings.model_dump_json(), **asdict(version)))
    for name, body in own.bodies.items():
        connection.execute(insert(desk_tables).values(desk=key, name=name, blob=blob.put(connection, body)))
    return version


@guarded("desk.read")
def load_desk_version(store: Store, principal: Principal, key: str) -> Desk:
    """The desk of a hash.

    Raises
    ------
    InputError : there is no such version, it is not what was saved, or has settings of another version of Peakdesk.
    """
    with store.reading() as connection:
        text, bodies = stored_desk(connection, key)
        settings = settings_in(text, key)
        tables = {name: decode(name, blob.get(connection, body), settings.timezone) for name, body in bodies.items()}
    if content_digest(text, tables) != key:
        raise InputError([Finding("store_damaged", value=key)])
    return Desk(settings, tables, f"store:{key}")


@guarded("desk.list")
def list_desks(store: Store, principal: Principal, name: str | None = None) -> tuple[DeskVersion, ...]:
    """The versions, newest first; of one desk by its name."""
    query = _columns().order_by(*_NEWEST)
    if name is not None:
        query = query.where(desks.c.name == name)
    with store.reading() as connection:
        return tuple(DeskVersion(**row) for row in connection.execute(query).mappings())


@guarded("desk.list")
def zone_of_desk(store: Store, principal: Principal, key: str) -> str:
    """The time zone of the desk of a hash.

    Raises
    ------
    InputError : there is no such version.
    """
    with store.reading() as connection:
        return zone_in(connection, key)


@guarded("desk.list")
def currency_of_desk(store: Store, principal: Principal, key: str) -> str:
    """The currency of the desk of a hash.

    Raises
    ------
    InputError : there is no such version.
    """
    with store.reading() as connection:
        return str(json.loads(_settings_text(connection, key))["currency"])


def zone_in(connection: Connection, key: str) -> str:
    """The time zone of a version, within a caller's transaction."""
    return str(json.loads(_settings_text(connection, key))["timezone"])


def settings_in(text: str, key: str) -> Settings:
    """The settings of a version, from their text.

    Raises
    ------
    InputError : another version of Peakdesk kept them, with one that this one has not, or not so.
    """
    try:
        return Settings.model_validate_json(text)
    except ValidationError as error:
        setting = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InputError([Finding("store_other_settings", value=key[:_SHORT], facts={"setting": setting})]) from error


def stored_desk(connection: Connection, key: str) -> tuple[str, dict[str, str]]:
    """Settings of a version as they are kept, and table name -> hash of its content."""
    text = _settings_text(connection, key)
    rows = connection.execute(select(desk_tables.c.name, desk_tables.c.blob).where(desk_tables.c.desk == key))
    return text, {row.name: row.blob for row in rows}


def _settings_text(connection: Connection, key: str) -> str:
    text = connection.execute(select(desks.c.settings).where(desks.c.hash == key)).scalar()
    if text is None:
        raise InputError([Finding("store_unknown_desk", value=key)])
    return str(text)


def _refuse_overtaken(connection: Connection, desk: Desk, known: set[str]) -> None:
    name = desk.settings.name
    newest = _newest(connection, name)
    if newest is not None and newest.hash not in known:
        facts = {"who": newest.created_by, "at": moment_words(newest.created_at, desk.settings.timezone)}
        raise InputError([Finding("desk_conflict", value=name, facts=facts)])


def _later(at: datetime, newest: DeskVersion | None) -> datetime:
    """The moment, or where the clock was put back since the newest version, the one just after that: the last saved
    version is the newest whatever the clock says.
    """
    return at if newest is None or at > newest.created_at else newest.created_at + timedelta(microseconds=1)


def _newest(connection: Connection, name: str) -> DeskVersion | None:
    row = connection.execute(_columns().where(desks.c.name == name).order_by(*_NEWEST)).mappings().first()
    return None if row is None else DeskVersion(**row)


def _renewed(connection: Connection, principal: Principal, found: DeskVersion, why: str) -> DeskVersion:
    """The version, dated anew where another of its name has been saved since."""
    newest = _newest(connection, found.name)
    if newest is not None and newest.hash == found.hash:
        return found
    at = note(connection, principal, "save", "desk", found.hash, after={"name": found.name}, why=why)
    version = replace(found, created_at=_later(at, newest), created_by=principal.who)
    own = {"created_at": version.created_at, "created_by": version.created_by}
    connection.execute(update(desks).where(desks.c.hash == found.hash).values(own))
    return version


def _version(connection: Connection, key: str) -> DeskVersion | None:
    row = connection.execute(_columns().where(desks.c.hash == key)).mappings().first()
    return None if row is None else DeskVersion(**row)


def _columns() -> Select[Any]:
    return select(desks.c.hash, desks.c.name, desks.c.created_at, desks.c.created_by)
