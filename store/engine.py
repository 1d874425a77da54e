"""Connections: one writer at a time, nothing half written."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DatabaseError

from desk import Finding, InputError
from store.address import store_url
from store.backend import Backend
from store.migrate import needs_upgrade, revision, run_migrations
from store.postgres import Postgres
from store.sqlite import WRITES, Sqlite

FAILURES = (DatabaseError, sqlite3.DatabaseError, psycopg.DatabaseError)
"""What a database raises, through SQLAlchemy or, for many rows at once, by itself."""
OUR_FAULT = ("IntegrityError", "ProgrammingError", "DataError", "NotSupportedError")
"""Kinds of failure that say something of our own statements, and nothing of the database's health."""
DENIED = psycopg.errors.InsufficientPrivilege
"""The exception among these: an account that may not do it."""
TOO_LARGE = (OverflowError, psycopg.errors.NumericValueOutOfRange)
"""A number beyond what a column holds."""
BACKENDS: dict[str, Backend] = {"sqlite": Sqlite(), "postgresql": Postgres()}


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Parameters
    ----------
    patience_s : how long to wait before each new try to reach a database that is away; none, and it is told at once.
    """

    engine: Engine
    patience_s: tuple[float, ...] = ()

    @property
    def backend(self) -> Backend:
        """What its database does in its own way."""
        return BACKENDS[self.engine.dialect.name]

    @property
    def path(self) -> Path | None:
        """Its file, where it is one."""
        return Path(str(self.engine.url.database)) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store.

        Raises
        ------
        InputError : the database can't be reached or read.
        """
        with self._told(), self._begun(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the write lock; committed at the end, rolled back at an exception.

        Raises
        ------
        InputError : the database can't be reached or written, such as for a full disk; nothing of it is kept.
        """
        with self._told(), self._begun(writes=True) as connection:
            yield connection

    @contextmanager
    def _begun(self, *, writes: bool) -> Iterator[Connection]:
        """A transaction, with the lock where it writes; tried again as long as nothing was done in it."""
        for wait_s in (*self.patience_s, None):
            with ExitStack() as begun:
                try:
                    connection = begun.enter_context(self.engine.connect().execution_options(**{WRITES: writes}))
                    begun.enter_context(connection.begin())
                    if writes:
                        self.backend.hold(connection)
                except FAILURES:
                    if wait_s is None:
                        raise
                else:
                    yield connection
                    return
            time.sleep(wait_s)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in words what the database can't do."""
        try:
            yield
        except (*FAILURES, OverflowError, UnicodeEncodeError) as error:
            own = getattr(error, "orig", error)
            if isinstance(own, TOO_LARGE):
                raise InputError([Finding("store_too_large")]) from error
            if _is_no_text(own):
                raise InputError([Finding("store_no_text")]) from error
            if not isinstance(own, DENIED) and {kind.__name__ for kind in type(error).__mro__} & set(OUR_FAULT):
                raise
            raise _unusable(self.engine.url, error) from error


def open_store(address: str | None = None) -> Store:
    """Open the store, making or upgrading it where needed.

    Parameters
    ----------
    address : database URL; default ``PEAKDESK_DB``, else a file in the home folder.

    Raises
    ------
    InputError : not the address of a SQLite file or a PostgreSQL database, not a database, a newer schema, or one that
        can't be reached or written.
    """
    url = store_url(address)
    backend = BACKENDS[url.get_backend_name()]
    try:
        backend.prepare(url)
        store = Store(backend.engine(url))
        _bring_up(store)
    except (DatabaseError, OSError) as error:
        raise _unusable(url, error) from error
    return store


def upgrade(address: str | None = None) -> str:
    """Bring the schema of a store to the newest revision, in one transaction: all of it or nothing; its revision."""
    with open_store(address).reading() as connection:
        return str(revision(connection))


def _is_no_text(error: BaseException) -> bool:
    """Whether a text could not be sent at all: it holds NUL, which PostgreSQL has no place for, or half a letter."""
    unsent = isinstance(error, psycopg.DataError) and error.sqlstate is None
    return unsent or isinstance(error, UnicodeEncodeError)


def _unusable(url: URL, error: Exception) -> InputError:
    backend = url.get_backend_name()
    code = "store_unusable" if backend == "sqlite" else "store_server_unusable"
    own = getattr(error, "orig", error)
    said = getattr(getattr(own, "diag", None), "message_primary", None) or str(own)
    reason = " ".join(said.split()).rstrip(".?")
    return InputError([Finding(code, file=BACKENDS[backend].name(url), facts={"reason": reason})])


def _bring_up(store: Store) -> None:
    with store.reading() as connection:
        if not needs_upgrade(connection):
            return
    with store.writing() as connection:
        if needs_upgrade(connection):
            run_migrations(connection)
