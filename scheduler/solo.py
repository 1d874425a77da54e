"""One person alone: which lines the rules allow, and the best of them for given worths of the shifts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.adapter import Effort, Limits, Solver, Start, Task
from scheduler.facts import Agent, Facts
from scheduler.invitation import Invitation, add_invitation
from scheduler.line import add_bent_line, add_line, bent_terms
from scheduler.model import Model, Row
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Line, Quota
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_LONGEST_S = 10.0
"""Seconds that one question may take."""
_EXACT = 1e-6
"""Weight up to which rules count as kept."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line: day -> shift code, and what the person costs alone (wages, floor, priced rules)."""

    line: Mapping[int, str]
    cost: float
    values: Array


class Solo:
    """A person's own small model, kept for many questions.

    Parameters
    ----------
    bend : the least weight by which the person's hard rules must give; 0 where they don't contradict each other.
    seconds : that one question may take.
    first : the cheapest line, whatever it covers.
    wanted : shift -> days on which it may be worked.
    """

    def __init__(self, facts: Facts, agent: Agent, solver: Solver, seconds: float = _LONGEST_S) -> None:
        self.agent = agent
        self._limits = Limits(seconds=seconds, gap=1e-6, effort=Effort.LIGHT)
        self._solver = solver
        self._build(facts, 0.0)
        self._task = Task(self._model)
        self.bend = 0.0
        first = self._ask(self._task.program.cost)
        self.first = first if first is not None else self._bent(facts)
        self.wanted: dict[str, list[int]] = {}
        for day, code in self.line.x:
            self.wanted.setdefault(code, []).append(day)

    def best(self, worth: Mapping[tuple[int, str], float], quotas: Mapping[str, Quota], start: Choice) -> Choice:
        """The line that costs least when a shift on a day saves ``worth`` and the joint rules leave ``quotas`` (rule
        -> quota); ``start`` where none is found."""
        cost = self._task.program.cost.copy()
        for key, saved in worth.items():
            cost[self.line.x[key].index] -= saved
        for rule, quota in quotas.items():
            row, slack = self._quotas[rule]
            self._task.row_upper[row] = quota.free
            cost[slack] = quota.price
            for key, var in self.line.x.items():
                if key in quota.counted:
                    cost[var.index] += quota.charge
        found = self._ask(cost, start.values)
        return start if found is None else found

    def least(self, cost: Array, invited: Sequence[Invitation] = (), *, is_whole: bool = True) -> float:
        """A proven lower bound on ``cost`` over all lines, with what activities take from them; the costs are of the
        variables that every model of this person begins with. Unless ``is_whole``, over fractions of lines: a fifth of
        the time."""
        task = self._invited_task(invited) if invited else self._task
        own = task.program.cost.copy() if invited else np.zeros(len(task.lower))
        own[: len(cost)] = cost
        task.cost = own
        if not is_whole:
            return self._solver.least(task, self._limits)
        return self._solver.search(task, self._limits, Watch(self._limits.seconds)).bound

    def _invited_task(self, invited: Sequence[Invitation]) -> Task:
        model = Model("invited")
        line = add_bent_line(model, self.line.facts, self.agent, self.bend)
        for number, invitation in enumerate(invited):
            add_invitation(model, line, number, invitation)
        return Task(model)

    @property
    def dearest(self) -> float:
        """Cost of the dearest shift that may be worked."""
        return max((float(self._task.program.cost[var.index]) for var in self.line.x.values()), default=0.0)

    def choice(self, line: Mapping[int, str]) -> Choice:
        """What a given line costs alone; the line must keep the rules.

        Raises
        ------
        ValueError : it doesn't.
        """
        wanted = np.zeros(len(self._task.lower))
        named = np.zeros(len(self._task.lower), dtype=np.bool_)
        for (day, code), var in self.line.x.items():
            named[var.index], wanted[var.index] = True, line.get(day) == code
        self._task.fix(named, wanted)
        found = self._ask(self._task.program.cost)
        self._task.free()
        if found is None:
            raise ValueError(f"the line of {self.agent.code} breaks a hard rule")
        return found

    def _build(self, facts: Facts, bend: float) -> None:
        self._model = Model("person")
        self.line: Line = add_bent_line(self._model, facts, self.agent, bend)
        self._quotas = dict(self._quota_rows(facts))

    def _quota_rows(self, facts: Facts) -> Iterator[tuple[str, tuple[int, int]]]:
        """A row for each joint rule that concerns the person: its number, and that of its slack; both say nothing
        until a question sets them. Others can only leave more than they do with no shift at all."""
        for rule in RULES:
            quota = rule.quota(facts, Roster(facts, {}), self.agent)
            if quota is not None:
                terms = [(var, quota.weight) for key, var in self.line.x.items() if key in quota.counted]
                slack = self._model.soften(Row(("quota", rule.code), terms, "<=", quota.free), 0.0)
                yield rule.code, (len(self._model.rows) - 1, slack.index)

    def _bent(self, facts: Facts) -> Choice:
        """Hard rules contradict each other, or time ended first: let them give as little as possible; off on every day
        where even that is not found in time."""
        self._model = Model("person")
        self.line = add_line(self._model, facts, self.agent, bends=True)
        weights = np.zeros(len(self._model.variables))
        for var, weight in bent_terms(self._model, self.agent):
            weights[var.index] = weight
        probe = Task(self._model)
        probe.cost = weights
        found = self._search(probe)
        needed = 0.0 if found is None else float(weights @ found)
        self.bend = needed if needed > _EXACT else 0.0
        hard = np.array([label[0] != "bent" for label in self._model.labels], dtype=np.bool_)
        self._build(facts, self.bend)
        self._task = Task(self._model)
        point = np.zeros(len(self._task.lower))
        if found is None:
            return self._chosen(point)
        known = found if self.bend > 0 else found[hard]
        point[: len(known)] = known
        first = self._ask(self._task.program.cost, point)
        return first if first is not None else self._chosen(point)

    def _ask(self, cost: Array, start: Array | None = None) -> Choice | None:
        self._task.cost = cost
        values = self._search(self._task, start)
        return None if values is None else self._chosen(values)

    def _chosen(self, values: Array) -> Choice:
        line = {day: code for (day, code), var in self.line.x.items() if values[var.index] > 0.5}
        return Choice(line, self._task.program.objective(values), values)

    def _search(self, task: Task, start: Array | None = None) -> Array | None:
        if not len(task.lower):
            return np.zeros(0) if task.program.violation(np.zeros(0)) <= 0 else None
        point = None if start is None else Start(np.arange(len(start), dtype=np.int32), start)
        return self._solver.search(task, self._limits, Watch(self._limits.seconds), point).values
