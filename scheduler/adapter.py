"""The one place that knows PuLP's solvers: hands a model over as arrays, and reads back only what the solver itself
says."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

import highspy
import numpy as np
import numpy.typing as npt
import pulp

from scheduler.model import Model
from scheduler.program import Program, as_program
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_ROUNDING = 1e-5
_LIGHT = {
    "presolve": "off",
    "mip_detect_symmetry": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_effort": 0.0,
}
"""What a model of one person does without: five times as fast."""


class Effort(Enum):
    """How much a solver prepares: a model of one person is solved before any preparation pays."""

    FULL = "full"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Limits:
    """When a search stops: seconds, relative gap, nodes of branch and cut (None = no limit); and what makes it
    repeatable: threads and seed."""

    seconds: float
    gap: float = 0.0
    seed: int = 1
    threads: int = 1
    effort: Effort = Effort.FULL
    nodes: int | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation: a point, prices of the rows, and the bound that the prices prove."""

    values: Array
    prices: Array
    bound: float
    is_optimal: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best point, None where there is none, and a proven bound (-inf where none)."""

    values: Array | None
    objective: float
    bound: float
    is_optimal: bool
    is_infeasible: bool


@dataclass(frozen=True, slots=True)
class Start:
    """Values of some variables, from which a solver completes a first point."""

    columns: npt.NDArray[np.int32]
    values: Array


class Solver(Protocol):
    """What the methods need of a solver."""

    name: str

    def relax(self, task: "Task", limits: Limits, watch: Watch) -> Relaxed | None:
        """Solve the linear relaxation; None where it was stopped or failed."""

    def least(self, task: "Task", limits: Limits) -> float:
        """A bound of a small model by its fractions; -inf where there is none."""

    def search(self, task: "Task", limits: Limits, watch: Watch, start: Start | None = None) -> Found:
        """Search for a whole-numbered point, from ``start`` where one is given; the watch hears of progress."""


class Task:
    """A model with its arrays made once, and what one question after the other may change: limits of variables, costs,
    right-hand sides."""

    def __init__(self, model: Model) -> None:
        model.close()
        self.problem = model.problem
        self.variables = model.variables
        self.program: Program = as_program(model)
        self.lower = np.zeros(len(model.variables))
        self.upper = self.program.upper.copy()
        self.cost = self.program.cost
        self.row_upper = self.program.row_upper.copy()

    def free(self) -> None:
        """Give every variable its own limits back."""
        self.lower = np.zeros(len(self.upper))
        self.upper = self.program.upper.copy()

    def fix(self, where: npt.NDArray[np.bool_], values: Array) -> None:
        """Hold the variables ``where`` at ``values``."""
        self.lower = np.where(where, values, 0.0)
        self.upper = np.where(where, values, self.program.upper)


class _ArrayHighs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS with the model handed over as arrays (the stock interface goes column by column) and the answer
    left with the solver."""

    def __init__(
        self, task: Task, start: Start | None, options: dict[str, Any], watch: Watch, *, relaxed: bool
    ) -> None:
        kinds = highspy.cb.HighsCallbackType
        stops = [kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt, kinds.kCallbackIpmInterrupt]
        heard = {"callbackTuple": (_interrupt, watch), "callbacksToActivate": stops} if watch.is_heard else {}
        super().__init__(msg=False, **heard, **options)
        self._task, self._start, self._relaxed = task, start, relaxed

    def buildSolverModel(self, lp: Any) -> None:  # noqa: N802 - PuLP's name
        lp.solverModel.passModel(_highs_lp(self._task, relaxed=self._relaxed))
        if self._start is not None:
            lp.solverModel.setSolution(len(self._start.columns), self._start.columns, self._start.values)

    def actualSolve(self, lp: Any) -> int:  # noqa: N802 - PuLP's name
        self.createAndConfigureSolver(lp)
        self.buildSolverModel(lp)
        self.callSolver(lp)
        return int(pulp.LpStatusNotSolved)


def _interrupt(kind: Any, message: str, said: Any, asked: Any, watch: Watch) -> None:
    asked.user_interrupt = not watch.tell()


def _highs_lp(task: Task, *, relaxed: bool) -> Any:
    program = task.program
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = task.cost, task.lower, task.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, task.row_upper
    lp.offset_ = program.constant
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = program.matrix.indptr
    lp.a_matrix_.index_ = program.matrix.indices
    lp.a_matrix_.value_ = program.matrix.data
    if not relaxed and program.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(flag)] for flag in program.whole]
    return lp


