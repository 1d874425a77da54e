"""Whether legal lines can fill everything that is wanted over the horizon; a model without objective."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desk import Desk
from scheduler.adapter import Limits, Task, solver_named
from scheduler.demand import read_demand
from scheduler.facts import Agent, Facts, read_facts
from scheduler.line import add_line, workable
from scheduler.model import Model, Var
from scheduler.rules.on_duty import covering, open_hours
from scheduler.rules.parts import Line
from scheduler.span import Grid
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_LIMITS = Limits(seconds=20.0)
_Pause = tuple[int, str, int]
"""A shift's day and code, and the interval in which its break begins."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """People wanted on ``days``: ``kind`` is presence, cover_queue, cover_shift or on_duty, ``name`` the queue, shift
    or certificate, ``most`` the most people wanted at once."""

    kind: str
    name: str
    days: range
    most: float

    @property
    def queue(self) -> str:
        """The queue, where one is asked."""
        return self.name if self.kind in ("presence", "cover_queue") else ""

    def concerns(self, facts: Facts, agent: Agent) -> bool:
        """Whether a person could help, rules aside."""
        if self.kind == "on_duty":
            return self.name in agent.certificates
        if self.queue:
            return self.name in agent.skills
        return any(shift.code == self.name for _, shift in workable(facts, agent))


def everything_wanted(desk: Desk) -> list[Wanted]:
    """What is wanted, each kind and name week by week."""
    facts = read_facts(desk)
    needs = _Needs(facts)
    weeks = [range(max(0, week.days.start), min(facts.n_days, week.days.stop)) for week in facts.weeks]
    found = [(*key, days, needs.most(key, days)) for key in needs.keys for days in weeks]
    return [Wanted(*own) for own in found if own[-1] > 0]


def fillable(
    desk: Desk, wants: Sequence[Wanted], free: frozenset[str] = frozenset(), *, breaks: bool = False
) -> bool | None:
    """Whether lines that keep every hard rule fill all of ``wants`` at once, one place a person at a time; None where
    time ended first. People who are ``free`` need keep no rule. A break counts as there, unless ``breaks`` are to lie
    within their windows: then nobody sits at a queue meanwhile."""
    facts = read_facts(desk)
    people = [own for own in facts.agents.values() if any(want.concerns(facts, own) for want in wants)]
    model = Model("filling")
    lines = [add_line(model, facts, own, bends=own.code in free) for own in people]
    _Rows(model, facts, lines, _Needs(facts), breaks).add(wants)
    task = Task(model)
    if not model.variables:
        return task.program.violation(np.zeros(0)) <= 0
    task.cost = np.zeros(len(model.variables))
    found = solver_named("highs").search(task, _LIMITS, Watch(_LIMITS.seconds))
    return True if found.values is not None else False if found.is_infeasible else None


class _Needs:
    """How many are wanted: per interval, of a shift per day."""

    def __init__(self, facts: Facts) -> None:
        demand, rules, grid = read_demand(facts.desk, None), facts.desk.settings.rules, Grid(facts)
        self.day = np.array([grid.day(at) for at in range(grid.n)])
        self.timed: dict[tuple[str, str], Array] = {}
        for kind, heads in (("presence", demand.presence), ("cover_queue", demand.cover)):
            self.timed |= {(kind, queue): own.required * (own.under_cost > 0) for queue, own in heads.items()}
        self.timed |= {("on_duty", name): wanted * open_hours(facts) for name, wanted in rules.on_duty.items()}
        self.shifts: dict[str, dict[int, float]] = defaultdict(dict)
        for own in demand.shift_cover:
            if own.under_cost > 0:
                self.shifts[own.shift][own.day] = own.required

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Every kind and name."""
        return [*self.timed, *(("cover_shift", shift) for shift in self.shifts)]

    def most(self, key: tuple[str, str], days: range) -> float:
        """The most wanted at once on some days."""
        if key[0] == "cover_shift":
            return max((self.shifts[key[1]].get(day, 0.0) for day in days), default=0.0)
        return float(self.within(key, [days]).max(initial=0.0))

    def within(self, key: tuple[str, str], days: Iterable[range]) -> Array:
        """Wanted per interval, on these days only."""
        asked = np.isin(self.day, [day for own in days for day in own])
        return np.where(asked, self.timed.get(key, np.zeros(len(self.day))), 0.0)


