"""What binds people over days: each reason as something that can be taken away from the whole desk, or loosened."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desk import Desk, Finding
from desk.settings import Limit
from scheduler.explain.ask import (
    Change,
    as_told,
    certified,
    hard_limits,
    limits_by_shift,
    with_contract,
    with_limit,
    without_shift,
)
from scheduler.explain.filling import Wanted
from scheduler.explain.joint_ask import breaks_anywhere, reasons, trained, without_breaks
from scheduler.facts import Facts, read_facts
from scheduler.rules.parts import number

_SHARED = ("leave", "pinned", "availability", "shifts_allowed", "certificates", "call_in")
"""Reasons that are the same over days as at one time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that binds people: its sentence, the desk without it, and the desk with it looser by so many steps, or
    mended otherwise than by giving it up."""

    finding: Finding
    without: Change
    looser: Callable[[Desk, int], Desk] | None = None
    limit: float = 0.0
    sign: int = 1
    mended: Change | None = None


def told_of(facts: Facts, want: Wanted, **more: str) -> Finding:
    """What is wanted, as a sentence."""
    people = sum(want.concerns(facts, own) for own in facts.agents.values())
    days = {"from": facts.date(want.days[0]).isoformat(), "to": facts.date(want.days[-1]).isoformat()}
    told = {"name": want.name, "limit": number(want.most), "people": str(people), "value": "", **days, **more}
    return Finding(f"explain_over_{want.kind}", "note", want.kind, facts=told)


def may_be_away(desk: Desk, wants: Sequence[Wanted]) -> bool:
    """Whether breaks take people from where they are wanted."""
    return any(own.queue for own in wants) and bool((desk.table("shifts")["break_min"] > 0).any())


def reasons_over_days(desk: Desk, wants: Sequence[Wanted]) -> list[Reason]:
    """Everything that may keep people from what is wanted."""
    facts = read_facts(desk)
    people = [own for own in facts.agents.values() if any(want.concerns(facts, own) for want in wants)]
    found = [
        Reason(Finding(f"explain_joint_{own.code}", "note", own.code), own.without)
        for own in reasons(desk, "")
        if own.code in _SHARED
    ]
    for contract in dict.fromkeys(own.contract_name for own in people):
        found += _of_contract(desk, contract)
    if may_be_away(desk, wants):
        found.append(Reason(Finding("explain_over_breaks", "note"), without_breaks, mended=breaks_anywhere))
    return found + [own for want in wants for own in _of_people(facts, want)]


def _of_contract(desk: Desk, name: str) -> Iterator[Reason]:
    contract = desk.settings.contracts[name]
    for setting, limit in hard_limits(contract).items():
        told = {"contract": name, "setting": setting, "limit": number(limit.limit)}
        sign = 1 if setting.startswith("max_") else -1

        def looser(own: Desk, by: int, setting: str = setting, limit: Limit = limit, sign: int = sign) -> Desk:
            return with_limit(own, name, setting, Limit(limit=loose(limit.limit, sign * by)))

        def without(own: Desk, setting: str = setting) -> Desk:
            return with_limit(own, name, setting, None)

        yield Reason(Finding("explain_over_limit", "note", facts=told), without, looser, limit.limit, sign)
    for setting, limits in limits_by_shift(contract).items():
        for shift, limit in limits.items():
            told = {"contract": name, "shift": shift, "limit": number(limit.limit)}
            yield Reason(Finding("explain_over_max_shifts", "note", facts=told), without_shift(name, setting, shift))
    if contract.forbidden_successions:
        finding = Finding("explain_over_successions", "note", facts={"contract": name})
        yield Reason(finding, lambda desk: with_contract(desk, name, {"forbidden_successions": []}))


def loose(limit: float, by: float) -> float:
    """A limit looser by so much, as it is told."""
    return as_told(max(0.0, limit + by), most=by > 0)


def _of_people(facts: Facts, want: Wanted) -> Iterator[Reason]:
    """How few can do it."""
    people = sum(want.concerns(facts, own) for own in facts.agents.values())
    if people == len(facts.agents) or want.kind == "cover_shift":
        return
    code = "explain_joint_skill" if want.queue else "explain_over_holders"
    finding = Finding(code, "note", facts={"name": want.name, "people": str(people)})
    yield Reason(finding, lambda desk: enabled(desk, want, list(facts.agents)))


def enabled(desk: Desk, want: Wanted, people: list[str]) -> Desk:
    """The desk with these people able to do what is wanted."""
    return trained(desk, want.queue, people) if want.queue else certified(desk, people, frozenset((want.name,)))
