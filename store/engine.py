"""Connections: one writer at a time, nothing half written, a journal mode that this SQLite can be trusted with."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, pool
from sqlalchemy.exc import DatabaseError

from desk import Finding, InputError
from store.address import store_url
from store.migrate import needs_upgrade, revision, run_migrations

WAL_SAFE_FROM = (3, 51, 3)
BUSY_S = 30.0


@dataclass(frozen=True, slots=True)
class Store:
    """An open store."""

    engine: Engine

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(str(self.engine.url.database))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the write lock; committed at the end, rolled back at an exception."""
        with self.engine.connect().execution_options(peakdesk_writes=True) as connection, connection.begin():
            yield connection


def open_store(address: str | None = None) -> Store:
    """Open the store, making or upgrading it where needed.

    Parameters
    ----------
    address : database URL; default ``PEAKDESK_DB``, else a file in the home folder.

    Raises
    ------
    InputError : no SQLite file's address, not a database, a newer schema, or a file that can't be written.
    """
    url = store_url(address)
    store = Store(_engine(url))
    try:
        _private_file(store.path)
        _bring_up(store)
    except (DatabaseError, OSError) as error:
        reason = str(getattr(error, "orig", error))
        raise InputError([Finding("store_unusable", file=store.path.name, facts={"reason": reason})]) from error
    return store


def upgrade(address: str | None = None) -> str:
    """Bring the schema of a store to the newest revision, in one transaction: all of it or nothing; its revision."""
    with open_store(address).reading() as connection:
        return str(revision(connection))


def journal_mode() -> str:
    """WAL from SQLite 3.51.3 on; before, a bug can corrupt a WAL when two connections write and checkpoint at once."""
    return "wal" if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else "delete"


def _bring_up(store: Store) -> None:
    with store.reading() as connection:
        if not needs_upgrade(connection):
            return
    with store.writing() as connection:
        run_migrations(connection)


def _engine(url: URL) -> Engine:
    engine = create_engine(url, poolclass=pool.NullPool, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != journal_mode():
        connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("peakdesk_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
