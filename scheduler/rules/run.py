"""Runs of days, worked or off, for the rules that limit them."""

import math
from collections.abc import Iterable, Iterator

from desk.settings import Limit
from scheduler.facts import OFF
from scheduler.model import Row
from scheduler.rules.parts import Line


def runs(days: Iterable[int]) -> Iterator[range]:
    """The runs of days in a row."""
    start = stop = None
    for day in sorted(days):
        if start is None or stop is None:
            start, stop = day, day + 1
        elif day == stop:
            stop = day + 1
        else:
            yield range(start, stop)
            start, stop = day, day + 1
    if start is not None and stop is not None:
        yield range(start, stop)


def minimum_run_rows(line: Line, code: str, limit: Limit, *, worked: bool) -> Iterator[Row]:
    """A run of days worked (or off) that begins on a known day lasts ``limit`` days or until the horizon's end.

    With s[d] = on[a, d] (or 1 - on[a, d]), hard: s[d] - s[d - 1] <= s[d + j] for 0 < j < limit.
    Priced, for each length l < limit: s[d] + ... + s[d + l - 1] - s[d - 1] - s[d + l] <= l - 1 + slack, at price x
    (limit - l): exactly the days missing.
    """
    least = math.ceil(limit.limit)
    for start in range(1 - least, line.agent.span.stop):
        if not _can_begin(line, start, worked):
            continue
        for length in range(max(1, -start), min(least, line.agent.span.stop - start)):
            yield _row(line, code, start, length, limit, worked)


def _can_begin(line: Line, start: int, worked: bool) -> bool:
    past = line.agent.past
    unbroken = all(day in past and (past[day] != OFF) == worked for day in range(start, 0))
    before = start - 1
    opposite = before >= 0 or (before in past and (past[before] != OFF) != worked)
    return unbroken and opposite and line.agent.knows(before) and (start < 0 or start in line.agent.span)


def _row(line: Line, code: str, start: int, length: int, limit: Limit, worked: bool) -> Row:
    inner = range(start, start + length) if limit.price is not None else range(start, start + 1)
    sign = 1.0 if worked else -1.0
    weights = dict.fromkeys(inner, sign) | {start - 1: -sign, start + length: -sign}
    terms, known = line.days(weights)
    most = len(inner) - 1.0 if worked else 1.0
    price = None if limit.price is None else limit.price * (limit.limit - length)
    return Row((*line.label(code, start), length), terms, "<=", most - known, price)
