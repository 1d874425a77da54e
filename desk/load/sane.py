"""What no setting may be, whichever it is: nested without end, a misleading text, a number or a day beyond all use."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import inf
from typing import Any

from desk.load.ledger import Ledger
from desk.load.setting_finding import line_of
from desk.load.unsafe import is_unsafe_name

LARGEST_SETTINGS_BYTES = 2**18
_MOST_DOTS = 300
DEEPEST = 12
LONGEST_TEXT = 2000
_LARGEST, _SMALLEST = 1e15, 1e-15
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_MOST = 20
Path = tuple[str, ...]


def refuse_insane(tree: Mapping[str, Any], raw: str, file: str, ledger: Ledger) -> bool:
    """Note what no setting may be; True where there is such a thing."""
    found = [(code, path, value) for path, value in _leaves(tree) if (code := _wrong(path, value))]
    for code, path, value in found[:_MOST]:
        row = line_of(raw, list(path)) if len(path) <= DEEPEST else None
        facts: dict[str, Any] = {"most": LONGEST_TEXT, "deepest": DEEPEST, "first": _FIRST_YEAR, "last": _LAST_YEAR}
        shown = "" if isinstance(value, Mapping | list) else value
        ledger.add(code, file, row=row, column=".".join(path[:DEEPEST]), value=shown, **facts)
    return bool(found)


def endless_line(raw: str) -> int | None:
    """The first line with a key of so many parts that parsing it would take forever, 1-based."""
    lines = enumerate(raw.splitlines(), start=1)
    return next((row for row, line in lines if line.count(".") > _MOST_DOTS), None)


def _leaves(tree: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Everything in the tree with its path; below ``DEEPEST`` nothing is followed."""
    waiting: list[tuple[Path, Any]] = [((), tree)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) > DEEPEST:
            continue
        if isinstance(value, Mapping):
            waiting += [((*path, str(key)), below) for key, below in reversed(list(value.items()))]
        elif isinstance(value, list):
            waiting += [((*path, str(place)), below) for place, below in reversed(list(enumerate(value, start=1)))]


def _wrong(path: Path, value: object) -> str:
    """Code of what is wrong; empty where nothing is."""
    if len(path) > DEEPEST:
        return "setting_too_deep"
    if path and is_unsafe_name(path[-1]):
        return "unsafe_setting"
    match value:
        case str() if is_unsafe_name(value):
            return "unsafe_setting"
        case str() if len(value) > LONGEST_TEXT:
            return "setting_too_long"
        case bool():
            return ""
        case int() | float() if _is_extreme(value):
            return "setting_extreme"
        case date() if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            return "setting_far_date"
    return ""


def _is_extreme(value: float) -> bool:
    size = abs(value)
    return size != inf and (size > _LARGEST or 0 < size < _SMALLEST)
