"""Many rows at once, by each database's own quickest way, inside the transaction that is open."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table

BATCH_ROWS = 20_000


def fill(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert the rows as they are: plain numbers, texts, booleans and None, in the order of ``columns``."""
    raw: Any = connection.connection.driver_connection
    names = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in columns)
    if connection.dialect.name == "postgresql":
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks, waiting = ", ".join("?" * len(columns)), iter(rows)
    while batch := list(islice(waiting, BATCH_ROWS)):
        raw.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", batch)
