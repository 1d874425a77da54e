"""Leave and wishes are approved together with the desks that they change."""

from collections.abc import Iterable
from hashlib import sha256

import pandas as pd
from sqlalchemy import Connection

from desk import Desk, Finding, InputError
from store import blob
from store.access import guarded
from store.desk_version import DeskVersion, Written, put_desk, settings_in, stored_desk, written
from store.engine import Store
from store.principal import NotYoursError, Principal, owner
from store.request import Request, may_decide, put_answer, refuse_untimely, seen_request
from store.table_text import decode, encode

TABLES = {"leave": "leave", "wish": "requests"}
"""What each kind may change."""


@guarded("request.answer")
def grant_absence(
    store: Store, principal: Principal, number: int, changed: Iterable[tuple[Desk, str]], words: str = ""
) -> tuple[DeskVersion, ...]:
    """Approve a leave or a wish and keep the desks with its rows: all of it, or nothing.

    A lead may not write desks: the program does it in their name.

    Parameters
    ----------
    changed : each desk with the rows, and the hash of the version that they were put into.

    Raises
    ------
    NotYoursError : the principal may not answer the request.
    InputError : there is no such request, it is another kind or answered already; somebody saved a desk meanwhile; a
        desk differs in more than the asker's own leave or wishes.
    """
    ready = [written(desk, seen) for desk, seen in changed]
    with store.writing() as connection:
        own = seen_request(connection, principal, number)
        if not may_decide(principal, own):
            raise NotYoursError
        if own.kind not in TABLES:
            raise InputError([Finding("request_no_absence", value=str(number))])
        refuse_untimely(own, "approve")
        put_answer(connection, principal, own, "approve", words)
        for desk in ready:
            _refuse_foreign(connection, own, desk)
        hand, why = owner(principal.who), f"{own.kind} {number}"
        return tuple(put_desk(connection, hand, desk, why) for desk in ready)


def _refuse_foreign(connection: Connection, request: Request, desk: Written) -> None:
    """An approval touches nothing of a desk but the asker's own rows. Settings are compared as they are understood: an
    earlier release kept fewer of them.
    """
    name, zone = TABLES[request.kind], desk.desk.settings.timezone
    text, before = stored_desk(connection, str(desk.seen))
    after = {own: sha256(body).hexdigest() for own, body in desk.bodies.items()}
    touched = {own for own in before.keys() | after.keys() if before.get(own) != after.get(own)}
    old = decode(name, blob.get(connection, before[name]), zone) if name in before else None
    others = [_of_others(name, frame, request.agent) for frame in (old, desk.desk.tables.get(name))]
    resettled = settings_in(text, str(desk.seen)) != desk.desk.settings
    if touched - {name} or resettled or others[0] != others[1]:
        raise InputError([Finding("absence_foreign", value=desk.desk.settings.name, facts={"number": request.id})])


def _of_others(name: str, frame: pd.DataFrame | None, agent: str) -> list[bytes]:
    """The rows of everybody else, as they are written."""
    return [] if frame is None else sorted(encode(name, frame[frame["agent"] != agent]).splitlines()[1:])
