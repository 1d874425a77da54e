"""The crew's plan handed to the compiled walk, walked, and handed back."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.adapter import Task
from scheduler.board import AWAY, Seat
from scheduler.cooling import Goal
from scheduler.crew import Crew, Held
from scheduler.master import Ruled
from scheduler.pattern import BREAK
from scheduler.swift.best_seat import FEW
from scheduler.swift.kernel import HARD
from scheduler.swift.law import Law, UnknownKindError, read_law
from scheduler.swift.layout import lay_out
from scheduler.swift.pace import Pace
from scheduler.swift.walk import UNKNOWN, go_to, settle, walk
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_MOST_CHANGES = 32
"""Changes of one proposal of a few people at most."""
_SAME = 1e-9
"""Currency by which the charges of one pattern may differ."""
_LEAST_GAIN = 1e-9
"""Currency by which a plan must be cheaper to be kept."""
KINDS = np.array([0.28, 0.25, 0.10, 0.26, 0.05, 0.03, 0.03, 0.0, 0.0])
"""How often each kind of proposal is drawn, in the order of ``proposal``."""


class State(NamedTuple):
    """A plan on the walk, to come back to: its cost, and everybody's shifts and patterns by day."""

    cost: float
    shift: npt.NDArray[np.int64]
    pattern: npt.NDArray[np.int64]


class Cuts(NamedTuple):
    """Where ``best_seat`` finds the best pattern of a shift by its cuts: what each role saves up to each interval, and
    what ``cut_best`` keeps meanwhile."""

    sums: Array
    most: Array
    found: npt.NDArray[np.int64]
    ahead: Array
    before: Array
    opened: Array
    first_cut: npt.NDArray[np.int64]
    first_role: npt.NDArray[np.int64]


def _no_cuts(roles: int, longest: int) -> Cuts:
    """Room for shifts of so many roles and intervals."""
    numbers = [np.zeros(size, dtype=np.int64) for size in (5, roles, roles)]
    sums, ahead = np.zeros((roles, longest + 1)), np.zeros((FEW, roles))
    return Cuts(sums, np.zeros(1), numbers[0], ahead, np.zeros(roles), np.zeros(roles), *numbers[1:])


class Walked(NamedTuple):
    """The plan as arrays, with all that is kept up to date while it changes; ``good_shift`` and
    ``good_pattern`` are those of other plans, shape (plans, people, days); ``who`` and what follows it is the
    proposal at hand."""

    shift: npt.NDArray[np.int64]
    pattern: npt.NDArray[np.int64]
    effective: Array
    heads: Array
    cell: Array
    activity: Array
    tally: Array
    on_shift: Array
    piece: npt.NDArray[np.int64]
    urgency: Array
    worth: Array
    case_worth: Array
    backlog: Array
    late_cost: Array
    relief: Array
    fresh_backlog: Array
    fresh_late_cost: Array
    fresh_relief: Array
    touched: npt.NDArray[np.int64]
    settled: npt.NDArray[np.int64]
    cuts: Cuts
    good_shift: npt.NDArray[np.int64]
    good_pattern: npt.NDArray[np.int64]
    who: npt.NDArray[np.int64]
    day: npt.NDArray[np.int64]
    old: npt.NDArray[np.int64]
    new: npt.NDArray[np.int64]
    seat: npt.NDArray[np.int64]
    fit: npt.NDArray[np.int64]
    told: npt.NDArray[np.int64]


def readable(crew: Crew, master: Ruled, task: Task) -> Law | None:
    """The rules as the walk needs them; None where a rule is not linear in shifts, or nobody may move."""
    bent = {code for code, solo in crew.solos.items() if solo.bend > 0}
    if len(bent) == len(crew.solos):
        return None
    try:
        law = read_law(master, task, list(crew.facts.agents), bent)
    except UnknownKindError:
        return None
    return law._replace(price=np.where(np.isinf(law.price), HARD, law.price))


