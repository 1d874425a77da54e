"""A mixed-integer model, stated in PuLP: labelled variables and rows, priced slacks."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pulp

Var = Any
"""A PuLP variable; PuLP carries no types."""
Label = tuple[Hashable, ...]
Sense = Literal["<=", ">=", "=="]

_SENSES = {"<=": pulp.LpConstraintLE, ">=": pulp.LpConstraintGE, "==": pulp.LpConstraintEQ}


@dataclass(frozen=True, slots=True)
class Row:
    """One inequality of a rule.

    Parameters
    ----------
    label : what it stands for, such as ``("min_rest", agent, date)``.
    terms : variables with their coefficients; a variable stands in a row once.
    price : currency per unit by which it is missed; None = hard.
    weight : how bad a unit is, in hours, where a person's hard rules contradict each other and one must give.
    """

    label: Label
    terms: list[tuple[Var, float]]
    sense: Literal["<=", ">="]
    limit: float
    price: float | None = None
    weight: float = 8.0


class Model:
    """Collects variables, rows and costs; every variable is at least 0 and has an upper limit, so that a bound can be
    computed from any prices."""

    def __init__(self, name: str) -> None:
        self.problem = pulp.LpProblem(name, pulp.LpMinimize)
        self.variables: list[Var] = []
        self.labels: list[Label] = []
        self.costs: list[float] = []
        self.rows: list[Any] = []
        self.row_labels: list[Label] = []
        self.constant = 0.0

    def variable(self, label: Label, upper: float, cost: float = 0.0, *, whole: bool = False) -> Var:
        """A new variable between 0 and ``upper``."""
        category = pulp.LpInteger if whole else pulp.LpContinuous
        made = self.problem.add_variable(f"v{len(self.variables):08d}", 0, upper, category)
        made.index = len(self.variables)
        self.variables.append(made)
        self.labels.append(label)
        self.costs.append(cost)
        return made

    def require(self, label: Label, terms: Iterable[tuple[Var, float]], sense: Sense, limit: float) -> None:
        """A hard row."""
        constraint = pulp.LpConstraint(pulp.LpAffineExpression(terms), _SENSES[sense], rhs=limit)
        self.problem.addConstraint(constraint, f"r{len(self.rows):08d}")
        self.rows.append(constraint)
        self.row_labels.append(label)

    def add(self, row: Row) -> None:
        """A row of a rule; a priced one gets a slack."""
        if row.price is None:
            self.require(row.label, row.terms, row.sense, row.limit)
        else:
            self.soften(row, row.price)

    def soften(self, row: Row, price: float) -> Var:
        """Add ``row`` with a slack that costs ``price`` a unit; returns the slack."""
        sign = -1.0 if row.sense == "<=" else 1.0
        slack = self.variable(("short", *row.label), _furthest(row), price)
        self.require(row.label, [*row.terms, (slack, sign)], row.sense, row.limit)
        return slack

    def close(self) -> None:
        """State the objective; call once, when all is added."""
        costed = [(var, cost) for var, cost in zip(self.variables, self.costs, strict=True) if cost]
        self.problem.setObjective(pulp.LpAffineExpression(costed))


def _furthest(row: Row) -> float:
    reach = sum(abs(factor) * var.upBound for var, factor in row.terms)
    return float(reach + abs(row.limit))
