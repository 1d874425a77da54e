"""PostgreSQL: for several people on one server."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, pool, select, text

from desk import Finding
from store.moment import Moment
from store.schema import METADATA
from store.sqlite import BUSY_S, WRITES

WRITE_LOCK = 0x5065616B
"""Key of the advisory lock that every writer takes ("Peak")."""
IDLE_S = 120.0
"""A writer who does nothing for so long is ended by the server, so that nobody waits for who hangs with the lock."""
QUIET_S, ASK_S, ASKED = 15, 5, 3
"""After so many seconds without a sign the other end is asked, so often, so many times, before it counts as gone."""


class Postgres:
    """A store in a database of a server."""

    def engine(self, url: URL) -> Engine:
        """Every use opens a connection and closes it: none is left behind by a killed session."""
        engine = create_engine(url, poolclass=pool.NullPool, connect_args=_CONNECT)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def prepare(self, url: URL) -> None:
        """Nothing: the database is made by who runs the server."""

    def hold(self, connection: Connection) -> None:
        """Writers come one after the other, as on SQLite, so both databases keep the same promises."""
        connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = {1000 * IDLE_S:.0f}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})

    def clock(self, connection: Connection) -> datetime:
        """The server's: those of the machines that share the store may differ."""
        return connection.execute(select(func.clock_timestamp(type_=Moment()))).scalar_one()

    def name(self, url: URL) -> str:
        """The address without its password, which some write behind a question mark."""
        return url.set(query={}).render_as_string(hide_password=True)

    def unsound(self, connection: Connection) -> Iterator[Finding]:
        """Nothing: the server enforces references and checks its pages itself."""
        yield from ()

    def grow_only(self, connection: Connection, *, on: bool) -> None:
        """Inside a restore the trail is written anew."""
        connection.execute(text(f"ALTER TABLE trail {'ENABLE' if on else 'DISABLE'} TRIGGER USER"))

    def overwrite_deleted(self, connection: Connection) -> None:
        """Nothing: what is deleted goes with the server's next vacuum."""

    def copied(self, connection: Connection) -> None:
        """Set each sequence behind the largest number copied."""
        for table in METADATA.sorted_tables:
            if "id" in table.c:
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                        f"coalesce((SELECT max(id) FROM {table.name}), 0) + 1, false)"
                    )
                )


_CONNECT = {
    "connect_timeout": int(BUSY_S),
    "keepalives_idle": QUIET_S,
    "keepalives_interval": ASK_S,
    "keepalives_count": ASKED,
    "tcp_user_timeout": int(1000 * BUSY_S),
}


def _prepare(connection: Any, _record: Any) -> None:
    """Acknowledged is on disk, whatever the server's default; nobody waits for ever for a lock, or for who is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = '{BUSY_S:.0f}s'")
        cursor.execute(f"SET tcp_keepalives_idle = {QUIET_S}")
        cursor.execute(f"SET tcp_keepalives_interval = {ASK_S}")
        cursor.execute(f"SET tcp_keepalives_count = {ASKED}")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Readers see one state; a writer sees what stands once it has the lock, whatever the server's default: who saw
    what stood when it began to wait would write over what came meanwhile."""
    writes = connection.get_execution_options().get(WRITES, False)
    level = "READ COMMITTED" if writes else "REPEATABLE READ READ ONLY"
    connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL {level}")