class Highs:
    """HiGHS through PuLP."""

    name = "highs"

    def relax(self, task: Task, limits: Limits, watch: Watch) -> Relaxed | None:
        """Interior point without crossover: the prices need not be a vertex's to prove a bound."""
        method = {"solver": "ipx", "run_crossover": "off"}
        solved = self._run(task, limits, watch, None, method, relaxed=True)
        solution = solved.getSolution()
        if not solution.value_valid or not solution.dual_valid:
            return None
        prices = np.array(solution.row_dual)
        is_optimal = solved.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Relaxed(np.array(solution.col_value), prices, task.program.bound(prices), is_optimal)

    def least(self, task: Task, limits: Limits) -> float:
        """Simplex, without preparation."""
        solved = self._run(task, limits, Watch(limits.seconds), None, {"presolve": "off"}, relaxed=True)
        is_optimal = solved.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return float(solved.getInfo().objective_function_value) if is_optimal else -np.inf

    def search(self, task: Task, limits: Limits, watch: Watch, start: Start | None = None) -> Found:
        """Branch and cut."""
        light = _LIGHT if limits.effort is Effort.LIGHT else {}
        nodes = {} if limits.nodes is None else {"mip_max_nodes": limits.nodes}
        solved = self._run(task, limits, watch, start, {"mip_rel_gap": limits.gap, **light, **nodes}, relaxed=False)
        status, info = solved.getModelStatus(), solved.getInfo()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible.value
        values = _rounded(task.program, np.array(solved.getSolution().col_value)) if feasible else None
        kinds = highspy.HighsModelStatus
        return Found(
            values=values,
            objective=task.program.objective(values) if values is not None else np.inf,
            bound=float(info.mip_dual_bound) if task.program.whole.any() else float(info.objective_function_value),
            is_optimal=status == kinds.kOptimal,
            is_infeasible=status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible),
        )

    def _run(
        self, task: Task, limits: Limits, watch: Watch, start: Start | None, extra: dict[str, Any], *, relaxed: bool
    ) -> Any:
        seconds = max(0.1, min(limits.seconds, watch.left_s()))
        options = {"timeLimit": seconds, "threads": limits.threads, "random_seed": limits.seed, **extra}
        with _threads(limits.threads):
            task.problem.solve(_ArrayHighs(task, start, options, watch, relaxed=relaxed))
        return task.problem.solverModel


@contextmanager
def _threads(wanted: int) -> Iterator[None]:
    """HiGHS keeps the threads of its first run and refuses every run that asks for another number."""
    if wanted > 1:
        highspy.Highs.resetGlobalScheduler(True)
    yield
    if wanted > 1:
        highspy.Highs.resetGlobalScheduler(True)


def _rounded(program: Program, values: Array) -> Array:
    return np.where(program.whole, np.round(values), values)


class Cbc:
    """The CBC that PuLP bundles, where it does; its points are believed only after checking every row."""

    name = "cbc"

    def relax(self, task: Task, limits: Limits, watch: Watch) -> Relaxed | None:
        """The relaxation's prices from CBC, the bound from our own arithmetic."""
        self._run(task, limits, watch, mip=False)
        values = self._values(task)
        prices = np.array([row.pi or 0.0 for row in task.problem.constraints()])
        return Relaxed(values, prices, task.program.bound(prices), is_optimal=True)

    def least(self, task: Task, limits: Limits) -> float:
        """CBC tells no bound through PuLP."""
        return -np.inf

    def search(self, task: Task, limits: Limits, watch: Watch, start: Start | None = None) -> Found:
        """Branch and cut; CBC tells no bound through PuLP."""
        self._run(task, limits, watch, mip=True)
        values = _rounded(task.program, self._values(task))
        sound = task.program.violation(values) <= _ROUNDING
        objective = task.program.objective(values) if sound else np.inf
        return Found(values if sound else None, objective, -np.inf, is_optimal=False, is_infeasible=False)

    def _run(self, task: Task, limits: Limits, watch: Watch, *, mip: bool) -> None:
        for var, low, high in zip(task.variables, task.lower.tolist(), task.upper.tolist(), strict=True):
            var.lowBound, var.upBound = low, high
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            seconds = max(1.0, min(limits.seconds, watch.left_s()))
            solver = pulp.PULP_CBC_CMD(msg=False, mip=mip, timeLimit=seconds, gapRel=limits.gap, threads=limits.threads)
            task.problem.solve(solver)

    def _values(self, task: Task) -> Array:
        return np.array([var.varValue or 0.0 for var in task.variables])


def solver_named(name: str) -> Solver:
    """The solver of the settings."""
    return Cbc() if name == "cbc" else Highs()
