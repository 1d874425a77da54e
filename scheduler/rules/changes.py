"""Changes against a published roster: every day on which somebody's work differs from what was announced."""

from collections.abc import Iterator, Mapping

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule


def rows(line: Line) -> Iterator[Row]:
    """Published shift s: 1 - x[a, d, s] <= slack; published day off: on[a, d] <= slack, at the price of a change."""
    price = line.facts.desk.settings.rules.change_price
    for day, code in _published(line.facts, line.agent):
        label = line.label("changes", day)
        if code != OFF:
            var = line.x.get((day, code))
            yield Row(label, [] if var is None else [(var, 1.0)], ">=", 1.0, price)
        elif day in line.on:
            yield Row(label, [(line.on[day], 1.0)], "<=", 0.0, price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every day that is not as published."""
    for day, code in _published(facts, agent):
        rostered = shifts[day].code if day in shifts else OFF
        if rostered != code:
            told = {"shift": rostered, "published": code}
            price = facts.desk.settings.rules.change_price
            yield Breach("changes", agent.code, day, 1.0, price, told, is_note=True)


def _published(facts: Facts, agent: Agent) -> list[tuple[int, str]]:
    """The days of the horizon with what was announced; a day without a row of somebody who has rows is a day off."""
    if not agent.published or not facts.desk.settings.rules.change_price:
        return []
    return [(day, agent.published.get(day, OFF)) for day in agent.span]


RULE = Rule("changes", rows=rows, check=check)
