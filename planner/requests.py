"""What agents ask for: who may answer it, and what an approved absence or wish does to the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from desk import Desk, Finding, InputError
from planner.desk_change import changed_desk
from planner.desk_on_top import unless_overtaken
from planner.own_shifts import inner_desk
from store import (
    DeskVersion,
    NotYoursError,
    PlanVersion,
    Principal,
    Request,
    Store,
    grant_absence,
    list_desks,
    load_desk_version,
    make_request,
    owner,
    read_request,
)
from store.request import may_decide

WEIGHTS = {"little": 20.0, "normal": 50.0, "much": 150.0}
"""How much a wish matters -> what refusing it costs in the objective, in the desk's currency."""
LEAVE_KINDS = ("annual", "sick", "family", "other")
_KEYS = {"leave": ["agent", "date"], "requests": ["agent", "date", "wish", "shift"]}
_TABLES = {"leave": "leave", "wish": "requests"}


@dataclass(frozen=True, slots=True)
class Granted:
    """What an approval did: the desks that have the new rows, as versions; ``days`` are the days that it is about."""

    desks: tuple[DeskVersion, ...]
    days: tuple[date, ...]


def ask_leave(store: Store, principal: Principal, first: date, last: date, kind: str, words: str = "") -> Request:
    """Ask for days of leave, both ends included."""
    detail = {"date_from": first.isoformat(), "date_to": last.isoformat(), "kind": kind}
    return make_request(store, principal, "leave", detail, words=words)


def ask_wish(
    store: Store, principal: Principal, day: date, wish: str, shift: str | None, matters: str, words: str = ""
) -> Request:
    """Ask to work, or not to work, on a day; ``matters`` is one of :data:`WEIGHTS`."""
    detail = {"date": day.isoformat(), "wish": wish, "shift": shift, "weight": WEIGHTS[matters]}
    return make_request(store, principal, "wish", detail, words=words)


def ask_swap(
    store: Store, principal: Principal, plan: PlanVersion, day: date, partner: str, partner_day: date, words: str = ""
) -> Request:
    """Ask a colleague of one's team for their shift of ``partner_day`` against one's own of ``day``.

    Whether the colleague works then is not told: they see the request, and say so.

    Raises
    ------
    InputError : the colleague is not of the team.
    """
    desk = inner_desk(store, plan.desk)
    if partner not in mates(desk, principal.agent or ""):
        raise InputError([Finding("swap_no_mate", value=partner)])
    detail = {"date": day.isoformat(), "partner_date": partner_day.isoformat()}
    return make_request(store, principal, "swap", detail, partner=partner, plan=plan.hash, words=words)


def mates(desk: Desk, agent: str) -> dict[str, str]:
    """Code -> name of everybody else in an agent's team: all that a colleague is told of others."""
    return {code: name for code, name in team_names(desk, agent).items() if code != agent}


def team_names(desk: Desk, agent: str) -> dict[str, str]:
    """Code -> name of an agent and everybody else in the team."""
    people = desk.table("agents")
    teams = people.loc[people["agent"] == agent, "team"].dropna()
    return names_of(people[people["team"].isin(teams) | (people["agent"] == agent)])


def names_of(people: pd.DataFrame) -> dict[str, str]:
    """Code -> name of rows of table ``agents``; the code where somebody has no name."""
    named = people["name"].fillna(people["agent"])
    return {str(code): str(name) for code, name in zip(people["agent"], named, strict=True)}


def approve(store: Store, principal: Principal, number: int, words: str = "") -> Granted:
    """Approve a leave or a wish, and write it into the desk that the next planning starts from.

    The rows are put into the newest version of every desk that has the agent and one of the days; where no desk has
    one of the days, into the newest desk with the agent. A lead may not write desks: the program does it in their name.

    Raises
    ------
    NotYoursError : the principal is not to answer this request.
    InputError : there is no such request, it is answered already, or the desk can't be saved with it.
    """
    request = read_request(store, principal, number)
    if not may_decide(principal, request):
        raise NotYoursError
    if request.kind not in _TABLES:
        raise InputError([Finding("request_no_absence", value=str(number))])

    def once() -> tuple[DeskVersion, ...]:
        changed = [(_with_rows(desk, request), seen) for desk, seen in _desks(store, request)]
        return grant_absence(store, principal, number, changed, words)

    return Granted(unless_overtaken(once), days_of(request))


def days_of(request: Request) -> tuple[date, ...]:
    """The days that a leave, a wish or a swap is about."""
    detail = request.detail
    if request.kind == "leave":
        return tuple(day.date() for day in pd.date_range(detail["date_from"], detail["date_to"]))
    named = [detail[name] for name in ("date", "partner_date") if detail.get(name)]
    return tuple(sorted({date.fromisoformat(day) for day in named}))


def _with_rows(desk: Desk, request: Request) -> Desk:
    """The desk with the request's rows."""
    name = _TABLES[request.kind]
    table = desk.table(name)
    new = pd.DataFrame(_rows(request, desk)).reindex(columns=table.columns).astype(table.dtypes.to_dict())
    both = pd.concat([table, new], ignore_index=True).drop_duplicates(_KEYS[name], keep="last", ignore_index=True)
    return changed_desk(desk, {name: both})


def _rows(request: Request, desk: Desk) -> list[Mapping[str, Any]]:
    days = [pd.Timestamp(day) for day in days_of(request)]
    if request.kind == "leave":
        return [{"agent": request.agent, "date": day, "kind": request.detail["kind"]} for day in days]
    shift = request.detail.get("shift")
    if shift is not None and shift not in set(desk.table("shifts")["shift"]):
        raise InputError([Finding("request_shift", value=str(shift))])
    own = {"agent": request.agent, "wish": request.detail["wish"], "weight": float(request.detail["weight"])}
    return [own | {"date": day, "shift": shift} for day in days]


def _desks(store: Store, request: Request) -> list[tuple[Desk, str]]:
    """The current desks that the request is about, and their hashes."""
    newest: dict[str, DeskVersion] = {}
    for version in list_desks(store, owner()):
        newest.setdefault(version.name, version)
    known = [(load_desk_version(store, owner(), version.hash), version.hash) for version in newest.values()]
    own = [(desk, seen) for desk, seen in known if request.agent in set(desk.table("agents")["agent"])]
    days = {pd.Timestamp(day) for day in days_of(request)}
    concerned = [(desk, seen) for desk, seen in own if days & set(desk.dates)]
    return concerned or own[:1]
