"""How the roster and duty of a desk are found: everybody alone, then all together, with a bound between."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace

import numpy as np

from scheduler.adapter import Limits, Relaxed, Solver, Task
from scheduler.anneal import anneal, answer_while_worth, descend
from scheduler.bound import lagrangian
from scheduler.cooling import Budget, Goal
from scheduler.crew import Crew
from scheduler.demand import Demand
from scheduler.earlier import Earlier, begin_from
from scheduler.elsewhere import hold_elsewhere
from scheduler.exact import is_small, search_whole
from scheduler.facts import Facts
from scheduler.guide import guided
from scheduler.joint_prices import joint_prices
from scheduler.master import Master, StoppedError, build_master
from scheduler.placing import attend_anew, place_activities
from scheduler.reseat import reseat
from scheduler.seat_bound import SeatBound
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.spread import spread_work
from scheduler.swift.crossing import cross
from scheduler.swift.law import Law
from scheduler.swift.pace import first_pace, later_pace
from scheduler.swift.search import Swift, readable
from scheduler.watch import Watch
from scheduler.whole_sessions import keep_sessions_whole

_FOR_FIRST = 0.25
"""Part of the time left that the first search may take."""
_FOR_A_BACKLOG = 8.0
"""How much warmer the first search is where work may wait: only many changes at once lead out of a lasting backlog."""
_STANDS = 0.1
"""Part of the first search's steps after which a roster stands that is worth keeping."""
_FOR_BOUND = 0.8
"""Part of the time left that the relaxation may take."""
_FOR_LINES = 0.15
"""Part of the time left in which people are asked for whole lines at the relaxation's prices."""
_FOR_ANSWERS = 0.2
"""Part of the time left in which people are asked for their best answers before the long walk."""
_FOR_SEATS = 0.15
"""Part of the time left for a search of seats alone, where the walk can't be used."""
_SESSIONS_TRIED = (0.1, 0.15, 0.2, 0.25)
"""Parts of the time left after which everybody may go to another session."""
_FOR_SESSIONS = 0.2
"""Part of the time left in which sessions are held at other times, on a small desk."""
_FEW = 250
"""Days of people up to which plans are crossed."""
_FOR_A_LOOK = 0.1
"""Part of the time left that branch and cut gets at first: many small desks are proven at once."""
_FOR_CROSSING = 0.25
"""Part of the time left in which plans of a small desk are crossed before branch and cut."""
_STEPS_PER_NODE = 1_000
"""Steps that a node of branch and cut counts for."""
_GRACE_S = 1.0
"""Seconds after a wish to stop in which people may still get their first line."""
_TO_END_S = (0.5, 0.02)
"""Seconds kept for the account and the audit: at least, and per person."""


@dataclass
class _Search:
    """What the steps share."""

    crew: Crew
    master: Master
    task: Task
    law: Law | None
    solver: Solver
    rng: np.random.Generator
    watch: Watch
    is_warm: bool
    bound: float = -np.inf

    @property
    def goal(self) -> Goal:
        """Where the search may stop."""
        return Goal(self.bound, self.crew.facts.desk.settings.scheduler.gap)

    @property
    def steps(self) -> int | None:
        """Steps that each search may take."""
        return self.crew.facts.desk.settings.scheduler.steps

    @property
    def is_few(self) -> bool:
        """Whether people and days are so few that plans are crossed."""
        return len(self.crew.solos) * self.crew.facts.n_days <= _FEW

    @property
    def left_s(self) -> float:
        """Seconds left for searching."""
        least, each = _TO_END_S
        return self.watch.left_s() - min(0.1 * self.watch.limit_s, least + each * len(self.crew.solos))


def search_desk(
    facts: Facts,
    demand: Demand,
    grid: Grid,
    solver: Solver,
    rng: np.random.Generator,
    watch: Watch,
    earlier: Earlier | None,
) -> tuple[Crew, float]:
    """The crew with the best plan that the time allows, from an ``earlier`` one where there is one, and a proven bound
    (-inf where there was no time for one)."""
    with watch.during("people"):
        crew = Crew(facts, demand, grid, _alone(facts, solver, watch))
        if earlier is not None and not watch.cancelled:
            begin_from(crew, earlier)
        watch.incumbent = crew.cost
    with watch.during("roster"):
        if watch.over:
            _make_first(crew, rng, watch)
            keep_sessions_whole(crew)
            return crew, -np.inf
        try:
            bends = {code: solo.bend for code, solo in crew.solos.items()}
            master = build_master(facts, demand, grid, bends, watch)
        except StoppedError:
            return crew, -np.inf
        task = Task(master.model)
        search = _Search(crew, master, task, readable(crew, master, task), solver, rng, watch, earlier is not None)
        _begin(search)
    with watch.during("bound"):
        relaxed = _prove(search)
    with watch.during("search"):
        _go_on(search, relaxed)
    with watch.during("duty"):
        _finish(search)
    return crew, search.bound


def _alone(facts: Facts, solver: Solver, watch: Watch) -> Mapping[str, Solo]:
    """Everybody's own model and cheapest line. Time does not end it, since without it there is no legal plan; where
    somebody stops it, the people still to come after a grace stay without a line."""
    found: dict[str, Solo] = {}
    stops_s = np.inf
    for number, (code, agent) in enumerate(facts.agents.items()):
        watch.tell(number / len(facts.agents))
        if watch.cancelled:
            stops_s = min(stops_s, watch.elapsed_s() + _GRACE_S)
        if watch.elapsed_s() > stops_s:
            break
        found[code] = Solo(facts, agent, solver)
    return found


def _make_first(crew: Crew, rng: np.random.Generator, watch: Watch) -> None:
    """A first roster where time was over before one stood; nothing where somebody stopped the work."""
    if not watch.cancelled and not watch.stands:
        descend(crew, rng, watch, most=1)


