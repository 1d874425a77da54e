"""Two people exchange shifts of a published plan: the only edits that such a plan takes."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from desk import Finding, InputError
from store.access import guarded
from store.cell_edit import CellEdit, refuse_naive
from store.duty_edit import put_edits
from store.engine import Store
from store.plan_scope import OpenPlan
from store.principal import NotYoursError, Principal
from store.request import Request, may_decide, put_answer, refuse_untimely, seen_request
from store.schema import plans


@guarded("request.answer")
def grant_swap(store: Store, principal: Principal, number: int, edits: Sequence[CellEdit], words: str = "") -> Request:
    """Approve a swap together with the edits that make it: all of it, or nothing.

    The plan's files, hash and signatures stay as they were published; duty and roster as read follow the edits.

    Parameters
    ----------
    edits : cells of the two people, on the two days.

    Raises
    ------
    NotYoursError : the principal may not answer the request, or is a party to it.
    InputError : there is no such request, it is no swap, not accepted or answered already; the plan is not published;
        an edit is none of the swap's, or somebody edited its cell meanwhile.
    """
    refuse_naive(edits)
    with store.writing() as connection:
        own = seen_request(connection, principal, number)
        if not may_decide(principal, own):
            raise NotYoursError
        if own.kind != "swap":
            raise InputError([Finding("request_not_swap", value=str(number))])
        refuse_untimely(own, "approve")
        if not edits:
            raise InputError([Finding("swap_needs_edits", value=str(number))])
        _refuse_foreign(own, {edit.agent for edit in edits} - {own.agent, own.partner})
        entries = put_edits(connection, principal, _published(connection, own), edits, words)
        _refuse_foreign(own, {str(entry.date) for entry in entries} - set(own.detail.values()))
        return put_answer(connection, principal, own, "approve", words)


def _published(connection: Connection, request: Request) -> OpenPlan:
    columns = (plans.c.id, plans.c.hash, plans.c.status, plans.c.desk, plans.c.created_by)
    row = connection.execute(select(*columns).where(plans.c.hash == request.plan)).mappings().one()
    if row["status"] != "published":
        raise InputError([Finding("swap_not_published", value=row["status"])])
    return OpenPlan(**row)


def _refuse_foreign(request: Request, others: set[str]) -> None:
    """A swap touches its two people on its two days."""
    if others:
        raise InputError([Finding("swap_foreign", value=sorted(others)[0], facts={"number": request.id})])
