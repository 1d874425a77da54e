"""A person's part of the model: what may be worked, and every rule's rows on it."""

from collections.abc import Iterator

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Label, Model, Row, Var
from scheduler.rules import RULES
from scheduler.rules.parts import Line, never
from scheduler.wage import wage

_SLACK = 1e-6


def add_line(model: Model, facts: Facts, agent: Agent, *, bends: bool) -> Line:
    """Add one person with all rules and wages.

    Where the hard rules contradict each other (``bends``), each of them may give, at the weight of ``bent_terms``.
    """
    line = _variables(model, facts, agent)
    for rule in RULES:
        for row in rule.rows(line):
            _add(model, row, bends=bends)
    _add_floor(model, line)
    return line


def bent_terms(model: Model, agent: Agent) -> list[tuple[Var, float]]:
    """The slacks of one person's hard rules, with their weights."""
    return [
        (var, float(str(label[-1])))
        for var, label in zip(model.variables, model.labels, strict=True)
        if label[0] == "bent" and label[1] == agent.code
    ]


def add_bent_line(model: Model, facts: Facts, agent: Agent, bend: float) -> Line:
    """Add one person whose hard rules give by ``bend`` in all, as little as they can; 0 for most."""
    line = add_line(model, facts, agent, bends=bend > 0)
    if bend > 0:
        model.require(("bends", agent.code), bent_terms(model, agent), "<=", bend * (1 + _SLACK) + _SLACK)
    return line


def workable(facts: Facts, agent: Agent) -> Iterator[tuple[int, Shift]]:
    """The (day, shift) that no rule bars; a pinned shift is always among them, since somebody decided it."""
    barring = [rule.bars for rule in RULES if rule.bars is not never]
    for day in range(facts.n_days):
        for shift in facts.shifts.values():
            pinned = agent.pinned.get(day, OFF) == shift.code
            if pinned or not any(bars(facts, agent, day, shift) for bars in barring):
                yield day, shift


def _variables(model: Model, facts: Facts, agent: Agent) -> Line:
    pay = {code: wage(agent, shift).total for code, shift in facts.shifts.items()}
    x: dict[tuple[int, str], Var] = {}
    by_day: dict[int, list[tuple[Var, float]]] = {}
    for day, shift in workable(facts, agent):
        code = shift.code
        x[day, code] = model.variable(("x", agent.code, day, code), 1.0, pay[code], whole=True)
        by_day.setdefault(day, []).append((x[day, code], 1.0))
    on = {}
    for day, terms in by_day.items():
        on[day] = model.variable(("on", agent.code, day), 1.0, whole=True)
        label: Label = ("one_shift_a_day", agent.code, facts.date(day))
        model.require(label, [*terms, (on[day], -1.0)], "==", 0.0)
    return Line(facts, agent, x, on, model)


def _add(model: Model, row: Row, *, bends: bool) -> None:
    if bends and row.price is None and row.label[0] != "weekend":
        slack = model.soften(row, 0.0)
        model.labels[slack.index] = ("bent", row.label[1], *row.label, row.weight)
    else:
        model.add(row)


def _add_floor(model: Model, line: Line) -> None:
    """Hours paid whether worked or not: floor - sum of paid_h x <= unworked hours."""
    agent = line.agent
    floor_h = agent.contract.min_cost_h_horizon
    if floor_h:
        idle = model.variable(("unworked", agent.code), floor_h, agent.cost_per_h)
        terms, _ = line.hours(range(line.facts.n_days), lambda _, shift: shift.paid_h)
        model.require(("unworked", agent.code), [*terms, (idle, 1.0)], ">=", floor_h)
