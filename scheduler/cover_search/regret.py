"""Where a roster costs more than its bound says: by person, and by day and shift."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.problem import Lines, Problem

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regret:
    """What a bound is made of: prices of a head per day and shift, and by person the least that a line costs at them.

    The regrets of all people and cells add up to the cost less the bound.
    """

    prices: Array
    least: Array

    def of_people(self, problem: Problem, lines: Lines) -> Array:
        """How much each person's line costs above the best one at the prices; shape (people,)."""
        off = np.zeros((problem.n_days, 1))
        earned = np.hstack([self.prices, off])[np.arange(problem.n_days), lines].sum(axis=1)
        costs = [line_cost(person, problem.weekend, line) for person, line in zip(problem.people, lines, strict=True)]
        return np.asarray(np.maximum(0.0, np.array(costs) - earned - self.least))

    def of_cells(self, problem: Problem, lines: Lines) -> Array:
        """How much heads short or over cost above what the prices allow for; shape (days, shifts)."""
        heads = problem.heads(lines)
        return np.asarray(np.maximum(0.0, problem.cell_cost(heads) - self.prices * (problem.required - heads)))
