"""CP-SAT (OR-tools) on a mixed-integer program, in an environment of its own: imports nothing of ours.

``python bench/roster_cpsat.py IN.npz OUT.npz SECONDS GAP WORKERS``: IN holds ``cost, upper, whole, row_lower,
row_upper`` and the matrix by rows as ``start, column, factor``; OUT gets ``values`` (empty where nothing was found),
``bound`` and ``seconds``. What may be fractional is counted in hundredths: CP-SAT knows whole numbers only.
"""

import math
import sys
import time
from pathlib import Path

import numpy as np
from ortools.sat.python import cp_model

FINE = 100
"""Parts into which a unit of a continuous variable is cut."""
CENTS = 10_000
"""Parts into which a unit of currency is cut in the objective."""
MULTIPLES = (1, 2, 10, 20, 100, 200, 1_000, 10_000, 100_000)


def main() -> int:
    """Read, solve, write."""
    source, target = map(Path, sys.argv[1:3])
    seconds, gap, workers = float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
    given = np.load(source)
    model, variables = build(given)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.relative_gap_limit = gap
    solver.parameters.num_workers = workers
    began = time.perf_counter()
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    scale = np.where(given["whole"], 1, FINE)
    values = np.array([solver.value(own) for own in variables]) / scale if found else np.zeros(0)
    np.savez(target, values=values, bound=solver.best_objective_bound / CENTS, seconds=time.perf_counter() - began)
    return 0


def build(given: "np.lib.npyio.NpzFile") -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """The program in whole numbers: every row times the least number that makes its factors whole."""
    model = cp_model.CpModel()
    scale = np.where(given["whole"], 1, FINE)
    most = np.floor(given["upper"] * scale + 1e-6).astype(np.int64).tolist()
    variables = [model.new_int_var(0, own, "") for own in most]
    rows = zip(given["start"][:-1], given["start"][1:], given["row_lower"], given["row_upper"], strict=True)
    columns, factors = given["column"], given["factor"]
    for first, stop, low, high in rows:
        own = columns[first:stop]
        times = multiple(factors[first:stop] / scale[own])
        whole = np.rint(factors[first:stop] / scale[own] * times).astype(np.int64)
        total = cp_model.LinearExpr.weighted_sum([variables[at] for at in own], whole.tolist())
        if low == high:
            model.add(total == round(low * times))
        elif math.isfinite(low):
            model.add(total >= math.floor(low * times + 1e-6))
        else:
            model.add(total <= math.ceil(high * times - 1e-6))
    prices = np.rint(given["cost"] / scale * CENTS).astype(np.int64)
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, prices.tolist()))
    return model, variables


def multiple(factors: np.ndarray) -> int:
    """The least of the known multiples that makes all factors whole, but for what rounding may cost."""
    for own in MULTIPLES:
        if np.abs(factors * own - np.rint(factors * own)).max(initial=0.0) < 1e-6:
            return own
    return MULTIPLES[-1]


if __name__ == "__main__":
    sys.exit(main())
