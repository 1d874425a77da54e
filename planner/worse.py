"""What one audit says that another did not, or not so much of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from desk import Finding

_AMOUNTS = ("units", "value", "rest")


def worse(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of ``after`` that ``before`` lacks, or has to a lesser amount."""
    had = defaultdict[Any, float](float)
    for one in before:
        had[_kind(one)] += _units(one)
    has = defaultdict[Any, float](float)
    found: dict[Any, Finding] = {}
    for one in after:
        has[_kind(one)] += _units(one)
        found[_kind(one)] = one
    yield from (one for kind, one in found.items() if has[kind] > had[kind] + _NEGLIGIBLE)


_NEGLIGIBLE = 1e-6


def _kind(finding: Finding) -> Any:
    """Which rule, whose, on which day: everything but by how much."""
    facts = sorted((key, str(value)) for key, value in finding.facts.items() if key not in _AMOUNTS)
    return finding.code, finding.value, tuple(facts)


def _units(finding: Finding) -> float:
    return float(finding.facts.get("units", 1.0))
