"""What a rule is made of: its part in the model, and the breaches that its checker finds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desk import Finding
from desk.errors import Severity
from desk.settings import Limit
from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Label, Model, Row, Var
from scheduler.roster import Roster

Terms = list[tuple[Var, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """The variables of one person.

    Parameters
    ----------
    x : (day, shift code) -> 1 where the person works it; only what may be worked.
    on : day -> 1 where the person works at all; only days with a shift that may be worked.
    model : where a rule may add variables of its own.
    """

    facts: Facts
    agent: Agent
    x: Mapping[tuple[int, str], Var]
    on: Mapping[int, Var]
    model: Model

    def label(self, code: str, day: int) -> Label:
        """Label of a row about one day."""
        return (code, self.agent.code, self.facts.date(day))

    def days(self, weights: Mapping[int, float]) -> tuple[Terms, float]:
        """Sum of weight x (1 if the day is worked): the terms of the horizon and the constant of the days before."""
        terms = [(self.on[day], weight) for day, weight in weights.items() if day in self.on]
        known = sum(weight for day, weight in weights.items() if day < 0 and self.agent.past.get(day, OFF) != OFF)
        return terms, known

    def hours(self, days: range, value: Callable[[Agent, Shift], float]) -> tuple[Terms, float]:
        """Sum of ``value`` over the shifts of ``days``: the terms of the horizon and the constant of the days
        before."""
        shifts = self.facts.shifts
        worth = {code: value(self.agent, shift) for code, shift in shifts.items()}
        terms = [(var, worth[code]) for (day, code), var in self.x.items() if day in days and worth[code]]
        past = self.agent.past
        known = sum(worth.get(past[day], 0.0) for day in past if day in days)
        return terms, known


@dataclass(frozen=True, slots=True)
class Breach:
    """One departure from a rule that a checker found.

    Parameters
    ----------
    code : the rule's code, or that of one of its sides.
    agent : whose; empty where it is nobody's own.
    day : the day of the horizon; None where it is no single day's.
    units : by how much, in the unit of the price.
    price : currency per unit; None = the rule is hard.
    facts : values for the sentence.
    is_note : a priced breach too small to need eyes.
    table : ``roster`` or ``duty``, where it was found.
    """

    code: str
    agent: str
    day: int | None
    units: float
    price: float | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_note: bool = False
    table: str = "roster"

    @property
    def severity(self) -> Severity:
        """``error`` where the rule is hard."""
        if self.price is None:
            return "error"
        return "note" if self.is_note else "warning"

    @property
    def cost(self) -> float:
        """Currency; a hard rule has no price."""
        return 0.0 if self.price is None else self.units * self.price

    def finding(self, facts: Facts) -> Finding:
        """The breach as a finding in plain words."""
        named = {"agent": self.agent, "units": number(self.units), "date": ""}
        if self.day is not None:
            named["date"] = facts.date(self.day).isoformat()
        return Finding(
            code=f"{self.table}_{self.code}",
            severity=self.severity,
            file=self.table,
            value=self.agent,
            facts=named | dict(self.facts),
        )


def beyond(code: str, agent: Agent, day: int | None, value: float, limit: Limit, *, most: bool) -> Iterable[Breach]:
    """A breach where ``value`` lies beyond ``limit``: above it where it is the ``most`` allowed, else below it."""
    units = value - limit.limit if most else limit.limit - value
    if units > 1e-6:
        told = {"value": number(value), "limit": number(limit.limit)}
        yield Breach(code, agent.code, day, units, limit.price, told)


def number(value: float) -> str:
    """A number as a sentence shows it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def never(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """Bars nothing."""
    return False


def no_rows(line: Line) -> Iterable[Row]:
    """Adds nothing for a person."""
    return ()


def no_joint_rows(facts: Facts, lines: Sequence[Line], others: Roster) -> Iterable[Row]:
    """Adds nothing that couples people."""
    return ()


def no_check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterable[Breach]:
    """Finds nothing in a person's line."""
    return ()


def no_joint_check(facts: Facts, roster: Roster) -> Iterable[Breach]:
    """Finds nothing in the roster as a whole."""
    return ()


@dataclass(frozen=True, slots=True)
class Quota:
    """What a joint rule means for one person while all the others stand: ``weight`` x (own shifts among ``counted``,
    as day and code) above ``free`` costs ``price`` a unit, and each of them ``charge`` through what it does to the
    others."""

    counted: frozenset[tuple[int, str]]
    weight: float
    free: float
    price: float
    charge: float


def no_quota(facts: Facts, others: Roster, agent: Agent) -> Quota | None:
    """Means nothing."""
    return None


def no_worth(facts: Facts, others: Roster, agent: Agent) -> Mapping[tuple[int, str], float]:
    """Makes no shift worth more."""
    return {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the roster.

    Parameters
    ----------
    code : its name in labels, costs and catalogues.
    bars : whether a shift can't be worked on a day at all; such a variable is never made.
    rows : inequalities on one person's line.
    joint_rows : inequalities that couple people, those with a line and the ``others`` whose roster stands; they must
        be priced, so that every desk has a roster.
    check : breaches in one person's finished line, day -> shift with the known days before the horizon; reads
        nothing of the model.
    joint_check : breaches of the finished roster as a whole.
    quota : what the joint rows mean for one person while the others stand, for a search that goes person by person;
        the joint check decides.
    worth : (day, shift) -> currency that the person's working it saves in the joint rule while the others stand; what
        a quota can't say.
    """

    code: str
    bars: Callable[[Facts, Agent, int, Shift], bool] = never
    rows: Callable[[Line], Iterable[Row]] = no_rows
    joint_rows: Callable[[Facts, Sequence[Line], Roster], Iterable[Row]] = no_joint_rows
    check: Callable[[Facts, Agent, Mapping[int, Shift]], Iterable[Breach]] = no_check
    joint_check: Callable[[Facts, Roster], Iterable[Breach]] = no_joint_check
    quota: Callable[[Facts, Roster, Agent], Quota | None] = no_quota
    worth: Callable[[Facts, Roster, Agent], Mapping[tuple[int, str], float]] = no_worth
