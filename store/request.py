"""What agents ask for: leave, wishes, swaps of shifts, appeals; and what was answered by whom."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from desk import Finding, InputError
from store.access import allowed, guarded, refuse_unless, scope, within
from store.engine import Store
from store.moment import now
from store.principal import NotYoursError, Principal
from store.request_detail import LONGEST_WORDS, checked_detail, days_asked
from store.request_plan import plan_of_request
from store.schema import ANSWERS, plans, request_answers, requests, scores
from store.team import team_of
from store.trail import note

OPEN = ("asked", "accepted")
"""Statuses in which a request waits for an answer."""
_STATUS = {"accept": "accepted", "approve": "approved", "refuse": "refused", "withdraw": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a request: accept, approve, refuse or withdraw."""

    who: str
    at: datetime
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for.

    Parameters
    ----------
    kind : ``leave``, ``wish``, ``swap`` or ``appeal``.
    agent, team : who asks, and their team at that time.
    partner : with whom to swap.
    plan : hash of the plan that it is about.
    detail : leave: date_from, date_to, kind; wish: date, wish (on or off), shift or None, weight; swap: date,
        partner_date; appeal: run, measure, record or None, claim.
    status : ``asked``, ``accepted`` (by the partner), ``approved``, ``refused`` or ``withdrawn``.
    """

    id: int
    kind: str
    agent: str
    team: str
    partner: str | None
    plan: str | None
    detail: Mapping[str, Any]
    status: str
    words: str
    created_at: datetime
    created_by: str
    answers: tuple[Reply, ...] = ()


@guarded("request.make")
def make_request(
    store: Store,
    principal: Principal,
    kind: str,
    detail: Mapping[str, Any],
    *,
    agent: str | None = None,
    partner: str | None = None,
    plan: str | None = None,
    words: str = "",
) -> Request:
    """Ask for something.

    Parameters
    ----------
    detail : see :class:`Request`; dates as dates or year-month-day.
    agent : who asks; the principal's own by default.
    partner : with whom to swap.
    plan : hash of the plan; of a swap by default the newest published one with both people and both days.

    Raises
    ------
    NotYoursError : the agent is not one for whom the principal may ask.
    InputError : the detail is none of the kind; nobody knows the agent; the same is asked already and waits; a swap is
        about days that are in no published plan with both people.
    """
    told = checked_detail(kind, detail, words)
    asker = agent or principal.agent
    if asker is None:
        raise InputError([Finding("request_whose")])
    with store.writing() as connection:
        team = team_of(connection, asker)
        refuse_unless(principal, "request.make", team=team, agent=asker)
        if team is None:
            raise InputError([Finding("request_agent", value=asker)])
        _refuse_no_score(connection, kind, asker, told)
        _refuse_pending(connection, kind, asker, told)
        about = plan_of_request(connection, principal, kind, (asker, partner), plan, told)
        row: dict[str, Any] = {"kind": kind, "agent": asker, "team": team, "partner": partner, "plan": about}
        row |= {"detail": json.dumps(told, ensure_ascii=False, sort_keys=True), "status": "asked", "words": words}
        made = connection.execute(insert(requests).values(row | {"created_at": now(), "created_by": principal.who}))
        number = int(made.inserted_primary_key.id)  # type: ignore[union-attr]
        note(connection, principal, "ask", "request", str(number), after={"kind": kind})
        return _known(connection, number)


@guarded("request.read")
def list_requests(
    store: Store, principal: Principal, *, kind: str | None = None, status: str | None = None
) -> tuple[Request, ...]:
    """The requests that the principal may see, newest first: also those in which they are the partner."""
    mine = _visible(principal)
    for column, wanted in ((requests.c.kind, kind), (requests.c.status, status)):
        mine = mine if wanted is None else mine & (column == wanted)
    with store.reading() as connection:
        return _found(connection, mine)


@guarded("request.read")
def read_request(store: Store, principal: Principal, number: int) -> Request:
    """One request.

    Raises
    ------
    NotYoursError : it is none of those that the principal may see.
    InputError : there is no such request.
    """
    with store.reading() as connection:
        return seen_request(connection, principal, number)


@guarded("request.answer")
def answer_request(store: Store, principal: Principal, number: int, answer: str, words: str = "") -> Request:
    """Answer a request.

    Parameters
    ----------
    answer : ``accept`` (the partner of a swap only), ``approve`` or ``refuse`` (a lead of the asker's team, a manager,
        the owner, nobody who is a party to it; the partner may refuse too) or ``withdraw`` (who asked). A swap is
        approved with its edits: :func:`store.grant_swap`.

    Raises
    ------
    NotYoursError : the answer is not the principal's to give.
    InputError : there is no such request or answer, it is answered already, or a swap is to be approved here.
    """
    if answer not in ANSWERS:
        raise InputError([Finding("request_answer", value=answer, facts={"known": ", ".join(ANSWERS)})])
    with store.writing() as connection:
        own = seen_request(connection, principal, number)
        if not _may_answer(principal, own, answer):
            raise NotYoursError
        refuse_untimely(own, answer)
        if own.kind == "swap" and answer == "approve":
            raise InputError([Finding("swap_needs_edits", value=str(number))])
        return put_answer(connection, principal, own, answer, words)


def seen_request(connection: Connection, principal: Principal, number: int) -> Request:
    """A request that the principal may see; who sees only some can't tell another's from one that is not there."""
    found = _found(connection, _visible(principal) & (requests.c.id == number))
    if not found and scope(principal, "request.read") != "all":
        raise NotYoursError
    return found[0] if found else _known(connection, number)


def may_decide(principal: Principal, request: Request) -> bool:
    """Whether the principal may approve or refuse: by role and team, and never as a party to it."""
    if principal.agent is not None and principal.agent in (request.agent, request.partner):
        return False
    return allowed(principal, "request.answer", team=request.team)


def refuse_untimely(request: Request, answer: str) -> None:
    """Refuse an answer to what is answered already, or to a swap that its partner has not accepted.

    Raises
    ------
    InputError
    """
    if request.status not in OPEN or (answer == "accept" and request.status != "asked"):
        raise InputError([Finding("request_answered", value=str(request.id), facts={"status": request.status})])
    if answer == "approve" and request.kind == "swap" and request.status != "accepted":
        raise InputError([Finding("swap_not_accepted", value=str(request.id))])


def put_answer(connection: Connection, principal: Principal, request: Request, answer: str, words: str) -> Request:
    """Write the answer, and the status that follows from it."""
    if len(words) > LONGEST_WORDS:
        raise InputError([Finding("request_words", facts={"most": LONGEST_WORDS})])
    before, after = {"status": request.status}, {"status": _STATUS[answer]}
    at = note(connection, principal, answer, "request", str(request.id), before=before, after=after)
    row = {"request": request.id, "who": principal.who, "at": at, "answer": answer, "words": words}
    connection.execute(insert(request_answers).values(row))
    connection.execute(update(requests).where(requests.c.id == request.id).values(status=_STATUS[answer]))
    return _known(connection, request.id)


def _may_answer(principal: Principal, request: Request, answer: str) -> bool:
    partner = principal.agent is not None and principal.agent == request.partner
    if answer == "accept":
        return partner
    if answer == "withdraw":
        return principal.who == request.created_by or (principal.agent is not None and principal.agent == request.agent)
    return may_decide(principal, request) or (answer == "refuse" and partner)


def _refuse_pending(connection: Connection, kind: str, agent: str, detail: Mapping[str, Any]) -> None:
    """One request of a kind for a day at a time."""
    wanted = set(days_asked(kind, detail))
    waiting = (requests.c.kind == kind) & (requests.c.agent == agent) & requests.c.status.in_(OPEN)
    for row in connection.execute(select(requests.c.id, requests.c.detail).where(waiting)):
        if both := sorted(wanted & set(days_asked(kind, json.loads(row.detail)))):
            what = detail["measure"] if kind == "appeal" else both[0]
            facts = {"number": row.id, "agent": agent, "what": what}
            raise InputError([Finding("request_pending", value=both[0], facts=facts)])


def _refuse_no_score(connection: Connection, kind: str, agent: str, detail: Mapping[str, Any]) -> None:
    """An appeal is about a score that the agent has."""
    if kind == "appeal":
        own = (scores.c.run == detail["run"]) & (scores.c.agent == agent) & (scores.c.measure == detail["measure"])
        if connection.execute(select(scores.c.row).where(own).limit(1)).first() is None:
            facts = {"agent": agent, "measure": detail["measure"]}
            raise InputError([Finding("appeal_no_score", value=str(detail["run"]), facts=facts)])


def _visible(principal: Principal) -> ColumnElement[bool]:
    mine = within(principal, "request.read", team=requests.c.team, agent=requests.c.agent)
    partner = principal.agent is not None and scope(principal, "request.read") in ("own", "teams")
    return mine | (requests.c.partner == principal.agent) if partner else mine


def _known(connection: Connection, number: int) -> Request:
    found = _found(connection, requests.c.id == number)
    if not found:
        raise InputError([Finding("request_unknown", value=str(number))])
    return found[0]


def _found(connection: Connection, mine: ColumnElement[bool]) -> tuple[Request, ...]:
    columns = [column for column in requests.c if column.name != "plan"]
    query = select(*columns, plans.c.hash.label("plan")).join(plans, plans.c.id == requests.c.plan, isouter=True)
    rows: Sequence[Mapping[Any, Any]] = (
        connection.execute(query.where(mine).order_by(requests.c.id.desc())).mappings().all()
    )
    said = select(request_answers).join(requests, requests.c.id == request_answers.c.request).where(mine)
    replies: dict[int, list[Reply]] = {}
    for row in connection.execute(said.order_by(request_answers.c.id)):
        replies.setdefault(row.request, []).append(Reply(row.who, row.at, row.answer, row.words))
    return tuple(
        Request(**{**row, "detail": json.loads(row["detail"])}, answers=tuple(replies.get(row["id"], ())))
        for row in rows
    )
