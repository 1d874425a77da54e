"""A part of the desk: some people on some days, everything else standing. It is a desk of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.line_cost import ends_of_runs, steps_cost, weekends, worked
from scheduler.cover_search.person import Person
from scheduler.cover_search.problem import Lines, Problem

Line = npt.NDArray[np.int16]
Times = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

_DEAR = 1e3
"""Currency per minute short of the share, while a first roster grows."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some people on some days, and the problem that they pose."""

    people: tuple[int, ...]
    days: range
    problem: Problem


def cut(problem: Problem, lines: Lines, people: Sequence[int], days: range, *, closed: bool = True) -> Part:
    """The part of ``people`` on ``days``.

    Days on which a weekend's work may go on may not follow the part. Where it is not ``closed``, nothing is planned
    after its days yet, and limits over the horizon give it its share by the days passed.
    """
    others = np.delete(lines, list(people), axis=0)[:, days.start : days.stop]
    inside = slice(days.start, days.stop)
    counts = np.array([(others == shift).sum(axis=0) for shift in range(len(problem.shifts))]).T
    residual = _closed if closed else _opened
    own = tuple(residual(problem.people[number], problem.weekend, lines[number], days) for number in people)
    part = replace(
        problem,
        people=own,
        weekend=problem.weekend[inside],
        required=problem.required[inside] - counts,
        under=problem.under[inside],
        over=problem.over[inside],
    )
    return Part(tuple(people), days, part)


def _closed(person: Person, weekend: Line, line: Line, days: range) -> Person:
    """The person on ``days`` when the line stands before and after."""
    times, minutes, spent = _outside(person, weekend, line, days, after=True)
    later = line[max(days.stop, person.span.start) : person.span.stop]
    end_run = np.zeros(len(person.runs.is_on))
    ends_of_runs(later, person.runs.after, person.runs.cost, person.end_run, end_run)
    return replace(
        _opening(person, line, days),
        end_run=end_run,
        caps=person.caps - times,
        weekends=max(0, person.weekends - spent),
        most_minutes=person.most_minutes - minutes,
        end_price=_Shifted(person.end_price, minutes),
    )


def _opened(person: Person, weekend: Line, line: Line, days: range) -> Person:
    """The person on ``days`` when nothing is planned after them: by their end, the days passed give the share of each
    limit, and work that is missing for it costs dearly."""
    if days.stop >= person.span.stop:
        return _closed(person, weekend, line, days)
    free = np.isfinite(person.cost[:, :-1].min(axis=1))
    share = float(free[: days.stop].sum() / max(1, free.sum()))
    times, minutes, spent = _outside(person, weekend, line, days, after=False)
    least = int(next(iter(person.legal_lengths), 0))
    return replace(
        _opening(person, line, days),
        end_run=np.zeros(len(person.runs.is_on)),
        caps=np.maximum(0, np.floor(share * person.caps).astype(np.int64) - times),
        weekends=max(0, round(share * person.weekends) - spent),
        most_minutes=max(0, int(share * person.most_minutes) - minutes),
        end_price=_Due(share * least - minutes),
    )


def _opening(person: Person, line: Line, days: range) -> Person:
    """The person as the days before leave them."""
    inside = range(max(days.start, person.span.start), min(days.stop, person.span.stop))
    before, runs = slice(person.span.start, max(person.span.start, days.start)), person.runs
    _, run = steps_cost(line[before], person.cost[before], runs.after, runs.cost, runs.start)
    return replace(
        person,
        span=range(inside.start - days.start, max(inside.start, inside.stop) - days.start),
        cost=person.cost[days.start : days.stop],
        runs=replace(runs, start=run),
    )


def _outside(person: Person, weekend: Line, line: Line, days: range, *, after: bool) -> tuple[Times, int, int]:
    """Times of each shift, minutes and weekends of the line before ``days``, and ``after`` them."""
    outside = np.ones(len(line), dtype=np.bool_)
    outside[days.start : days.stop if after else None] = False
    times, minutes = worked(person, line[outside])
    return times, minutes, int(weekends(person, weekend, line)[outside].sum())


@dataclass(frozen=True, slots=True)
class _Shifted:
    """The price of minutes in all, where ``before`` are worked elsewhere."""

    price: Callable[[Times], Array]
    before: int

    def __call__(self, minutes: Times) -> Array:
        return self.price(minutes + self.before)


@dataclass(frozen=True, slots=True)
class _Due:
    """A price of minutes missing, for a line that is to go on."""

    due: float

    def __call__(self, minutes: Times) -> Array:
        return np.asarray(_DEAR * np.maximum(0.0, self.due - minutes))
