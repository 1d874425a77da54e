"""A finished duty plan as the checkers read it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from scheduler.facts import Agent, Facts, Shift
from scheduler.imported import moments_s, names
from scheduler.roster import Roster
from scheduler.span import Grid, Span

Array = npt.NDArray[np.float64]

ON_BREAK = "break"
"""The activity of a break in table ``duty``."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's duty on one shift: ``activities`` per interval of the span, None where the plan says nothing;
    ``briefings`` are the names among them that are neither queue nor break."""

    agent: Agent
    day: int
    shift: Shift
    span: Span
    activities: tuple[str | None, ...]
    briefings: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether the plan knows all of it; a shift of the eve began before the plan does."""
        return self.day >= 0

    @property
    def is_seated(self) -> bool:
        """Whether the person takes queues; who takes none has nothing in the table but activities."""
        return bool(self.agent.skills)


@dataclass(frozen=True)
class Duty:
    """Every turn of a roster, and what lies outside of all of them: (agent, interval).

    ``odd`` counts, per person, the rows that can't be read: a blank, no time, or one that begins no interval.
    """

    facts: Facts
    grid: Grid
    turns: tuple[Turn, ...]
    strays: tuple[tuple[str, int], ...]
    odd: Mapping[str, int] = field(default_factory=dict)

    def of(self, agent: str) -> Sequence[Turn]:
        """The turns of one person."""
        return self._by_agent.get(agent, ())

    @cached_property
    def _by_agent(self) -> Mapping[str, list[Turn]]:
        found: dict[str, list[Turn]] = {}
        for turn in self.turns:
            found.setdefault(turn.agent.code, []).append(turn)
        return found


def read_duty(facts: Facts, grid: Grid, roster: Roster, frame: pd.DataFrame) -> Duty:
    """The duty of a roster from table ``duty``, ours or another's.

    People without any skill take no queue and need no duty but the activities that they attend; shifts on call none.
    """
    said, doubles, odd = _by_agent(grid, frame, facts.desk.settings.timezone)
    turns = tuple(_turns(facts, grid, roster, said))
    strays = [(code, at) for code, own in said.items() for at in own]
    return Duty(facts, grid, turns, tuple(strays + doubles), odd)


def _by_agent(
    grid: Grid, frame: pd.DataFrame, timezone: str
) -> tuple[dict[str, dict[int, str]], list[tuple[str, int]], Counter[str]]:
    interval_s = 3600 * grid.interval_h
    said: dict[str, dict[int, str]] = {}
    doubles: list[tuple[str, int]] = []
    odd: Counter[str] = Counter()
    rows = zip(names(frame, "agent"), moments_s(frame, "start", timezone), names(frame, "activity"), strict=True)
    for code, second, activity in rows:
        place, after = divmod(second - grid.first_s, interval_s)
        if code is None or activity is None or after != 0:
            odd[code or ""] += 1
            continue
        own = said.setdefault(code, {})
        if place in own:
            doubles.append((code, int(place)))
        own[int(place)] = activity
    return said, doubles, odd


def _turns(facts: Facts, grid: Grid, roster: Roster, said: Mapping[str, dict[int, str]]) -> Iterator[Turn]:
    for code, agent in facts.agents.items():
        own = said.get(code, {})
        for day, shift in roster.shifts(agent).items():
            span = grid.span(day, shift)
            if shift.takes_duty and day >= -1 and span.stop > 0:
                activities = tuple(own.pop(at, None) for at in range(span.first, span.stop))
                yield Turn(agent, day, shift, span, activities, facts.activities)


def sitting(duty: Duty) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Effective agents and heads per queue and interval of the horizon."""
    n, queues = duty.grid.n, duty.facts.desk.settings.queues
    effective = {queue: np.zeros(n) for queue in queues}
    heads = {queue: np.zeros(n) for queue in queues}
    for turn in duty.turns:
        for at, activity in enumerate(turn.activities, turn.span.first):
            if activity is not None and activity in turn.agent.skills and 0 <= at < n:
                effective[activity][at] += turn.agent.skills[activity]
                heads[activity][at] += 1
    return effective, heads
