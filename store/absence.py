"""Leave and wishes are approved together with the desks that they change."""

from collections.abc import Iterable

from desk import Desk, Finding, InputError
from store.access import guarded
from store.desk_version import DeskVersion, put_desk, written
from store.engine import Store
from store.principal import NotYoursError, Principal, owner
from store.request import may_decide, put_answer, refuse_untimely, seen_request

KINDS = ("leave", "wish")


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
    InputError : there is no such request, it is another kind or answered already; somebody saved a desk meanwhile.
    """
    ready = [written(desk, seen) for desk, seen in changed]
    with store.writing() as connection:
        own = seen_request(connection, principal, number)
        if not may_decide(principal, own):
            raise NotYoursError
        if own.kind not in KINDS:
            raise InputError([Finding("request_no_absence", value=str(number))])
        refuse_untimely(own, "approve")
        put_answer(connection, principal, own, "approve", words)
        hand, why = owner(principal.who), f"{own.kind} {number}"
        return tuple(put_desk(connection, hand, desk, why) for desk in ready)