class Swift:
    """A crew on the walk; ``best_cost`` is the walk's own sum of the best plan found, ``steps`` how many were taken.

    Without ``invites`` missing an activity costs nothing: for a search before there are sessions. Unless it ``tells``,
    nobody hears what it has found yet.
    """

    def __init__(self, crew: Crew, law: Law, *, invites: bool = True, tells: bool = True) -> None:
        self._crew, self._law = crew, law
        movable = [code for code, solo in crew.solos.items() if solo.bend == 0 and solo.wanted]
        self.layout, self._banks = lay_out(crew, law, movable, invites=invites)
        self._codes, self._shifts = list(crew.facts.agents), list(crew.facts.shifts)
        self.best_cost, self.steps = crew.cost, 0
        self._tells_all = tells and (invites or not crew.attendance.activities)
        self.walked = self._loaded()
        settle(self.layout, law, self.walked)  # type: ignore[no-untyped-call]

    def search(self, goal: Goal, pace: Pace, seconds: float, rng: np.random.Generator, watch: Watch) -> None:
        """Walk until pace or time end it or the goal is reached; the crew ends with the best found, never dearer."""
        best = self.state(self._crew.cost)
        cost = best.cost
        for temperatures in pace.temperatures(seconds, watch):
            if goal.reached(best.cost) or not len(self.layout.movable):
                break
            cost, best = self.walk(temperatures, cost, best, KINDS, rng)
            self.tell(best, watch)
        self.keep(best)

    def walk(
        self, temperatures: Array, cost: float, best: State, kinds: Array, rng: np.random.Generator
    ) -> tuple[float, State]:
        """One step for each temperature from a plan of this ``cost``: what it then costs, and the best so far."""
        draws = rng.integers(0, 1 << 30, (len(temperatures), 7))
        draws[:, 0] = rng.choice(len(kinds), len(temperatures), p=kinds)
        chances = 1.0 - rng.random(len(temperatures))
        cost = walk(self.layout, self._law, self.walked, draws, chances, temperatures, cost)  # type: ignore[no-untyped-call]
        self.steps += len(temperatures)
        return cost, self.state(cost) if cost < best.cost - _LEAST_GAIN else best

    def tell(self, best: State, watch: Watch) -> None:
        """Let the best found be heard of."""
        if best.cost < self.best_cost - _LEAST_GAIN:
            self.best_cost = best.cost
            if self._tells_all:
                watch.incumbent = best.cost

    def state(self, cost: float) -> State:
        """The plan as it is now, of this cost."""
        return State(cost, self.walked.shift.copy(), self.walked.pattern.copy())

    def go_to(self, state: State, others: Sequence[State] = ()) -> None:
        """Make the plan another one; ``others`` are those of which days may be taken."""
        go_to(self.layout, self._law, self.walked, state.shift, state.pattern)  # type: ignore[no-untyped-call]
        shape = (len(others), *state.shift.shape)
        shifts = np.array([own.shift for own in others], dtype=np.int64).reshape(shape)
        patterns = np.array([own.pattern for own in others], dtype=np.int64).reshape(shape)
        self.walked = self.walked._replace(good_shift=shifts, good_pattern=patterns)

    def keep(self, best: State) -> None:
        """Give the crew this plan where it is cheaper than its own."""
        before = self._crew.snapshot()
        self._hand_back(best.shift, best.pattern)
        if self._crew.cost >= before.cost:
            self._crew.restore(before)

    def _loaded(self) -> Walked:
        """The crew as arrays; only those who sit since the eve are counted yet."""
        crew, layout, law = self._crew, self.layout, self._law
        people, days = len(self._codes), crew.facts.n_days
        shift, pattern = np.full((people, days), -1), np.full((people, days), -1)
        for number, code in enumerate(self._codes):
            for day, seat in crew.board.seats[code].items():
                if day >= 0:
                    shift[number, day] = self._shifts.index(seat.shift)
                    pattern[number, day] = self._pattern(number, day, seat)
        held = {code: crew.take(code) for code in list(crew.choices)}
        effective, heads = crew.board.effective.T.copy(), crew.board.heads.T.copy()
        for code, own in held.items():
            crew.give_back(code, own)
        cells, places, queues = np.zeros_like(effective), np.zeros(effective.shape, dtype=np.int64), len(effective)
        longest = int((layout.stop - layout.first).max(initial=0))
        numbers = [np.zeros(max(_MOST_CHANGES, shift.size), dtype=np.int64) for _ in range(7)]
        others = np.zeros((0, people, days), dtype=np.int64)
        return Walked(
            shift,
            pattern,
            effective,
            heads,
            cells,
            np.zeros(len(law.low)),
            np.zeros(len(law.is_any)),
            np.zeros((days, len(self._shifts))),
            places,
            np.ones(1),
            np.zeros_like(cells),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros_like(layout.arriving),
            np.zeros((queues, 2), dtype=np.int64),
            np.zeros((len(layout.arriving), queues), dtype=np.int64),
            _no_cuts(layout.queue.shape[1], longest),
            others,
            others,
            *numbers,
        )

    def _pattern(self, person: int, day: int, seat: Seat) -> int:
        bank = int(self.layout.bank[self.layout.roles[person], day, self._shifts.index(seat.shift)])
        if bank < 0:
            return -1
        held = self._banks.held(bank)
        alike = (held.roles == seat.roles) | ((held.roles != BREAK) & (seat.roles == AWAY))
        found = np.flatnonzero(alike.all(axis=1) & (np.abs(held.charge - seat.charge) < _SAME))
        return int(self.layout.bank_at[bank] + found[0]) if len(found) else UNKNOWN

    def _hand_back(self, shift: npt.NDArray[np.int64], pattern: npt.NDArray[np.int64]) -> None:
        """Give the crew these lines and seats."""
        for number, code in enumerate(self._codes):
            line = {day: self._shifts[own] for day, own in enumerate(shift[number].tolist()) if own >= 0}
            choice = self._crew.choices[code]
            if dict(choice.line) != line:
                choice = self._crew.solos[code].choice(line)
            seats = {day: self._seat(number, day, int(shift[number, day]), int(pattern[number, day])) for day in line}
            sessions = self._crew.attendance.plan_of(code)
            self._crew.give_back(code, Held(choice, seats, sessions))
        self._crew.cost = self._crew.measured()

    def _seat(self, person: int, day: int, shift: int, pattern: int) -> Seat:
        bank = int(self.layout.bank[self.layout.roles[person], day, shift])
        if bank < 0:
            return Seat(self._shifts[shift], np.empty(0, dtype=np.int8), 0.0)
        held, row = self._banks.held(bank), pattern - int(self.layout.bank_at[bank])
        roles, first = held.roles[row], int(self.layout.first[day, shift])
        at = np.arange(first, first + len(roles))
        inside = (at >= 0) & (at < self.layout.n)
        absent = inside & self.layout.away[person, np.clip(at, 0, self.layout.n - 1)]
        roles = np.where(absent & (roles != BREAK), np.int8(AWAY), roles)
        return Seat(self._shifts[shift], roles, float(held.charge[row]))
