"""The conflicts of one person: minimal sets of demands, and what mends each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from desk import Desk, Finding
from desk.i18n import catalogue
from desk.settings import Limit
from scheduler.explain.alone import loosened, possible
from scheduler.explain.ask import Ask, Change, as_told, asks_of, slim, with_contract, with_limit
from scheduler.explain.conflict import Conflict, Cure
from scheduler.explain.core import core
from scheduler.facts import read_facts
from scheduler.rules.parts import number

Price = Callable[[Desk, str], float | None]
"""Currency by which the plan gets dearer where this person answers the rules of another desk."""

_MOST_CONFLICTS = 8
_HOURLY = ("paid_h_week", "paid_h_horizon", "overtime_h_month")
"""Limits of which a unit is an hour among many."""


@dataclass(frozen=True, slots=True)
class _Mend:
    finding: Finding
    change: Change
    weight: float


def no_price(desk: Desk, agent: str) -> float | None:
    """Without a plan nothing is priced."""
    return None


def personal_conflicts(desk: Desk, agent: str, price: Price = no_price) -> list[Conflict]:
    """Minimal sets of demands on ``agent`` that clash, one after the other: each is looked for with the ones before
    mended; every cure is solved again together with a cure of each other conflict."""
    found: list[tuple[list[Ask], list[_Mend]]] = []
    own = slim(desk, agent)
    while len(found) < _MOST_CONFLICTS and not possible(own, agent):
        clashing = clash_of(own, agent)
        mends = sorted(_mends(own, agent, clashing), key=lambda mend: mend.weight)
        found.append((clashing, mends))
        if not mends:
            break
        own = mends[0].change(own)
    return [
        Conflict(agent, tuple(_told(ask) for ask in asks), tuple(_cures(desk, agent, number, found, price)))
        for number, (asks, _) in enumerate(found)
    ]


def clash_of(desk: Desk, agent: str) -> list[Ask]:
    """A minimal set of demands on a person whose demands clash; ``desk`` has this person only."""
    facts = read_facts(desk)
    asks = asks_of(facts, facts.agents[agent])
    return core(asks, lambda kept: not possible(_with_only(desk, asks, kept), agent))


def _with_only(desk: Desk, asks: Sequence[Ask], kept: Sequence[Ask]) -> Desk:
    for ask in asks:
        if not any(ask is own for own in kept):
            desk = ask.without(desk)
    return desk


def _mends(desk: Desk, agent: str, clashing: Sequence[Ask]) -> list[_Mend]:
    """How each demand could give so that the clash is gone: loosened just enough where it is a limit, else dropped."""
    asks = asks_of(read_facts(desk), read_facts(desk).agents[agent])
    alone = _with_only(desk, asks, [ask for ask in asks if any(_same(ask, own) for own in clashing)])
    found = []
    for ask in clashing:
        mend = _loosen(desk, alone, agent, ask) if ask.limit else _drop(ask)
        if ask.can_give and mend is not None and possible(mend.change(alone), agent):
            found.append(mend)
    return [*found, *(own for own in _counted_leave(desk, agent, clashing) if possible(own.change(alone), agent))]


def _counted_leave(desk: Desk, agent: str, clashing: Sequence[Ask]) -> Iterator[_Mend]:
    """Leave that counts as worked towards hours owed, a normal day each."""
    own = read_facts(desk).agents[agent]
    hours, name = own.contract.normal_h_day, own.contract_name
    owed = any(ask.limit in ("min_paid_h_week", "min_paid_h_horizon") for ask in clashing)
    if owed and hours > own.contract.leave_credit_h and any(ask.code == "leave" for ask in clashing):
        told = {"agent": agent, "contract": name, "limit": number(own.contract.leave_credit_h), "value": number(hours)}

        def credited(desk: Desk) -> Desk:
            return with_contract(desk, name, {"leave_credit_h": hours})

        yield _Mend(Finding("explain_leave_credit", "note", "agents", facts=told), credited, 12.0)


def _loosen(desk: Desk, alone: Desk, agent: str, ask: Ask) -> _Mend | None:
    """The limit that suffices beside all other demands, or beside those of the clash where others clash too."""
    wanted = loosened(desk, agent, ask)
    wanted = loosened(alone, agent, ask) if wanted is None else wanted
    if wanted is None:
        return None
    wanted = as_told(wanted, most=ask.limit.startswith("max_"))
    limit, contract = Limit(limit=wanted), str(ask.told["contract"])
    by = abs(wanted - float(ask.told["limit"])) * (1.0 if any(own in ask.limit for own in _HOURLY) else 8.0)
    return _Mend(_told(ask, number(wanted)), lambda own: with_limit(own, contract, ask.limit, limit), by)


def _drop(ask: Ask) -> _Mend:
    return _Mend(_told(ask), ask.without, ask.weight)


def _same(ask: Ask, other: Ask) -> bool:
    return ask.code == other.code and ask.told == other.told


def _cures(
    desk: Desk, agent: str, own: int, found: Sequence[tuple[list[Ask], list[_Mend]]], price: Price
) -> list[Cure]:
    """The mends of conflict number ``own`` that work together with the first one of each other conflict, one on top of
    the other as they were found: a limit may have had to give more than once."""
    made = []
    firsts = [mends[:1] for _, mends in found]
    for mend in found[own][1]:
        whole = desk
        for other in (*chain(*firsts[:own]), mend, *chain(*firsts[own + 1 :])):
            whole = other.change(whole)
        if possible(slim(whole, agent), agent):
            made.append(Cure(mend.finding, mend.change(desk), price(whole, agent), mend.weight))
    return sorted(made, key=lambda cure: (cure.cost or 0.0, cure.weight))


def _told(ask: Ask, value: str = "") -> Finding:
    code = f"explain_{ask.code}"
    known = code if f"finding.{code}" in catalogue("en") else "explain_rule"
    return Finding(known, "note", "agents", facts={**ask.told, "value": value or "-", "rule": ask.code})


def mended(desk: Desk, agent: str) -> Desk:
    """The desk with this person only, the least imposition of each conflict of the person's demands given up."""
    own = slim(desk, agent)
    for _ in range(_MOST_CONFLICTS):
        mends = [] if possible(own, agent) else _mends(own, agent, clash_of(own, agent))
        if not mends:
            break
        own = min(mends, key=lambda mend: mend.weight).change(own)
    return own


def forbids(desk: Desk, agent: str) -> tuple[Finding, ...]:
    """What clashes in a person's demands; empty where nothing does."""
    own = slim(desk, agent)
    return () if possible(own, agent) else tuple(_told(ask) for ask in clash_of(own, agent))
