"""Conflicts that a contract makes for everybody who has it, told once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk import Finding
    from scheduler import Conflict

_NAMED = 5
"""People who are named; the others are counted."""


def gathered(conflicts: Sequence["Conflict"]) -> list["Conflict"]:
    """Conflicts that differ in nothing but whose they are as one of all these people, where every demand is one of the
    contract; a cure then costs what it costs with each of them."""
    alike: dict[Any, list[Conflict]] = {}
    for number, own in enumerate(conflicts):
        is_shared = bool(own.agent) and all("contract" in demand.facts for demand in own.demands)
        alike.setdefault(_key(own) if is_shared else number, []).append(own)
    return [_as_one(own) for own in alike.values()]


def _key(conflict: "Conflict") -> tuple[Any, ...]:
    cures = sorted(map(_but_for_whom, (own.finding for own in conflict.cures)))
    return (*map(_but_for_whom, conflict.demands), *cures)


def _but_for_whom(finding: "Finding") -> tuple[Any, ...]:
    return (finding.code, *sorted((name, str(value)) for name, value in finding.facts.items() if name != "agent"))


def _as_one(alike: Sequence["Conflict"]) -> "Conflict":
    if len(alike) == 1:
        return alike[0]
    more = len(alike) - _NAMED
    named = ", ".join(own.agent for own in alike[:_NAMED]) + (f" … +{more}" if more > 0 else "")

    def of_all(finding: "Finding") -> "Finding":
        return replace(finding, facts={**finding.facts, "agent": named})

    costs: dict[Any, float] = {}
    for cure in (own for conflict in alike for own in conflict.cures):
        key = _but_for_whom(cure.finding)
        costs[key] = costs.get(key, 0.0) + (cure.cost or 0.0)
    cures = [
        replace(own, finding=of_all(own.finding), cost=None if own.cost is None else costs[_but_for_whom(own.finding)])
        for own in alike[0].cures
    ]
    cures.sort(key=lambda own: (own.cost or 0.0, own.weight))
    return replace(alike[0], agent=named, demands=tuple(map(of_all, alike[0].demands)), cures=tuple(cures))
