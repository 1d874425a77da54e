"""Where one person stands in the store."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, or_, select

from store import blob
from store.schema import desk_tables, desks, principals
from store.table_text import decode


def accounts_of(connection: Connection, agent: str) -> tuple[str, ...]:
    """The sign-in names of an agent."""
    return tuple(connection.execute(select(principals.c.who).where(principals.c.agent == agent)).scalars())


def names_of(connection: Connection, agent: str) -> tuple[str, ...]:
    """Names and addresses that any desk version, and the sign-in, know an agent by."""
    found = dict.fromkeys(accounts_of(connection, agent))
    for _, table, frame in desk_frames(connection):
        if table == "agents":
            own = frame[frame["agent"] == agent]
            found |= {text: None for name in ("name", "email") if name in own for text in own[name].dropna()}
    return tuple(name for name in found if name and name != agent)


def desk_frames(connection: Connection) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Every table of every desk version that has a column of agents: desk, table, frame."""
    query = select(desk_tables.c.desk, desk_tables.c.name, desk_tables.c.blob, desks.c.settings)
    for row in connection.execute(query.join(desks, desks.c.hash == desk_tables.c.desk)).all():
        frame = decode(row.name, blob.get(connection, row.blob), json.loads(row.settings)["timezone"])
        if "agent" in frame:
            yield row.desk, row.name, frame


def rows_about(connection: Connection, table: Table, *columns: str, to: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table in which one of the columns holds one of the names."""
    query = select(table).where(or_(*(table.c[name].in_(to) for name in columns)))
    return [dict(row) for row in connection.execute(query).mappings()]
