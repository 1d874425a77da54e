"""What a request of each kind says, and for which days."""

import datetime as dt
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from desk import Finding, InputError
from store.schema import REQUEST_KINDS

LONGEST_WORDS = 2000
MOST_DAYS = 366
_LONGEST_TEXT = 200


def checked_detail(kind: str, detail: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The detail as it is kept: dates as year-month-day, every field of the kind.

    Raises
    ------
    InputError : there is no such kind, a field is missing, unknown or of no use, or the words are too long.
    """
    if kind not in REQUEST_KINDS:
        raise InputError([Finding("request_kind", value=kind, facts={"known": ", ".join(REQUEST_KINDS)})])
    fields = _FIELDS[kind]
    found = {name: _field(fields[name], name, detail.get(name)) for name in fields}
    if unknown := sorted(set(detail) - set(fields)):
        raise _wrong(unknown[0], detail[unknown[0]])
    if not isinstance(words, str) or len(words) > LONGEST_WORDS:
        raise InputError([Finding("request_words", facts={"most": LONGEST_WORDS})])
    if kind == "leave" and not 0 < len(days_asked(kind, found)) <= MOST_DAYS:
        raise InputError([Finding("request_span", facts={"most": MOST_DAYS})])
    return found


def days_asked(kind: str, detail: Mapping[str, Any]) -> tuple[str, ...]:
    """What no second request of the same kind may be about while this one waits: its days; the record of an appeal."""
    if kind == "appeal":
        return (" ".join(str(detail[name]) for name in ("run", "measure", "record")),)
    if kind != "leave":
        return (str(detail["date"]),)
    first, last = (dt.date.fromisoformat(detail[name]) for name in ("date_from", "date_to"))
    number = min((last - first).days + 1, MOST_DAYS + 1)
    return tuple((first + dt.timedelta(days=day)).isoformat() for day in range(number))


def _field(of: Callable[[Any], Any], name: str, value: Any) -> Any:
    try:
        return of(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _wrong(name, value) from error


def _wrong(name: str, value: object) -> InputError:
    return InputError([Finding("request_detail", column=name, value=str(value)[:40])])


def _day(value: Any) -> str:
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    return dt.date(day.year, day.month, day.day).isoformat()


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT:
        raise ValueError(value)
    return value


def _perhaps(value: Any) -> str | None:
    return None if value is None else _text(value)


def _wish(value: Any) -> str:
    if value not in ("on", "off"):
        raise ValueError(value)
    return str(value)


def _weight(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not isfinite(number) or number < 0:
        raise ValueError(value)
    return number


def _number(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def _claim(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise ValueError(value)
    return value


_FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "leave": {"date_from": _day, "date_to": _day, "kind": _text},
    "wish": {"date": _day, "wish": _wish, "shift": _perhaps, "weight": _weight},
    "swap": {"date": _day, "partner_date": _day},
    "appeal": {"run": _number, "measure": _text, "record": _perhaps, "claim": _claim},
}
