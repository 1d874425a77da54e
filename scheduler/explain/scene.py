"""A finished plan set up again, to ask what it would cost if some people's lines were others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from desk import Curves, Desk, Plan
from scheduler.account import account, charge_of
from scheduler.adapter import solver_named
from scheduler.board import AWAY, Board, Seat
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.duty import ON_BREAK, Duty, Turn, read_duty
from scheduler.duty_table import duty_table
from scheduler.facts import Agent, Facts, Shift, read_facts
from scheduler.joint_worth import best_seat, insert_jointly, takes_work
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.pattern import BREAK
from scheduler.roster import Roster, read_roster
from scheduler.rules.parts import Breach
from scheduler.seating import Seating
from scheduler.solo import Choice, Solo
from scheduler.span import Grid
from scheduler.wage import wage
from scheduler.whole_sessions import keep_sessions_whole

_MOST_TO_WALK = 2_000
"""People times days up to which answers are sought by a walk too."""
_STEPS = 20_000
"""Steps of that of a few people."""
_ROUNDS = 6
"""How often a few people choose anew from nothing."""


@dataclass(frozen=True)
class Answer:
    """A plan after some people answered: its roster, its costs by term in currency, and the hard rules on duty that it
    breaks."""

    roster: Roster
    costs: Mapping[str, float]
    hard: tuple[Breach, ...]

    @property
    def total(self) -> float:
        """Currency."""
        return sum(self.costs.values())


class Scene:
    """A plan with its desk and curves."""

    def __init__(self, desk: Desk, plan: Plan, curves: Curves | None) -> None:
        self.desk, self._curves = desk, curves
        self.facts = read_facts(desk)
        self.demand = read_demand(desk, curves)
        self.grid = Grid(self.facts)
        self.roster = read_roster(self.facts, plan.roster)
        self.duty = read_duty(self.facts, self.grid, self.roster, plan.duty)
        self._solos: dict[str, Solo] = {}
        self._chosen: dict[str, tuple[Solo, Choice]] = {}

    @property
    def may_walk(self) -> bool:
        """Whether the desk is small enough for answers by a walk."""
        return len(self.facts.agents) * self.facts.n_days <= _MOST_TO_WALK

    @cached_property
    def now(self) -> Answer:
        """The plan as it is."""
        return self._answer(self.facts, self.roster, self.duty)

    @cached_property
    def settled(self) -> Answer:
        """The plan after everybody answered without anything new."""
        return self.again()

    def forced(self, agent: Agent, others: Sequence[str] = (), shifts: Mapping[str, Shift] | None = None) -> Answer:
        """The plan after ``agent``, maybe under other rules than before, took the best line for the whole, and
        ``others`` theirs, a few times in another order, and on a small desk by a walk of all of them; everybody else
        stays. ``shifts``, where given, may admit other contracts and certificates than before."""
        facts = self._with(agent)
        crew = self._crew(facts if shifts is None else replace(facts, shifts=shifts), [agent.code, *others])
        _respond(crew, agent.code)
        _react(crew, [agent.code, *others], self._rng())
        if others and self.may_walk:
            self._walk(crew, _STEPS)
        keep_sessions_whole(crew)
        return self._reached(crew)

    def again(self, agent: Agent | None = None) -> Answer:
        """The plan after everybody answered by a walk of fixed length; ``agent``, who may be new or under other rules
        than before, took the best line for the whole first."""
        facts = self.facts if agent is None else self._with(agent)
        crew = self._crew(facts, facts.agents)
        if agent is not None:
            _respond(crew, agent.code)
        self._walk(crew)
        return self._reached(crew)

    def bereft(self, code: str) -> Answer:
        """The plan after a person is gone and everybody else answered by a walk as long as that of ``again``."""
        left = {own: agent for own, agent in self.facts.agents.items() if own != code}
        crew = self._crew(replace(self.facts, agents=left), left)
        self._walk(crew)
        return self._reached(crew)

    def price(self, desk: Desk, agent: str) -> float:
        """Currency by which the plan gets dearer where ``agent`` answers the rules of another ``desk``."""
        facts = read_facts(desk)
        return self.forced(facts.agents[agent], shifts=facts.shifts).total - self.now.total

    def worth_by_day(self, agent: Agent) -> dict[int, tuple[float, float]]:
        """For each day on which the shift that pays best saves more than it costs: what it saves and costs, in
        currency, where ``agent`` is not at work yet and works that day only."""
        crew = self._crew(self._with(agent), [agent.code])
        crew.take(agent.code)
        possible: dict[int, list[tuple[float, float, str]]] = {}
        for offer in Seating(crew.board, agent, crew.solos[agent.code].wanted).offers():
            cost = wage(agent, self.facts.shifts[offer.shift]).total
            for day, value in zip(offer.days, offer.value.tolist(), strict=True):
                saved = value - crew.cover_step((day, offer.shift))
                possible.setdefault(day, []).append((saved, cost, offer.shift))
        best = {day: _best_shift(crew, agent, day, own) for day, own in sorted(possible.items())}
        return {day: (value, cost) for day, (value, cost) in best.items() if value > cost}

    def board(self) -> Board:
        """Everybody's seats as the plan has them."""
        return self._crew(self.facts, []).board

    def _rng(self) -> np.random.Generator:
        return np.random.default_rng(self.desk.settings.scheduler.seed)

    def _walk(self, crew: Crew, *steps: int) -> None:
        # longer to import than all the rest, which most questions don't need
        from scheduler.explain.again import walk_on

        walk_on(crew, self._rng(), *steps)

    def _reached(self, crew: Crew) -> Answer:
        roster = crew.roster()
        table = duty_table(crew.facts, crew.board, crew.attendance.named())
        return self._answer(crew.facts, roster, read_duty(crew.facts, self.grid, roster, table))

    def _with(self, agent: Agent) -> Facts:
        return replace(self.facts, agents={**self.facts.agents, agent.code: agent})

    def _answer(self, facts: Facts, roster: Roster, duty: Duty) -> Answer:
        on_duty = (*duty_breaches(facts, duty, self._curves),)
        costs = account(facts, roster, duty, self._curves, (*roster_breaches(facts, roster), *on_duty))
        hard = tuple(own for own in on_duty if own.price is None)
        return Answer(roster, dict(zip(costs["term"], costs["amount"], strict=True)), hard)

    def _crew(self, facts: Facts, free: Iterable[str]) -> Crew:
        """Everybody as the plan has them; only the ``free`` can be asked for other lines."""
        solos = {code: self._solo(facts, facts.agents[code]) for code in dict.fromkeys(free)}
        crew = Crew(facts, self.demand, self.grid, solos)
        for code in solos:
            crew.take(code)
        sessions = self._sessions(crew)
        for code in facts.agents:
            crew.send(code, sessions.get(code, {}))
            self._sit_eve(crew, code)
            self._sit(crew, code, solos.get(code))
        crew.cost = crew.measured()
        return crew

    def _solo(self, facts: Facts, agent: Agent) -> Solo:
        """The person's own model, made once."""
        known = self._solos.get(agent.code)
        if known is None or known.agent != agent or known.line.facts.shifts != facts.shifts:
            known = self._solos[agent.code] = Solo(facts, agent, solver_named(self.desk.settings.scheduler.solver))
        return known

    def _sit(self, crew: Crew, code: str, solo: Solo | None) -> None:
        line = dict(self.roster.lines.get(code, {}))
        choice = self._choice(code, solo, line)
        if choice.line == line:
            for day, seat in self._seats(code, line).items():
                crew.board.seat(code, day, seat)
            crew.choices[code] = choice
        else:
            crew.put(code, choice)

    def _choice(self, code: str, solo: Solo | None, line: Mapping[int, str]) -> Choice:
        """What the person has, worked out once for each model of them."""
        if solo is None:
            return _choice(None, line)
        known = self._chosen.get(code)
        if known is None or known[0] is not solo:
            known = self._chosen[code] = (solo, _choice(solo, line))
        return known[1]

    def _sit_eve(self, crew: Crew, code: str) -> None:
        """Whoever is still on the shift of the eve sits as the plan says."""
        for turn in self.duty.of(code):
            if turn.day < 0 and turn.day in crew.board.seats[code]:
                crew.board.leave(code, turn.day)
                crew.board.seat(code, turn.day, _seat(self.facts, turn))

    def _seats(self, code: str, line: Mapping[int, str]) -> dict[int, Seat]:
        turns = {turn.day: turn for turn in self.duty.of(code)}
        nothing = np.empty(0, dtype=np.int8)
        return {
            day: _seat(self.facts, turns[day]) if day in turns else Seat(shift, nothing, 0.0)
            for day, shift in line.items()
        }

    def _sessions(self, crew: Crew) -> dict[str, dict[str, int]]:
        """Person -> activity -> start of the session attended."""
        found: dict[str, dict[str, int]] = {}
        known = {own.name: own for own in crew.attendance.activities}
        for turn in self.duty.turns:
            for at, does in enumerate(turn.activities, turn.span.first):
                if does in known:
                    found.setdefault(turn.agent.code, {}).setdefault(str(does), at)
        for name in known:
            crew.attendance.sessions[name] = sorted({own[name] for own in found.values() if name in own})
        return found


