"""Two people exchange whole shifts: the cells that move, and what the rules say of the plan then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from desk import Curves, Desk, Finding, Outcome, Plan, Termination
from planner.news import news
from planner.seat import seat
from store import CellEdit

if TYPE_CHECKING:
    from scheduler import Appraisal

OFF = "OFF"
_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Swap:
    """``agent`` gives the shift of ``day`` for that of ``partner`` on ``partner_day`` (naive midnights)."""

    agent: str
    day: pd.Timestamp
    partner: str
    partner_day: pd.Timestamp

    @property
    def sides(self) -> tuple[tuple[str, str, pd.Timestamp], ...]:
        """Who gives, who takes, the shift of which day."""
        return (self.agent, self.partner, self.day), (self.partner, self.agent, self.partner_day)


@dataclass(frozen=True)
class Ground:
    """What a published plan rests on: its desk and the curves that it was made with."""

    desk: Desk
    curves: Curves


@dataclass(frozen=True)
class Standing:
    """A plan as it stands: table ``roster``, table ``duty``, and how often each edited cell was edited."""

    roster: pd.DataFrame
    duty: pd.DataFrame
    versions: Mapping[tuple[str, pd.Timestamp], int] = field(default_factory=dict)


@dataclass(frozen=True)
class SwapVerdict:
    """What the rules say of a swap.

    Parameters
    ----------
    edits : what would be written.
    hard : hard rules that the plan breaks with the swap and did not break, or not so far, without: they forbid it.
    priced : the same of priced rules.
    costs : term of the cost account -> what the swap adds to it, currency; negative = saved.
    """

    edits: tuple[CellEdit, ...]
    hard: tuple[Finding, ...]
    priced: tuple[Finding, ...] = ()
    costs: Mapping[str, float] = field(default_factory=dict)
    currency: str = ""

    @property
    def cost(self) -> float:
        """Currency: what the plan costs more with the swap."""
        return float(sum(self.costs.values()))


def judged_swap(
    ground: Ground, standing: Standing, swap: Swap, now: datetime | None = None, before: "Appraisal | None" = None
) -> SwapVerdict:
    """The plan with the swap beside the plan without; ``before`` is the judgement of the latter, where it is known."""
    if impossible := tuple(_impossible(standing, swap, now)):
        return SwapVerdict((), impossible)
    edits = swap_cells(ground.desk, standing, swap)
    before = before or appraised(ground, standing)
    after = appraised(ground, moved(standing, swap, edits))
    more = _amounts(after.costs).sub(_amounts(before.costs), fill_value=0.0)
    added = tuple(news(before.findings, after.findings))
    hard = tuple(one for one in added if one.severity == "error")
    priced = tuple(one for one in added if one.severity != "error")
    told = {str(term): float(amount) for term, amount in more.items() if abs(amount) > _CENT}
    return SwapVerdict(edits, hard, priced, told, ground.desk.settings.currency)


def appraised(ground: Ground, standing: Standing) -> "Appraisal":
    """What the judge finds in the plan as it stands, and what it costs."""
    from scheduler import appraise

    return appraise(ground.desk, _plan(standing), ground.curves)


def _amounts(costs: pd.DataFrame) -> "pd.Series[float]":
    return costs.groupby("term")["amount"].sum()


def swap_cells(desk: Desk, standing: Standing, swap: Swap) -> tuple[CellEdit, ...]:
    """The edits that exchange both shifts whole: who gives is off, who takes has the roles that they are skilled for.

    A role of a queue that the taker does not know becomes their home queue; see :func:`planner.seat.seat`.
    """
    cells: dict[tuple[str, pd.Timestamp], tuple[str | None, pd.Timestamp | None, str | None]] = {}
    for giver, _, day in swap.sides:
        cells |= {(giver, start): (None, None, None) for start in _turn(standing.duty, giver, day)["start"]}
    for giver, taker, day in swap.sides:
        turn = _turn(standing.duty, giver, day)
        roles = seat(desk, taker, turn["activity"].tolist(), _attended(standing.duty, taker, swap))
        for start, shift, role in zip(turn["start"], turn["shift"], roles, strict=True):
            cells[taker, start] = (role, day, str(shift))
    return tuple(
        CellEdit(agent, start.to_pydatetime(), role, _version(standing, agent, start), _date(day), shift)
        for (agent, start), (role, day, shift) in cells.items()
    )


def _version(standing: Standing, agent: str, start: pd.Timestamp) -> int:
    return standing.versions.get((agent, start.tz_convert("UTC")), 0)


def _date(day: pd.Timestamp | None) -> date | None:
    return None if day is None else day.date()


def moved(standing: Standing, swap: Swap, edits: Sequence[CellEdit]) -> Standing:
    """Roster and duty with the swap."""
    touched = {(edit.agent, pd.Timestamp(edit.start)) for edit in edits}
    duty = standing.duty
    kept = duty[[cell not in touched for cell in zip(duty["agent"], duty["start"], strict=True)]]
    rows = [
        (edit.agent, pd.Timestamp(edit.start), edit.activity, pd.Timestamp(edit.date), edit.shift)
        for edit in edits
        if edit.activity is not None and edit.date is not None
    ]
    new = pd.DataFrame(rows, columns=list(duty.columns)).astype(duty.dtypes.to_dict())
    both = pd.concat([kept, new], ignore_index=True).sort_values(["agent", "start"], ignore_index=True)
    return Standing(_roster(standing, swap), both, standing.versions)


def _roster(standing: Standing, swap: Swap) -> pd.DataFrame:
    own = standing.roster
    gone = {(who, day) for who, _, day in swap.sides} | {(who, day) for _, who, day in swap.sides}
    kept = own[[cell not in gone for cell in zip(own["agent"], own["date"], strict=True)]]
    rows = [(taker, day, _shift(standing, giver, day)) for giver, taker, day in swap.sides]
    new = pd.DataFrame(rows, columns=list(own.columns)).astype(own.dtypes.to_dict())
    return pd.concat([kept, new], ignore_index=True).sort_values(["agent", "date"], ignore_index=True)


def _impossible(standing: Standing, swap: Swap, now: datetime | None) -> Iterator[Finding]:
    """What stands in the way before any rule is asked."""
    if swap.agent == swap.partner:
        yield Finding("swap_self", value=swap.agent)
        return
    moment = pd.Timestamp(now or datetime.now().astimezone())
    leaving = {(giver, start) for giver, _, day in swap.sides for start in _turn(standing.duty, giver, day)["start"]}
    for giver, taker, day in swap.sides:
        turn, told = _turn(standing.duty, giver, day), {"agent": giver, "date": f"{day:%Y-%m-%d}"}
        if turn.empty:
            yield Finding("swap_no_shift", value=giver, facts=told)
        elif turn["start"].min() <= moment:
            yield Finding("swap_begun", value=giver, facts=told)
        else:
            yield from _in_the_way(standing, swap, taker, day, turn["start"], leaving)


def _in_the_way(
    standing: Standing, swap: Swap, taker: str, day: pd.Timestamp, starts: Iterable[Any], leaving: set[Any]
) -> Iterator[Finding]:
    """A shift that the taker keeps, and that begins on the same day or overlaps."""
    own = standing.duty[(standing.duty["agent"] == taker) & standing.duty["start"].isin(list(starts))]
    clash = own[[(taker, start) not in leaving for start in own["start"]]]
    same_day = _shift(standing, taker, day) if swap.day != swap.partner_day else ""
    shift = same_day or (str(clash["shift"].iloc[0]) if len(clash) else "")
    if shift:
        yield Finding("swap_taken", value=taker, facts={"agent": taker, "date": f"{day:%Y-%m-%d}", "shift": shift})


def _turn(duty: pd.DataFrame, agent: str, day: pd.Timestamp) -> pd.DataFrame:
    return duty[(duty["agent"] == agent) & (duty["date"] == day)]


def _shift(standing: Standing, agent: str, day: pd.Timestamp) -> str:
    own = standing.roster
    found = own.loc[(own["agent"] == agent) & (own["date"] == day) & (own["shift"] != OFF), "shift"]
    return "" if found.empty else str(found.iloc[0])


def _attended(duty: pd.DataFrame, taker: str, swap: Swap) -> frozenset[str]:
    """What the taker does elsewhere in the plan than in the shift that they give."""
    given = {who: day for who, _, day in swap.sides}[taker]
    return frozenset(duty.loc[(duty["agent"] == taker) & (duty["date"] != given), "activity"])


def _plan(standing: Standing) -> Plan:
    never = Outcome(Termination.NO_ANSWER, 0.0, 0.0, 0.0, 0.0, "", 0)
    return Plan(standing.roster, standing.duty, never, pd.DataFrame())