class _Rows:
    """The wants as rows on the people's lines."""

    def __init__(self, model: Model, facts: Facts, lines: Sequence[Line], needs: _Needs, breaks: bool) -> None:
        self._model, self._facts, self._lines, self._needs = model, facts, lines, needs
        self._grid, self._breaks = Grid(facts), breaks
        self._covering = covering(facts, self._grid)
        self._begun: dict[tuple[frozenset[str], int, str], dict[int, Var]] = {}

    def add(self, wants: Sequence[Wanted]) -> None:
        """All of them, together."""
        days: dict[tuple[str, str], list[range]] = defaultdict(list)
        for want in wants:
            days[want.kind, want.name].append(want.days)
        queues: dict[str, Array] = {}
        for (kind, name), own in days.items():
            if kind == "cover_shift":
                self._shift(name, [day for part in own for day in part])
                continue
            needed = self._needs.within((kind, name), own)
            if kind == "on_duty":
                holders = [line for line in self._lines if name in line.agent.certificates]
                self._at_once({name: needed}, {frozenset((name,)): holders}, breaks=False)
            else:
                queues[name] = np.maximum(needed, queues.get(name, 0.0))
        groups: dict[frozenset[str], list[Line]] = defaultdict(list)
        for line in self._lines:
            groups[frozenset(line.agent.skills.keys() & queues.keys())].append(line)
        self._at_once(queues, {known: own for known, own in groups.items() if known}, breaks=self._breaks)

    def _shift(self, code: str, days: Iterable[int]) -> None:
        for day in days:
            required = self._needs.shifts[code].get(day, 0.0)
            terms = [(line.x[day, code], 1.0) for line in self._lines if (day, code) in line.x]
            if required > 0:
                self._model.require(("cover_shift", code, day), terms, ">=", required)

    def _at_once(
        self, needs: Mapping[str, Array], groups: Mapping[frozenset[str], Sequence[Line]], *, breaks: bool
    ) -> None:
        """places[g, q] summed over the groups >= needs[q]; over the queues <= people of g there; intervals that the
        same shifts cover, in which the same may have a break, and that want the same are one."""
        done = set()
        for at in np.flatnonzero(np.max([*needs.values()], axis=0)).tolist() if needs else ():
            asked = {name: float(own[at]) for name, own in needs.items() if own[at] > 0}
            pauses = self._pauses(at) if breaks else []
            block = (tuple(asked.items()), tuple(self._covering.get(at, ())), tuple(self._eve(at)), tuple(pauses))
            if block not in done:
                done.add(block)
                self._block(at, asked, groups, pauses)

    def _block(
        self,
        at: int,
        asked: Mapping[str, float],
        groups: Mapping[frozenset[str], Sequence[Line]],
        pauses: Sequence[_Pause],
    ) -> None:
        places: dict[str, list[tuple[Var, float]]] = {name: [] for name in asked}
        for known, lines in groups.items():
            terms = [(line.x[key], -1.0) for line in lines for key in self._covering.get(at, ()) if key in line.x]
            terms += [(self._begins(known, lines, own), 1.0) for own in pauses]
            carried = sum(line.agent.code in self._eve(at) for line in lines)
            taken = []
            for name in sorted(known & asked.keys()):
                place = self._model.variable(("place", *sorted(known), name, at), float(len(lines)))
                taken.append((place, 1.0))
                places[name].append((place, 1.0))
            if taken:
                self._model.require(("there", *sorted(known), at), [*taken, *terms], "<=", float(carried))
        for name, own in places.items():
            self._model.require(("wanted", name, at), own, ">=", asked[name])

    def _pauses(self, at: int) -> list[_Pause]:
        """The breaks that take somebody away in an interval."""
        found = []
        for day, code in self._covering.get(at, ()):
            span = self._grid.span(day, self._facts.shifts[code])
            found += [(day, code, own) for own in span.breaks if own <= at < own + span.break_len]
        return found

    def _begins(self, known: frozenset[str], lines: Sequence[Line], pause: _Pause) -> Var:
        """How many of a group begin a break then: summed over its window, as many as work the shift."""
        day, code, start = pause
        if (known, day, code) not in self._begun:
            label, most = (*sorted(known), day, code), float(len(lines))
            starts = self._grid.span(day, self._facts.shifts[code]).breaks
            begun = {own: self._model.variable(("break", *label, own), most, whole=True) for own in starts}
            there = [(line.x[day, code], -1.0) for line in lines if (day, code) in line.x]
            self._model.require(("breaks", *label), [*((own, 1.0) for own in begun.values()), *there], ">=", 0.0)
            self._begun[known, day, code] = begun
        return self._begun[known, day, code][start]

    def _eve(self, at: int) -> list[str]:
        """People still on the shift of the eve."""
        found = []
        for line in self._lines:
            shift = self._facts.shifts.get(line.agent.past.get(-1, ""))
            if shift is not None and shift.takes_duty and at < self._grid.span(-1, shift).stop:
                found.append(line.agent.code)
        return found
