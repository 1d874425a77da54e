"""The search seen from outside: a desk in, lines and seats out."""

from dataclasses import dataclass

from desk import Progress
from scheduler.adapter import solver_named
from scheduler.board import Board
from scheduler.cover_search.bend import Bent, bent
from scheduler.cover_search.problem import Lines, Problem, read_problem
from scheduler.cover_search.search import Wanted, search
from scheduler.cover_search.suits import suits
from scheduler.cover_search.whole_program import tried_whole
from scheduler.demand import Demand
from scheduler.facts import OFF, Agent, Facts
from scheduler.roster import Roster
from scheduler.seating import Seating
from scheduler.span import Grid
from scheduler.watch import Watch

_FOR_AUDIT = 0.03
"""Part of the time that is left for seats, account and audit."""
_FOR_BENDING, _AND_HASTILY = 0.4, 0.6
"""Parts of the time up to which the least breaches of those whose own rules contradict each other are looked for, as
long as it takes and hastily."""
_HASTY_S, _LONGEST_S = 0.2, 10.0
"""Seconds for one of them, hastily and at most; most are found in 0.01 s."""
_SMALL = 100
"""People x days x shifts up to which the whole is proven by one small program, faster than this search is loaded."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The best roster found, a proven bound, and the people whose own hard rules contradict each other."""

    roster: Roster
    bound: float
    bent: tuple[str, ...]


def cover_roster(facts: Facts, demand: Demand, watch: Watch) -> Covered | None:
    """What the search finds, where the desk falls apart into lines and headcounts by shift; None where it doesn't, and
    where it is small."""
    own = facts.desk.settings.scheduler
    size = len(facts.agents) * facts.n_days * len(facts.shifts)
    if own.solver != "highs" or size <= _SMALL or not suits(facts, demand):
        return None
    inner = _inner(watch, own.time_limit_s)
    with inner.during("people"):
        problem = read_problem(facts, demand)
    solver, codes = solver_named(own.solver), list(facts.agents)
    with inner.during("roster"):
        tried = tried_whole(facts, demand, solver, inner)
    wanted, left_s = Wanted(own.gap, own.seed, own.threads, own.steps), inner.left_s()

    def bend(number: int) -> Bent:
        seconds = _for_bending(1 - inner.left_s() / left_s) if left_s > 0 else 0.0
        return bent(facts, codes[number], problem.weekend, solver, seconds)

    found = search(problem, wanted, inner, bend, tried)
    watch.seconds |= inner.seconds
    watch.was_cut |= inner.left_s() <= 0.0
    watch.stands |= inner.stands
    return Covered(_roster(facts, problem, found.lines), found.bound, tuple(codes[number] for number in found.bent))


def _for_bending(passed: float) -> float:
    """Seconds for one person's least breach when that part of the time has passed."""
    if passed < _FOR_BENDING:
        return _LONGEST_S
    return _HASTY_S if passed < _AND_HASTILY else 0.0


def _inner(watch: Watch, limit_s: float) -> Watch:
    """A watch that ends a little earlier and passes everything on; that time is over is no wish to stop."""

    def told(progress: Progress) -> bool:
        watch.phase = progress.phase.removeprefix("scheduler.phase.")
        watch.incumbent, watch.bound = progress.incumbent, progress.bound
        watch.tell(progress.done)
        return not watch.cancelled

    return Watch(max(0.0, watch.left_s() - _FOR_AUDIT * limit_s), told)


def seated(facts: Facts, demand: Demand, grid: Grid, roster: Roster) -> Board:
    """Everybody in the first queue of theirs, with the first break: where only heads by shift count, all seats cost
    the same."""
    board = Board(facts, demand, grid)
    for code, agent in facts.agents.items():
        line = dict(roster.lines[code]) | _carried(facts, agent, grid)
        wanted: dict[str, list[int]] = {}
        for day, shift in line.items():
            wanted.setdefault(shift, []).append(day)
        for offer in Seating(board, agent, wanted).offers():
            for day in offer.days:
                board.seat(code, day, offer.seat(day))
    return board


def _carried(facts: Facts, agent: Agent, grid: Grid) -> dict[int, str]:
    """The shift of the eve that reaches into the horizon."""
    shift = facts.shifts.get(agent.past.get(-1, OFF))
    return {-1: shift.code} if shift is not None and grid.span(-1, shift).stop > 0 else {}


def _roster(facts: Facts, problem: Problem, lines: Lines) -> Roster:
    worked = {
        person.code: {day: problem.shifts[own] for day, own in enumerate(line.tolist()) if own < len(problem.shifts)}
        for person, line in zip(problem.people, lines, strict=True)
    }
    return Roster(facts, worked)
