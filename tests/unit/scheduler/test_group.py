"""People gathered into groups for the relaxation."""

from types import SimpleNamespace
from typing import Any

from scheduler.group import gather


def _person(number: int) -> Any:
    skills = {"calls": 0.8 + 0.005 * number, "mail": 1.1 - 0.007 * number}
    return SimpleNamespace(code=f"P{number:02d}", skills=skills, homes=("calls",))


def test_ratios_are_told_too_high_by_a_tenth_at_most() -> None:
    """Protects the bound: somebody of 0.8 and 1.1 who counted twice in the second queue made all prices useless."""
    people = [_person(number) for number in range(40)]
    groups = gather(people, 10_000, 60.0, by_heads=False)
    assert 1 < len(groups) < len(people)
    for person in people:
        own = next(group for group in groups if person.code in group.mass)
        told, true = own.ratios[1], person.skills["mail"] / person.skills["calls"]
        assert true - 1e-9 <= told <= true + 0.1
