"""SQLite: one file, no set-up, one writer at a time, a journal mode that this SQLite can be trusted with."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, pool

from desk import Finding
from store.moment import now

WAL_SAFE_FROM = (3, 51, 3)
BUSY_S = 30.0
WRITES = "peakdesk_writes"


class Sqlite:
    """A store in a file."""

    def engine(self, url: URL) -> Engine:
        """Every connection opens the file anew."""
        engine = create_engine(url, poolclass=pool.NullPool, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def prepare(self, url: URL) -> None:
        """The file and its folder, readable by their owner only."""
        path = Path(str(url.database))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))

    def hold(self, connection: Connection) -> None:
        """Nothing: the transaction began with the write lock."""

    def clock(self, connection: Connection) -> datetime:
        """The machine's: whoever opens the file is on it."""
        return now()

    def name(self, url: URL) -> str:
        """The file's name."""
        return Path(str(url.database)).name

    def unsound(self, connection: Connection) -> Iterator[Finding]:
        """What SQLite's own checks say."""
        verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        if verdict != "ok":
            yield Finding("store_damaged", value=str(verdict))
            return
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding("store_damaged", value=f"{row[0]} {row[1]}")

    def grow_only(self, connection: Connection, *, on: bool) -> None:
        """Nothing: a file is restored page by page."""

    def overwrite_deleted(self, connection: Connection) -> None:
        """What this connection deletes is overwritten with zeros in the file."""
        connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def copied(self, connection: Connection) -> None:
        """Nothing: SQLite counts from the largest number there is."""


def journal_mode() -> str:
    """WAL from SQLite 3.51.3 on; before, a bug can corrupt a WAL when two connections write and checkpoint at once."""
    return "wal" if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else "delete"


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != journal_mode():
        connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