def _begin(search: _Search) -> None:
    """A good plan, and the sessions of the activities."""
    crew, watch = search.crew, search.watch
    if search.law is None or is_small(search.task):
        with nullcontext() if any(crew.attendance.sessions.values()) else crew.uninvited():
            descend(crew, search.rng, watch)
        spread_work(crew, watch)
    else:
        pace = first_pace(crew, search.steps, is_warm=search.is_warm)
        if crew.demand.work and not search.is_warm:
            pace = replace(pace, peak=_FOR_A_BACKLOG * pace.peak)
        swift = Swift(crew, search.law, invites=False)
        swift.search(search.goal, pace, _FOR_FIRST * search.left_s, search.rng, watch)
        watch.stands |= not watch.over or swift.steps >= _STANDS * pace.steps
        _make_first(crew, search.rng, watch)
    if not watch.over:
        place_activities(crew)
    watch.incumbent = crew.cost


def _prove(search: _Search) -> Relaxed | None:
    """The bound, and the relaxation that proves it where there was time to solve it."""
    own, task, watch = search.crew.facts.desk.settings.scheduler, search.task, search.watch
    limits = Limits(_bound_s(search), own.gap, own.seed, own.threads)
    slow = watch.slowness() if own.steps is None else 1.0
    relaxed, prices = joint_prices(search.crew, search.master, task, search.solver, limits, watch, search.left_s, slow)
    seats = SeatBound(search.crew, search.master, task)
    prices = seats.margins() if prices is None else prices
    watch.bound = search.bound = seats.proven(prices, watch, _FOR_LINES * search.left_s)
    if relaxed is not None and search.crew.attendance.activities and search.bound < relaxed.bound:
        search.bound = max(search.bound, lagrangian(search.master, task, prices, search.crew.solos, watch))
    known = [np.zeros(len(prices)), prices] + ([] if relaxed is None else [relaxed.prices])
    watch.bound = search.bound = max(search.bound, *(task.program.bound(own) for own in known))
    return relaxed if relaxed is not None and relaxed.is_optimal else None


def _bound_s(search: _Search) -> float:
    """Seconds for the relaxation: what is left when everybody is asked once more, which takes as long as before."""
    left_s, again_s = search.left_s, search.watch.seconds.get("people", 0.0)
    return max(0.5 * left_s, min(_FOR_BOUND * left_s, left_s - again_s))


def _go_on(search: _Search, relaxed: Relaxed | None) -> None:
    """Branch and cut where the desk is small, then the long search."""
    crew, watch = search.crew, search.watch
    if search.law is None and relaxed is not None and not watch.over:
        guided(crew, search.master, relaxed.values, search.rng)
        descend(crew, search.rng, watch)
    elif search.law is not None and is_small(search.task) and search.is_few:
        _branch(search, _FOR_A_LOOK)
        if not search.goal.reached(crew.cost):
            _stroll(search, search.law, _FOR_CROSSING)
    _branch(search, 1.0)
    if is_small(search.task):
        spread_work(crew, watch)
    if search.law is None:
        anneal(crew, search.goal, Budget((1 - _FOR_SEATS) * search.left_s, search.steps), search.rng, watch)
    elif not search.goal.reached(crew.cost):
        _walk(search, search.law)


def _branch(search: _Search, part: float) -> None:
    """Branch and cut where the desk is small, for a part of the time left, or of the nodes where steps are counted."""
    own, watch = search.crew.facts.desk.settings.scheduler, search.watch
    nodes = None if own.steps is None else int(part * own.steps) // _STEPS_PER_NODE
    seconds = search.left_s * (part if own.steps is None else 1.0)
    limits = Limits(seconds, own.gap, own.seed, own.threads, nodes=nodes)
    search.bound = search_whole(search.crew, search.master, search.task, search.solver, limits, search.bound, watch)
    watch.bound = search.bound


def _walk(search: _Search, law: Law) -> None:
    """The long search: whole lines first, then shift by shift, sessions between."""
    crew, watch = search.crew, search.watch
    if not is_small(search.task):
        budget = Budget(_FOR_ANSWERS * search.left_s, search.steps)
        answer_while_worth(crew, search.goal, budget, search.rng, watch)
    for seconds in (*_SESSIONS_TRIED, 1.0) if crew.attendance.activities else (1.0,):
        _stroll(search, law, seconds)
        if seconds < 1.0 and not watch.over:
            attend_anew(crew)
            _hold_elsewhere(search, seconds == _SESSIONS_TRIED[0])


def _stroll(search: _Search, law: Law, part: float) -> None:
    """Walk, or with few people and days cross the plans of many walks, for a part of the time left."""
    crew, watch, seconds = search.crew, search.watch, part * search.left_s
    if search.is_few:
        cross(crew, law, search.goal, Budget(seconds, search.steps), search.rng, watch)
    else:
        pace = later_pace(crew, search.steps, is_warm=search.is_warm)
        Swift(crew, law).search(search.goal, pace, seconds, search.rng, watch)


def _hold_elsewhere(search: _Search, is_first: bool) -> None:
    """Sessions at times drawn anew, on a small desk."""
    if is_first and search.law is not None and is_small(search.task):
        seconds = search.left_s * (_FOR_SESSIONS if search.steps is None else 1.0)
        hold_elsewhere(search.crew, search.law, search.goal, search.steps, seconds, search.rng, search.watch)


def _finish(search: _Search) -> None:
    """Seats alone, where the walk has not searched them with the lines."""
    keep_sessions_whole(search.crew)
    if search.law is None:
        budget = Budget(search.left_s, search.steps)
        reseat(search.crew, search.goal, budget, search.rng, search.watch)
