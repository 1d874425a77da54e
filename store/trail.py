"""The audit trail: who did what to what, when and why; it can only grow."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from store.access import guarded, within
from store.engine import Store
from store.moment import now
from store.principal import Principal
from store.schema import trail


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail; ``before`` and ``after`` hold what changed."""

    at: datetime
    who: str
    action: str
    kind: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str


def note(
    connection: Connection,
    principal: Principal,
    action: str,
    kind: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> datetime:
    """Write a line in the transaction of the change that it tells of; its moment. It can never be taken back: nothing
    personal goes into it but who acted."""
    at = now()
    told = {"before": _json(before), "after": _json(after)}
    row = {"at": at, "who": principal.who, "why": why, "action": action, "kind": kind, "subject": subject}
    connection.execute(insert(trail).values(row | told))
    return at


@guarded("trail.read")
def read_trail(store: Store, principal: Principal, subject: str | None = None) -> tuple[Entry, ...]:
    """The lines, oldest first; of one desk or plan by its hash; what one did oneself for who may see no more."""
    columns = [column for column in trail.c if column.name != "id"]
    query = select(*columns).where(within(principal, "trail.read", who=trail.c.who)).order_by(trail.c.id)
    if subject is not None:
        query = query.where(trail.c.subject == subject)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(Entry(**{**row, "before": _loaded(row["before"]), "after": _loaded(row["after"])}) for row in rows)


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _loaded(text: str | None) -> Any:
    return None if text is None else json.loads(text)
