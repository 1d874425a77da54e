"""People, shifts, patterns and demand as arrays for the compiled search."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.crew import Crew
from scheduler.facts import Agent
from scheduler.seating import shape_of
from scheduler.swift.banks import Banks
from scheduler.swift.cell import AGENTS, COST, OVER, REQUIRED, SLOPE, UNDER
from scheduler.swift.law import Law

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Layout(NamedTuple):
    """What does not change while the search runs. Axes: person, day, shift, queue, role (a queue's number among the
    person's own), interval; patterns are listed bank by bank, each as runs of one role (negative: break)."""

    n: int
    interval_h: float
    attendance_price: float
    movable: Numbers
    first: Numbers
    stop: Numbers
    bank: Numbers
    bank_at: Numbers
    run_at: Numbers
    run_from: Numbers
    run_to: Numbers
    run_role: Numbers
    charge: Array
    sequences: Numbers
    bank_roles: Numbers
    worked: Numbers
    least_block: Numbers
    most_switches: Numbers
    break_len: Numbers
    break_at: Numbers
    break_start: Numbers
    break_fee: Array
    place_at: Numbers
    place: npt.NDArray[np.int32]
    switch_price: float
    roles: Numbers
    queue: Numbers
    speed: Array
    column: npt.NDArray[np.int32]
    option_at: Numbers
    option: Numbers
    curve: Array
    has_heads: Flags
    wanted: Array
    shift_cost: Array
    has_work: Flags
    arriving: Array
    room: Array
    due: Array
    late_price: Array
    ageing_price: Array
    has_away: bool
    away: Flags
    has_barred: bool
    barred: Array
    invited: Flags
    untrained_price: Array
    going: Numbers
    meets: Flags
    fits: Flags


def lay_out(crew: Crew, law: Law, movable: Iterable[str], *, invites: bool) -> tuple[Layout, Banks]:
    """The arrays of a crew's desk; missing an activity costs something only where it ``invites``."""
    facts, demand, people = crew.facts, crew.demand, list(crew.facts.agents.values())
    banks, place = Banks(), {code: at for at, code in enumerate(facts.agents)}
    bank = _banks(crew, people, banks)
    parts: dict[str, Any] = {
        **_shifts(crew),
        **banks.arrays(),
        **_skills(crew, people),
        **_options(law.column),
        **_curves(crew),
        **_heads(crew),
        **_shift_cover(crew),
        **_work(crew),
        **_activities(crew, people, invites=invites),
    }
    rules = facts.desk.settings.rules
    movers = np.array([place[code] for code in movable], dtype=np.int64)
    layout = Layout(
        n=demand.n,
        interval_h=float(demand.interval_h),
        attendance_price=float(rules.attendance_price),
        movable=movers,
        bank=bank,
        column=law.column,
        **parts,
    )
    return layout, banks


def _banks(crew: Crew, people: Sequence[Agent], banks: Banks) -> Numbers:
    """Bank by number of roles, day and shift; -1 where no duty is taken."""
    facts = crew.facts
    most = max((len(agent.skills) for agent in people), default=0)
    found = np.full((most + 1, facts.n_days, len(facts.shifts)), -1, dtype=np.int64)
    for roles in sorted({len(agent.skills) for agent in people} - {0}):
        for number, shift in enumerate(facts.shifts.values()):
            for day in range(facts.n_days) if shift.takes_duty else ():
                found[roles, day, number] = banks.add(shape_of(crew.board, roles, shift, day))
    return found


def _shifts(crew: Crew) -> dict[str, Numbers]:
    spans = [[crew.board.grid.span(day, own) for own in crew.facts.shifts.values()] for day in range(crew.facts.n_days)]
    return {
        "first": np.array([[own.first for own in row] for row in spans], dtype=np.int64),
        "stop": np.array([[own.stop for own in row] for row in spans], dtype=np.int64),
    }


def _skills(crew: Crew, people: Sequence[Agent]) -> dict[str, Any]:
    most = max((len(agent.skills) for agent in people), default=0)
    queue, speed = np.zeros((len(people), max(1, most)), dtype=np.int64), np.zeros((len(people), max(1, most)))
    for number, agent in enumerate(people):
        for role, (name, own) in enumerate(agent.skills.items()):
            queue[number, role] = crew.demand.queues.index(name)
            speed[number, role] = 1.0 if crew.demand.counts_heads_only else own
    return {"roles": np.array([len(agent.skills) for agent in people], dtype=np.int64), "queue": queue, "speed": speed}


def _options(column: npt.NDArray[np.int32]) -> dict[str, Numbers]:
    """Per person and day, the shifts that may be worked, one list after the other."""
    may = column >= 0
    counts = may.sum(axis=2)
    ends = np.cumsum(counts).reshape(counts.shape)
    begins = np.hstack([np.concatenate([[0], ends[:-1, -1]])[:, None], ends])
    return {"option_at": begins.astype(np.int64), "option": np.nonzero(may)[2].astype(np.int64)}


def _curves(crew: Crew) -> dict[str, Array]:
    """Breakpoints of the curves, in the order of ``cell.AGENTS``; none lies beyond the last."""
    own = [crew.demand.curves.get(queue) for queue in crew.demand.queues]
    most = max((curve.agents.shape[1] for curve in own if curve is not None), default=1)
    found = np.zeros((len(own), crew.demand.n, most, 3))
    found[:, :, 1:, AGENTS] = np.inf
    for queue, curve in enumerate(own):
        if curve is not None:
            wide = curve.agents.shape[1]
            found[queue, :, :wide, AGENTS], found[queue, :, :wide, COST] = curve.agents, curve.cost
            found[queue, :, :wide, SLOPE] = curve.slope
    return {"curve": found}


def _heads(crew: Crew) -> dict[str, npt.NDArray[Any]]:
    """What is wanted of heads, in the order of ``cell.REQUIRED``; of two kinds, fixed headcounts and presence."""
    demand = crew.demand
    found = np.zeros((len(demand.queues), demand.n, 2, 3))
    for kind, wanted in enumerate((demand.cover, demand.presence)):
        for queue, heads in wanted.items():
            own = found[demand.queues.index(queue), :, kind]
            own[:, REQUIRED], own[:, UNDER], own[:, OVER] = heads.required, heads.under_cost, heads.over_cost
    return {"wanted": found, "has_heads": np.asarray(found.any(axis=(1, 2, 3)))}


def _shift_cover(crew: Crew) -> dict[str, Array]:
    """Cost of each number of heads on a shift."""
    codes = {code: at for at, code in enumerate(crew.facts.shifts)}
    found = np.zeros((crew.facts.n_days, len(codes), len(crew.facts.agents) + 1))
    for own in crew.demand.shift_cover:
        if own.shift in codes:
            found[own.day, codes[own.shift]] += [own.cost(heads) for heads in range(found.shape[2])]
    return {"shift_cost": found}


def _work(crew: Crew) -> dict[str, Any]:
    """Deferrable work of each case, queue and interval; a queue with fewer cases has nothing in the others."""
    demand = crew.demand
    cases = max((len(work.arriving_h) for work in demand.work.values()), default=1)
    found = np.zeros((5, cases, len(demand.queues), demand.n))
    for queue, work in demand.work.items():
        own = found[:, : len(work.arriving_h), demand.queues.index(queue)]
        own[:] = work.arriving_h, work.room_h, work.due_h, work.late_price, work.ageing_price
    has_work = np.array([queue in demand.work for queue in demand.queues], dtype=np.bool_)
    hours = {"arriving": found[0], "room": found[1], "due": found[2]}
    return {"has_work": has_work} | hours | {"late_price": found[3], "ageing_price": found[4]}


def _activities(crew: Crew, people: Sequence[Agent], *, invites: bool) -> Mapping[str, Any]:
    attendance, board = crew.attendance, crew.board
    names = [own.name for own in attendance.activities]
    away = np.array([board.away[agent.code] for agent in people]).reshape(len(people), -1)
    bars = any(own.grants for own in attendance.activities)
    going, fits = np.full((len(people), len(names)), -1, dtype=np.int64), list[Flags]()
    for activity, name in enumerate(names):
        session_of = {start: len(fits) + at for at, start in enumerate(sorted(set(attendance.sessions[name])))}
        fits += [_marked(crew, attendance.fitting(name, start)) for start in session_of]
        for number, agent in enumerate(people):
            start = attendance.going[name].get(agent.code)
            going[number, activity] = -1 if start is None else session_of[start]
    days = (crew.facts.n_days, len(crew.facts.shifts))
    prices = [[attendance.untrained_price(agent.code, name) for name in names] for agent in people]
    invited = [[invites and agent.code in own.who for own in attendance.activities] for agent in people]
    return {
        "has_away": bool(away.any()),
        "away": away,
        "has_barred": bars,
        "barred": _barred(crew, people) if bars else np.zeros((1, 1, 1)),
        "invited": np.array(invited, dtype=np.bool_).reshape(len(people), len(names)),
        "untrained_price": np.array(prices, dtype=np.float64).reshape(len(people), len(names)),
        "going": going,
        "meets": np.array([_marked(crew, attendance.meeting(name)) for name in names], np.bool_).reshape(-1, *days),
        "fits": np.array(fits, dtype=np.bool_).reshape(len(fits), *days),
    }


def _marked(crew: Crew, shifts: Iterable[tuple[int, str]]) -> Flags:
    codes = {code: at for at, code in enumerate(crew.facts.shifts)}
    found = np.zeros((crew.facts.n_days, len(codes)), dtype=np.bool_)
    for day, code in shifts:
        found[day, codes[code]] = True
    return found


def _barred(crew: Crew, people: Sequence[Agent]) -> Array:
    most = max(len(agent.skills) for agent in people)
    found = np.zeros((len(people), crew.demand.n, max(1, most)))
    for number, agent in enumerate(people):
        found[number, :, : len(agent.skills)] = crew.board.forbidden[agent.code]
    return found
