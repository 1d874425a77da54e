"""Pairs of shifts that must not follow each other, gathered into strong inequalities."""

from collections.abc import Callable, Collection, Iterator

from scheduler.model import Row
from scheduler.rules.parts import Line

Clash = Callable[[str, str], bool]


def clash_rows(line: Line, code: str, apart: int, clash: Clash, weight: float = 8.0) -> Iterator[Row]:
    """For day d and d' = d + ``apart``: sum of x[a, d, s in S] + sum of x[a, d', s' in S'] <= 1 for sets in which
    every pair clashes.

    S' holds what one shift clashes with; S holds every shift that clashes with all of S'. Each clashing pair lies in
    one of these at least, and nested sets (as of rest, ordered by end and start) give the strongest inequality.
    """
    codes = tuple(line.facts.shifts)
    for before, after in _cliques(codes, clash):
        for day in range(-apart, line.agent.span.stop - apart):
            earlier = [(line.x[day, own], 1.0) for own in before if (day, own) in line.x]
            later = [(line.x[day + apart, own], 1.0) for own in after if (day + apart, own) in line.x]
            known = 1.0 if line.agent.past.get(day) in before else 0.0
            if later and (earlier or known):
                yield Row(line.label(code, day + apart), earlier + later, "<=", 1.0 - known, weight=weight)


def _cliques(codes: Collection[str], clash: Clash) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    followers = {code: frozenset(other for other in codes if clash(code, other)) for code in codes}
    for after in dict.fromkeys(own for own in followers.values() if own):
        yield frozenset(code for code, own in followers.items() if own >= after), after
