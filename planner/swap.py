"""A swap that was asked for: what the rules say of it, for who is to answer, and its approval."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

import pandas as pd

from desk import Curves, Desk, Finding, InputError
from planner.exchange import Ground, Standing, Swap, SwapVerdict, appraised, judged_swap, swap_cells
from planner.output.layout import TABLES
from planner.output.table_file import table_of
from planner.own_shifts import OwnShift, ReadDesk, shift_on
from store import (
    NotYoursError,
    Principal,
    Request,
    Store,
    grant_swap,
    load_desk_version,
    owner,
    plan_digests,
    read_duty,
    read_edits,
    read_plan,
    read_plan_file,
    read_request,
    read_roster,
)
from store.request import may_decide

if TYPE_CHECKING:
    from scheduler import Appraisal

__all__ = [
    "Ground",
    "SwapVerdict",
    "approve_swap",
    "swap_cells",
    "swap_ground",
    "swap_of",
    "swap_verdict",
    "swapped_shifts",
]
_ONE_AT_A_TIME = Lock()
_CURVES = ("curves", "work")


@dataclass(frozen=True)
class Judged:
    """A plan as it stands, and what the judge finds in it; None = not asked yet."""

    standing: Standing
    appraisal: "Appraisal | None" = None


def judged_plan(store: Store, plan: str, ground: Ground) -> Judged:
    """The plan as it stands now with the judge's findings, for several swaps of it."""
    standing = standing_of(store, plan, ground.desk)
    return Judged(standing, appraised(ground, standing))


def swap_ground(store: Store, plan: str, read_desk: ReadDesk | None = None) -> Ground:
    """Read desk and curves of a stored plan, as the program itself: nothing of them is for whoever looks.

    Parameters
    ----------
    read_desk : gives the desk version of a hash, where somebody keeps those that were read.

    Raises
    ------
    InputError : there is no such plan.
    """
    version = read_plan(store, owner(), plan).desk
    desk = load_desk_version(store, owner(), version) if read_desk is None else read_desk(version)
    there = plan_digests(store, owner(), plan)
    found = (_table(store, plan, name, desk) if TABLES[name] in there else desk.table(name) for name in _CURVES)
    return Ground(desk, Curves(*found))


def _table(store: Store, plan: str, name: str, desk: Desk) -> pd.DataFrame:
    """A table of the plan as it was planned."""
    return table_of(read_plan_file(store, owner(), plan, TABLES[name]), name, desk.settings.timezone)


def standing_of(store: Store, plan: str, desk: Desk) -> Standing:
    """Roster and duty of a stored plan as edited, everybody's."""
    versions: dict[tuple[str, pd.Timestamp], int] = {}
    for edit in read_edits(store, owner(), plan):
        versions[edit.agent, pd.Timestamp(edit.start)] = edit.version
    if not versions:
        return Standing(_table(store, plan, "roster", desk), _table(store, plan, "duty", desk))
    duty = read_duty(store, owner(), plan).drop(columns="version")
    return Standing(read_roster(store, owner(), plan), duty, versions)


def swap_of(request: Request) -> Swap:
    """What a request of kind ``swap`` asks for."""
    day, other = (pd.Timestamp(request.detail[name]) for name in ("date", "partner_date"))
    return Swap(str(request.agent), day, str(request.partner), other)


def swapped_shifts(
    store: Store, principal: Principal, request: Request, desk: Desk
) -> tuple[OwnShift | None, OwnShift | None]:
    """The asker's shift and the partner's, as far as the principal is to see them before the swap is answered.

    The partner sees what is offered, and their own; the asker sees what they would get once the partner accepted; who
    decides sees both. Nobody sees any other shift.
    """
    asker, partner = principal.agent == request.agent, principal.agent == request.partner
    decides = may_decide(principal, request)
    shown = (asker or partner or decides, partner or decides or (asker and request.status == "accepted"))
    swap = swap_of(request)
    found = [
        shift_on(store, giver, request.plan or "", day, desk) if may else None
        for may, (giver, _, day) in zip(shown, swap.sides, strict=True)
    ]
    return found[0], found[1]


def swap_verdict(
    store: Store,
    principal: Principal,
    number: int,
    ground: Ground | None = None,
    now: datetime | None = None,
    judged: Judged | None = None,
) -> SwapVerdict:
    """What the rules say of a swap that was asked for, for who is to answer it.

    The plan is read whole, as the program itself, and audited with the swap and without. What is handed on is about the
    people whose rows the principal may see anyway, and about the plan as a whole.

    Parameters
    ----------
    ground, judged : of the request's plan, where somebody keeps them.
    now : zone-aware; shifts that have begun stay where they are.

    Raises
    ------
    NotYoursError : the principal is not to answer this request.
    InputError : there is no such request, or it is no swap.
    """
    request = read_request(store, principal, number)
    if not may_decide(principal, request):
        raise NotYoursError
    if request.kind != "swap" or request.plan is None:
        raise InputError([Finding("request_not_swap", value=str(number))])
    own = ground or swap_ground(store, request.plan)
    there = judged or Judged(standing_of(store, request.plan, own.desk))
    found = judged_swap(own, there.standing, swap_of(request), now, there.appraisal)
    return _shown(found, principal, own.desk, {request.agent, request.partner})


def approve_swap(
    store: Store, principal: Principal, number: int, words: str = "", ground: Ground | None = None
) -> SwapVerdict:
    """Approve a swap that breaks no hard rule: its cells are written into the published plan's journal.

    Raises
    ------
    NotYoursError : the principal is not to answer this request.
    InputError : the swap breaks a hard rule, was not accepted, or somebody edited its cells meanwhile.
    """
    with _ONE_AT_A_TIME:
        found = swap_verdict(store, principal, number, ground)
        if found.hard:
            raise InputError(found.hard)
        grant_swap(store, principal, number, found.edits, words)
    return found


def _shown(found: SwapVerdict, principal: Principal, desk: Desk, parties: set[str | None]) -> SwapVerdict:
    """The verdict with findings on other teams' people, who are no parties, told without their names."""
    if principal.role != "lead":
        return found
    agents = desk.table("agents")
    theirs = set(agents.loc[~agents["team"].isin(principal.teams), "agent"]) - parties
    hard, priced = ([one for one in own if one.value not in theirs] for own in (found.hard, found.priced))
    if len(hard) < len(found.hard):
        hard.append(Finding("swap_elsewhere", facts={"count": len(found.hard) - len(hard)}))
    return SwapVerdict(found.edits, tuple(hard), tuple(priced), found.costs, found.currency)
