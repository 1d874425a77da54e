"""Conflicts that a contract makes are told once, with all whom they concern."""

from desk import Finding
from planner.page.gathered import gathered
from scheduler.explain import Conflict, Cure
from tests.rules.small import desk

DESK = desk()


def _conflict(agent: str, cost: float | None, limit: str = "40") -> Conflict:
    told = {"agent": agent, "contract": "full", "limit": limit, "value": "32"}
    demands = tuple(Finding(f"explain_{own}", "note", facts=told) for own in ("min_paid_h_week", "max_paid_h_day"))
    cures = tuple(Cure(own, DESK, cost, 8.0) for own in demands)
    return Conflict(agent, demands, cures)


def _on_leave(agent: str) -> Conflict:
    return Conflict(agent, (Finding("explain_leave", "note", facts={"agent": agent, "date": "2026-06-02"}),), ())


def test_the_same_conflict_of_many_is_told_once() -> None:
    """Protects the reader of a desk of sixty whose contract contradicts itself from forty times the same lines; what
    is somebody's own, or of another contract, stays apart."""
    people = [_conflict(f"A{number}", 10.0) for number in range(7)]
    other = [_on_leave("B1"), _on_leave("B2"), _conflict("C1", None, limit="30")]
    one, *others = gathered([*people, *other])
    assert one.finding.message("en").startswith("A0, A1, A2, A3, A4 … +2: ")
    assert {own.facts["agent"] for own in one.demands} == {"A0, A1, A2, A3, A4 … +2"}
    assert [own.cost for own in one.cures] == [70.0, 70.0]
    assert others == other
