"""Who may do what: one matrix, denied unless it says otherwise, and the guard that every query stands behind."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, false, or_, true

from store.engine import Store
from store.principal import ROLES, NotYoursError, Principal

P = ParamSpec("P")
R = TypeVar("R")
Scope = Literal["all", "teams", "own", "none"]
Query = Callable[Concatenate[Store, Principal, P], R]

_ROWS = """
                 owner manager analyst lead  agent auditor
desk.list        all   all     all     all   none  all
desk.read        all   all     all     none  none  all
desk.write       all   all     all     none  none  none
forecast.read    all   all     all     all   none  all
forecast.write   all   all     all     none  none  none
plan.list        all   all     all     teams own   all
plan.read        all   all     all     none  none  all
plan.write       all   all     all     none  none  none
plan.status      all   all     none    none  none  none
roster.read      all   all     all     teams own   all
duty.read        all   all     all     teams own   all
duty.edit        all   all     all     teams none  none
check.read       all   all     all     teams none  all
check.write      all   all     all     none  none  none
sign.read        all   all     all     all   none  all
sign.write       all   all     all     all   none  none
fault.read       all   all     all     teams none  all
fault.write      all   all     all     teams none  none
request.read     all   all     own     teams own   all
request.make     all   all     own     teams own   none
request.answer   all   all     own     teams own   none
scenario.read    all   all     all     none  none  all
scenario.write   all   all     all     none  none  none
attendance.read  all   all     all     teams own   all
attendance.write all   all     all     teams none  none
contact.read     all   all     all     teams own   all
contact.write    all   all     all     none  none  none
score.read       all   all     none    teams own   all
score.write      all   all     none    none  none  none
job.read         all   all     all     own   none  all
job.submit       all   all     all     none  none  none
job.stop         all   all     all     own   none  none
job.work         all   none    none    none  none  none
trail.read       all   all     own     own   own   all
principal.read   all   all     own     own   own   all
principal.write  all   all     none    none  none  none
principal.act    all   none    none    none  none  none
token.read       all   all     own     own   own   all
token.write      all   all     own     own   own   own
person.export    all   all     none    none  own   all
person.erase     all   all     none    none  none  none
store.keep       all   none    none    none  none  none
"""


def _matrix() -> dict[str, dict[str, Scope]]:
    head, *lines = (line.split() for line in _ROWS.strip().splitlines())
    assert tuple(head) == ROLES
    return {action: dict(zip(ROLES, scopes, strict=True)) for action, *scopes in lines}  # type: ignore[arg-type]


MATRIX: Mapping[str, Mapping[str, Scope]] = _matrix()
"""Action -> role -> scope: ``all`` rows, those of the principal's ``teams`` and own, ``own`` ones only, ``none``."""
GUARDED: dict[str, str] = {}
"""Public query -> the action that it is guarded by."""
DOORS = {"open_store", "upgrade"}
"""What may be called before anybody is known: it opens the store, or finds out who somebody is."""


def scope(principal: Principal, action: str) -> Scope:
    """How far the principal may go; an unknown role or action goes nowhere."""
    return MATRIX.get(action, {}).get(principal.role, "none")


def allowed(principal: Principal, action: str, *, team: str | None = None, agent: str | None = None) -> bool:
    """Whether the principal may do it: at all, or to the rows of a team or an agent where one is given."""
    reach = scope(principal, action)
    if reach in ("all", "none") or (team is None and agent is None):
        return reach != "none"
    own = agent is not None and agent == principal.agent
    return own or (reach == "teams" and team in principal.teams)


def refuse_unless(principal: Principal, action: str, **whose: str | None) -> None:
    """Raise :class:`NotYoursError` unless the principal may do it."""
    if not allowed(principal, action, **whose):
        raise NotYoursError


def within(
    principal: Principal,
    action: str,
    *,
    team: ColumnElement[Any] | None = None,
    agent: ColumnElement[Any] | None = None,
    who: ColumnElement[Any] | None = None,
) -> ColumnElement[bool]:
    """The condition on rows that the principal may reach, by the columns that say whose they are."""
    reach = scope(principal, action)
    if reach == "all":
        return true()
    if reach == "none":
        return false()
    mine = [agent == principal.agent] if agent is not None and principal.agent is not None else []
    mine += [who == principal.who] if who is not None else []
    mine += [team.in_(principal.teams)] if team is not None and reach == "teams" else []
    return or_(false(), *mine)


def guarded(action: str) -> Callable[[Query[P, R]], Query[P, R]]:
    """Put a query of the store behind an action of the matrix: without any scope nothing of it runs."""

    def behind(query: Query[P, R]) -> Query[P, R]:
        @wraps(query)
        def guard(store: Store, principal: Principal, /, *args: P.args, **kwargs: P.kwargs) -> R:
            refuse_unless(principal, action)
            return query(store, principal, *args, **kwargs)

        GUARDED[query.__name__] = action
        assert action in MATRIX
        return guard

    return behind


def door(opening: Callable[P, R]) -> Callable[P, R]:
    """Declare that a function is called before anybody is known."""
    DOORS.add(opening.__name__)
    return opening
