"""A first roster, person after person, and everybody's best answer to all the others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice, repeat

import numpy as np

from scheduler.cover_search.approach import approached
from scheduler.cover_search.best_line import BestLine, Line
from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.part import Part, cut
from scheduler.cover_search.piece import pieces
from scheduler.cover_search.problem import Array, Lines, Problem, pasted
from scheduler.cover_search.whole_table import cells
from scheduler.watch import Watch

_WEEK = 7
_WEEKS = (4, 8, 16)
"""Lengths of the pieces in which a long horizon is planned; longer ones where shorter ones lead nowhere."""
_MANY = 20
"""Different minutes in all, for each day, from which tables of longer pieces are large, and tried last."""
_QUESTIONS, _NOISE = 40, 0.05
"""Questions until a line keeps every limit, and how much more each blurs the prices: shifts of one price are taken all
or none, and a limit needs some of each."""
_SWEEPS, _GAIN = 12, 1e-3
"""Most sweeps of answers, and the relative gain below which one is the last."""
_MOST_CELLS = 2_500_000
"""Cells of a person's table up to which the whole horizon is planned at once."""


def first_lines(problem: Problem, watch: Watch, threads: int = 1) -> tuple[Lines, tuple[int, ...]]:
    """A roster that keeps every hard rule, and the numbers of those for whom no such line was found; they stay off.

    So does whoever is not planned yet when the work is cancelled.
    """
    lines = np.full((len(problem.people), problem.n_days), len(problem.shifts), dtype=np.int16)
    stuck: list[int] = []
    with ThreadPoolExecutor(threads) as workers:
        for first in range(0, len(lines), threads):
            if watch.cancelled:
                break
            people = range(first, min(first + threads, len(lines)))
            grown = list(workers.map(_first_line, repeat(problem), repeat(lines), people))
            for number, line in zip(people, grown, strict=True):
                if line is None:
                    stuck.append(number)
                else:
                    lines[number] = line
    watch.stands = not watch.cancelled
    return lines, tuple(stuck)


def is_short(problem: Problem) -> bool:
    """Whether people's whole lines can be asked for."""
    return all(cells(person) <= _MOST_CELLS for person in problem.people)


def answered(
    problem: Problem, lines: Lines, rng: np.random.Generator, watch: Watch, tell: Callable[[Lines], None]
) -> None:
    """Sweeps of best answers until one gains little; the roster after each is told."""
    after = problem.cost(lines)
    for _ in range(_SWEEPS):
        before, lines = after, best_answers(problem, lines, rng, watch)
        tell(lines)
        after = problem.cost(lines)
        if not before - after > _GAIN * abs(after) or watch.over:
            return


def best_answers(problem: Problem, lines: Lines, rng: np.random.Generator, watch: Watch) -> Lines:
    """One sweep: each person in turn takes the best line given all the others, on long horizons the best one near the
    own."""
    days, short = range(problem.n_days), is_short(problem)
    for number in rng.permutation(len(problem.people)).tolist():
        if watch.over:
            return lines
        part = cut(problem, lines, [number], days)
        answer = _answer(part, None if short else lines[number])
        if answer is not None:
            lines = pasted(lines, part.people, days, answer)
    return lines


def _first_line(problem: Problem, lines: Lines, number: int) -> Line | None:
    """A person's line at the margin of the cover so far: in one where a table holds it, else grown piece by piece, else
    from an illegal one step by step."""
    lengths = [_WEEK * weeks for weeks in _WEEKS if _WEEK * weeks < problem.n_days]
    person, whole = problem.people[number], cut(problem, lines, [number], range(problem.n_days))
    at_once = (_single(whole) for _ in range(cells(person) <= _MOST_CELLS))
    grown = (_grown(problem, lines, number, length) for length in lengths)
    swift = islice(grown, 1 if len(person.lengths) > _MANY * len(person.span) else None)
    stepwise = (approached(person, problem.weekend, margin(whole.problem)) for _ in range(1))
    for line in chain(at_once, swift, stepwise, grown):
        if line is not None and line_cost(person, problem.weekend, line) < np.inf:
            return line
    return None


def margin(problem: Problem) -> Array:
    """What the first head on each day and shift saves."""
    nobody = np.zeros(problem.required.shape, dtype=np.int64)
    return problem.cell_cost(nobody) - problem.cell_cost(nobody + 1)


def _single(part: Part) -> Line | None:
    answer = _answer(part)
    return None if answer is None else np.asarray(answer[0])


def _grown(problem: Problem, lines: Lines, number: int, length: int) -> Line | None:
    own = lines.copy()
    for days in pieces(problem, length):
        answer = _answer(cut(problem, own, [number], days, closed=False))
        if answer is None:
            return None
        own[number, days.start : days.stop] = answer[0]
    return np.asarray(own[number])


def _answer(part: Part, near: Line | None = None) -> Lines | None:
    """The best days of the only person of a part, among those ``near`` a line where it is given."""
    problem = part.problem
    prices = margin(problem)
    person, rng = BestLine(problem.people[0], problem.weekend, near), np.random.default_rng(0)
    for question in range(_QUESTIONS):
        noise = question * _NOISE * (1.0 + np.abs(prices).max())
        found = person.ask(prices + rng.uniform(-noise, noise, prices.shape))
        if found is None or found.is_sound:
            break
    return found.line[None, :] if found is not None and found.is_sound else None
