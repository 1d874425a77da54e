"""Which desks fall apart into people's lines and headcounts per day and shift."""

from collections.abc import Callable, Mapping
from typing import Any

from scheduler.demand import Demand
from scheduler.facts import OFF, Agent, Facts
from scheduler.line import workable
from scheduler.model import Label, Model
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Line, Rule
from scheduler.wage import overtime_h


def suits(facts: Facts, demand: Demand) -> bool:
    """Whether the search knows everything that this desk asks.

    Only headcounts by day and shift may couple people, and what each rule asks must be of a kind that a person's
    automata keep; a rule that is not known here has to be silent on this desk.
    """
    coupled = demand.curves or demand.work or demand.cover or demand.presence or facts.activities
    if coupled or not demand.shift_cover or not facts.shifts:
        return False
    sound = all(own.under_cost >= 0 and own.over_cost >= 0 for own in demand.shift_cover)
    whole = all(abs(60 * own.paid_h - round(60 * own.paid_h)) < 1e-6 for own in facts.shifts.values())
    return sound and whole and _keeps_rules(facts)


def _keeps_rules(facts: Facts) -> bool:
    people = list(facts.agents.values())
    if not all(_KEPT[rule.code](facts, agent) for rule in RULES if rule.code in _KEPT for agent in people):
        return False
    unknown = [rule for rule in RULES if rule.code not in _KEPT]
    if any(rule.quota(facts, Roster(facts, {}), agent) is not None for rule in unknown for agent in people):
        return False
    return not unknown or all(_is_silent(facts, agent, unknown) for agent in people)


class _Silent(Model):
    """A model whose variables are never asked for anything."""

    def variable(self, label: Label, upper: float, cost: float = 0.0, *, whole: bool = False) -> Any:
        """A stand-in."""
        return object()


def _is_silent(facts: Facts, agent: Agent, rules: list[Rule]) -> bool:
    """Whether rules ask nothing of a person."""
    x = {(day, shift.code): object() for day, shift in workable(facts, agent)}
    line = Line(facts, agent, x, {day: object() for day, _ in x}, _Silent("silent"))
    nobody = Roster(facts, {})
    return all(
        next(iter(rule.rows(line)), None) is None and next(iter(rule.joint_rows(facts, [line], nobody)), None) is None
        for rule in rules
    )


def _always(facts: Facts, agent: Agent) -> bool:
    return True


def _pinned(facts: Facts, agent: Agent) -> bool:
    """Pinned shifts exist, and lie within the employment."""
    inside = [(day, code) for day, code in agent.pinned.items() if 0 <= day < facts.n_days and code != OFF]
    return all(code in facts.shifts and day in agent.span for day, code in inside)


def _rest(facts: Facts, agent: Agent) -> bool:
    """Only neighbouring days are too close, and the shift of the eve is known."""
    limit = agent.contract.min_rest_h
    rest_h = 0.0 if limit is None else limit.limit
    shifts = facts.shifts.values()
    latest, earliest = max(own.end_min for own in shifts), min(own.start_min for own in shifts)
    known = all(code == OFF or code in facts.shifts for code in agent.past.values())
    return known and 48 + (earliest - latest) / 60 >= rest_h


def _successions(facts: Facts, agent: Agent) -> bool:
    """Only shifts, no days off, are forbidden to follow each other."""
    return not any(OFF in pair for pair in agent.contract.forbidden_successions)


def _weeks(facts: Facts, agent: Agent) -> bool:
    return agent.contract.min_paid_h_week is None and agent.contract.max_paid_h_week is None


def _overtime(facts: Facts, agent: Agent) -> bool:
    monthly = agent.contract.max_overtime_h_month
    return monthly is None or not any(overtime_h(agent, shift) > 0 for shift in facts.shifts.values())


def _max_shifts(facts: Facts, agent: Agent) -> bool:
    return all(limit.price is None for limit in agent.contract.max_shifts.values())


def _weekends(facts: Facts, agent: Agent) -> bool:
    limit = agent.contract.max_weekends
    return limit is None or limit.price is None or limit.limit == round(limit.limit)


def _fairness(facts: Facts, agent: Agent) -> bool:
    rules = facts.desk.settings.rules
    return not rules.fairness_price or not rules.unpopular


_KEPT: Mapping[str, Callable[[Facts, Agent], bool]] = {
    "one_shift_a_day": _always,
    "shifts_allowed": _always,
    "availability": _always,
    "leave": _always,
    "pinned": _pinned,
    "min_rest": _rest,
    "forbidden_successions": _successions,
    "paid_h_day": _always,
    "paid_h_week": _weeks,
    "paid_h_horizon": _always,
    "overtime": _overtime,
    "max_shifts": _max_shifts,
    "max_consecutive_days": _always,
    "min_consecutive_days": _always,
    "min_consecutive_days_off": _always,
    "max_weekends": _weekends,
    "requests": _always,
    "fairness": _fairness,
}
"""Rule -> whether what it asks of a person is kept by the automata."""
