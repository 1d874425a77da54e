"""A first roster, person after person, and everybody's best answer to all the others."""

import numpy as np

from scheduler.cover_search.best_line import BestLine, cells
from scheduler.cover_search.part import Part, cut
from scheduler.cover_search.piece import pieces
from scheduler.cover_search.problem import Lines, Problem, pasted
from scheduler.watch import Watch

_WEEK = 7
_WEEKS = (4, 8, 16)
"""Lengths of the pieces in which a long horizon is planned; longer ones where shorter ones lead nowhere."""
_QUESTIONS, _NOISE = 40, 0.05
"""Questions until a line keeps every limit, and how much more each blurs the prices: shifts of one price are taken all
or none, and a limit needs some of each."""
_MOST_CELLS = 8_000_000
"""Cells of a person's table up to which the whole horizon is planned at once."""


def first_lines(problem: Problem) -> Lines | None:
    """A roster that keeps every hard rule, None where none was found."""
    lengths = [_WEEK * weeks for weeks in _WEEKS if _WEEK * weeks < problem.n_days]
    for length in [problem.n_days, *lengths] if is_short(problem) else lengths:
        lines = _grown(problem, length)
        if lines is not None and np.isfinite(problem.cost(lines)):
            return lines
    return None


def is_short(problem: Problem) -> bool:
    """Whether people's whole lines can be asked for."""
    return all(cells(person) <= _MOST_CELLS for person in problem.people)


def best_answers(problem: Problem, lines: Lines, length: int, rng: np.random.Generator, watch: Watch) -> Lines:
    """One sweep: each person in turn, and piece after piece, takes the best days given all the others."""
    for number in rng.permutation(len(problem.people)).tolist():
        for days in pieces(problem, length):
            if watch.over:
                return lines
            part = cut(problem, lines, [number], days)
            answer = _answer(part)
            if answer is not None:
                lines = pasted(lines, part.people, days, answer)
    return lines


def _grown(problem: Problem, length: int) -> Lines | None:
    lines = np.full((len(problem.people), problem.n_days), len(problem.shifts), dtype=np.int8)
    for days in pieces(problem, length):
        for number in range(len(problem.people)):
            part = cut(problem, lines, [number], days, closed=False)
            answer = _answer(part)
            if answer is None:
                return None
            lines = pasted(lines, part.people, days, answer)
    return lines


def _answer(part: Part) -> Lines | None:
    """The best days of the only person of a part."""
    problem = part.problem
    nobody = np.zeros(problem.required.shape, dtype=np.int64)
    prices = problem.cell_cost(nobody) - problem.cell_cost(nobody + 1)
    person, rng = BestLine(problem.people[0], problem.weekend), np.random.default_rng(0)
    for question in range(_QUESTIONS):
        noise = question * _NOISE * (1.0 + np.abs(prices).max())
        found = person.ask(prices + rng.uniform(-noise, noise, prices.shape))
        if found is None or found.is_sound:
            break
    return found.line[None, :] if found is not None and found.is_sound else None
