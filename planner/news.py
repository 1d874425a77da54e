"""What one audit says that another did not, or materially less of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from desk import Finding

_MATERIAL = 0.05
"""A priced rule that is broken by this share more than before is news; its price is in the cost account anyhow."""
_ROUNDING = 1e-6
_WHOSE = ("agent", "date")


def news(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of ``after`` on what ``before`` did not find, or found to a lesser extent.

    What moves for everybody by a hair, such as a fair share when one shift is gone, is none.
    """
    had, has = _units(before), defaultdict[Any, float](float)
    last: dict[Any, Finding] = {}
    for one in after:
        kind = _kind(one)
        has[kind] += _of(one)
        last[kind] = one
    for kind, one in last.items():
        slack = 1.0 if one.severity == "error" else 1.0 + _MATERIAL
        if has[kind] > slack * had.get(kind, 0.0) + _ROUNDING:
            yield one


def _units(findings: Iterable[Finding]) -> dict[Any, float]:
    found = defaultdict[Any, float](float)
    for one in findings:
        found[_kind(one)] += _of(one)
    return found


def _kind(finding: Finding) -> Any:
    """Which rule, whose, on which day, between which shifts: everything but by how much."""
    named = (str(finding.facts.get(key, "")) for key in _WHOSE)
    words = (str(own) for key, own in sorted(finding.facts.items()) if key not in _WHOSE and not _is_number(own))
    return finding.code, finding.severity, finding.value, *named, *words


def _of(finding: Finding) -> float:
    units = finding.facts.get("units", 1.0)
    return float(units) if _is_number(units) else 1.0


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True
