"""Wishes: what refusing one costs is its weight."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule


def rows(line: Line) -> Iterator[Row]:
    """Wish to work: 1 - slack <= x[a, d, s]; wish not to: x[a, d, s] <= slack; on[a, d] where any shift is meant."""
    for wish in line.agent.wishes:
        if wish.weight and 0 <= wish.day < line.facts.n_days:
            var = line.x.get((wish.day, wish.shift)) if wish.shift else line.on.get(wish.day)
            terms = [] if var is None else [(var, 1.0)]
            label = (*line.label("requests", wish.day), wish.wish, wish.shift)
            if wish.wish == "on":
                yield Row(label, terms, ">=", 1.0, wish.weight)
            elif terms:
                yield Row(label, terms, "<=", 0.0, wish.weight)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every wish that was refused."""
    for wish in agent.wishes:
        if not 0 <= wish.day < facts.n_days:
            continue
        rostered = shifts[wish.day].code if wish.day in shifts else ""
        hit = rostered == wish.shift if wish.shift else bool(rostered)
        if hit != (wish.wish == "on"):
            code = f"request_{wish.wish}"
            yield Breach(code, agent.code, wish.day, 1.0, wish.weight, {"shift": wish.shift or rostered})


RULE = Rule("requests", rows=rows, check=check)