def _best_shift(
    crew: Crew, agent: Agent, day: int, possible: Sequence[tuple[float, float, str]]
) -> tuple[float, float]:
    """What the shift that pays best saves and costs; ``possible`` are upper bounds on the savings, costs and shifts."""
    best = (0.0, 0.0)
    for most, cost, shift in sorted(possible, key=lambda own: own[1] - own[0]):
        if most - cost <= best[0] - best[1]:
            break
        value = most
        if takes_work(crew.board, agent):
            value = best_seat(crew.board, agent, day, shift)[0] - crew.cover_step((day, shift))
        if value - cost > best[0] - best[1]:
            best = (value, cost)
    return best


def _respond(crew: Crew, code: str) -> None:
    """Give a person the best line for the whole."""
    held = crew.take(code)
    insert_jointly(crew, code, held.choice)
    crew.cost = crew.measured()


def _react(crew: Crew, people: Sequence[str], rng: np.random.Generator) -> None:
    """Let people answer one after the other, from the lines they have and from none at all."""
    for code in people[1:]:
        crew.improve(code)
    best = crew.snapshot()
    for _ in range(_ROUNDS if len(people) > 1 else 0):
        held = {code: crew.take(code) for code in people}
        for code in map(str, rng.permutation(np.array(people))):
            crew.insert(code, held[code].choice)
        crew.cost = crew.measured()
        for code in people:
            crew.improve(code)
        if crew.cost < best.cost:
            best = crew.snapshot()
    crew.restore(best)


def _choice(solo: Solo | None, line: Mapping[int, str]) -> Choice:
    """What the person has; somebody who must choose anew begins with the line that costs least alone."""
    if solo is None:
        return Choice(line, 0.0, np.empty(0))
    try:
        return solo.choice(line)
    except (ValueError, KeyError):
        return solo.first


def _seat(facts: Facts, turn: Turn) -> Seat:
    queues = [*turn.agent.skills]
    roles = [queues.index(own) if own in queues else _idle(turn, own) for own in turn.activities]
    return Seat(turn.shift.code, np.array(roles, dtype=np.int8), charge_of(facts, turn))


def _idle(turn: Turn, does: str | None) -> int:
    return AWAY if does is not None and does != ON_BREAK else BREAK
