"""One engine on one generated desk, in a process of its own; every plan is seated and costed by the same code.

``python -m bench.roster_engines ENGINE PEOPLE DAYS INTERVAL_MIN SECONDS OUT.json``. ``peakdesk`` is ``make_roster``;
``highs`` gives the whole model (PuLP) to HiGHS at once; ``cpsat`` gives the same model to CP-SAT, in its own
environment (``bench/roster_peers.txt``). Both peers get breaks and roles as shares of groups, the form that is easiest
for them; their lines are seated as ours are, and the account of the finished plan counts.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.environment import ROOT, peers_python
from bench.roster_desk import made_desk
from desk import Curves, Desk, Progress
from scheduler import make_roster
from scheduler.account import account
from scheduler.adapter import Highs, Limits, Task, solver_named
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.duty import read_duty
from scheduler.duty_table import duty_table
from scheduler.facts import read_facts
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.master import Master, build_master
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.watch import Watch

GAP = 0.005
THREADS = 1
WORKERS = 2
"""Of HiGHS, as ours has; of CP-SAT, whose search by parts needs two."""
SWEEPS = 3
Array = npt.NDArray[np.float64]
Told = dict[str, Any]


@dataclass
class Heard:
    """When the first plan stood, and when the gap was first reached."""

    began: float = field(default_factory=time.perf_counter)
    first_s: float | None = None
    good_s: float | None = None

    def __call__(self, told: Progress) -> bool:
        """Note what is told."""
        now = time.perf_counter() - self.began
        if told.incumbent is not None and self.first_s is None:
            self.first_s = now
        known = told.incumbent is not None and told.bound is not None
        if known and self.good_s is None and told.incumbent - told.bound <= GAP * abs(told.incumbent):
            self.good_s = now
        return True


@dataclass(frozen=True)
class Whole:
    """The whole desk as one model, with what its plans are judged by."""

    desk: Desk
    curves: Curves
    master: Master
    task: Task

    def told(self, values: Array | None, bound: float) -> Told:
        """What the lines of a solution cost once everybody is seated."""
        if values is None:
            return {"cost": None, "bound": bound, "errors": None}
        cost, errors = seated_cost(self.desk, self.curves, lines_of(self.master, values))
        return {"cost": cost, "bound": bound, "errors": errors}


def ours(desk: Desk, curves: Curves, seconds: float) -> Told:
    """``make_roster`` as a user calls it."""
    heard = Heard()
    plan = make_roster(desk, curves, report=heard)
    broken = sum(finding.severity == "error" for finding in plan.findings)
    ended = plan.outcome
    told = {"cost": ended.objective, "bound": ended.bound, "errors": broken, "model_s": None}
    return told | {"first_s": heard.first_s, "good_s": heard.good_s, "phases": plan.meta["seconds"]}


def highs(desk: Desk, curves: Curves, seconds: float) -> Told:
    """The whole model in PuLP, solved by HiGHS."""
    began = time.perf_counter()
    whole = whole_of(desk, curves)
    model_s = time.perf_counter() - began
    found = Highs().search(whole.task, Limits(seconds, GAP, threads=THREADS), Watch(seconds))
    return whole.told(found.values, found.bound) | {"model_s": model_s}


def cpsat(desk: Desk, curves: Curves, seconds: float) -> Told:
    """The same model, solved by CP-SAT; its time begins when its own model stands."""
    python = peers_python("roster", Path(__file__).with_name("roster_peers.txt"))
    if python is None:
        raise RuntimeError("the peers' environment could not be built")
    whole = whole_of(desk, curves)
    program = whole.task.program
    files = [ROOT / "out" / "bench" / f"cpsat-{len(desk.table('agents'))}-{part}.npz" for part in ("in", "out")]
    rows = {"start": program.matrix.indptr, "column": program.matrix.indices, "factor": program.matrix.data}
    sides = {"row_lower": program.row_lower, "row_upper": program.row_upper}
    np.savez(files[0], cost=program.cost, upper=program.upper, whole=program.whole, **rows, **sides)
    script = Path(__file__).with_name("roster_cpsat.py")
    words = [str(python), str(script), *map(str, files), str(seconds), str(GAP), str(WORKERS)]
    subprocess.run(words, check=True)
    found = np.load(files[1])
    values = found["values"] if len(found["values"]) else None
    return whole.told(values, program.constant + float(found["bound"]))


ENGINES: dict[str, Callable[[Desk, Curves, float], Told]] = {"peakdesk": ours, "highs": highs, "cpsat": cpsat}


def whole_of(desk: Desk, curves: Curves) -> Whole:
    """Everybody's lines, breaks and roles as one model."""
    facts = read_facts(desk)
    master = build_master(facts, read_demand(desk, curves), Grid(facts), dict.fromkeys(facts.agents, 0.0))
    return Whole(desk, curves, master, Task(master.model))


def lines_of(master: Master, values: Array) -> dict[str, dict[int, str]]:
    """Agent -> day -> shift of a solution."""
    return {
        code: {day: shift for (day, shift), var in line.x.items() if values[var.index] > 0.5}
        for code, line in master.lines.items()
    }


def seated_cost(desk: Desk, curves: Curves, lines: dict[str, dict[int, str]]) -> tuple[float, int]:
    """Cost of these lines with everybody seated where it helps most, and how many hard rules they break."""
    facts = read_facts(desk)
    grid, solver = Grid(facts), solver_named("highs")
    crew = Crew(
        facts, read_demand(desk, curves), grid, {code: Solo(facts, facts.agents[code], solver) for code in lines}
    )
    for code in lines:
        crew.take(code)
    for code, line in lines.items():
        crew.put(code, crew.solos[code].choice(line))
    crew.cost = crew.measured()
    for _ in range(SWEEPS):
        if not sum(crew.reseat(code) for code in lines):
            break
    roster = crew.roster()
    duty = read_duty(facts, grid, roster, duty_table(facts, crew.board, crew.attendance.named()))
    broken = [own for own in (*roster_breaches(facts, roster), *duty_breaches(facts, duty)) if own.price is None]
    return float(account(facts, roster, duty, curves)["amount"].sum()), len(broken)


def main() -> int:
    """One engine, one desk; what it found as JSON."""
    engine, out = sys.argv[1], Path(sys.argv[6])
    people, days, interval_min, seconds = map(int, sys.argv[2:6])
    of, curves = made_desk(people, days, interval_min)
    own = of.settings.scheduler.model_copy(update={"time_limit_s": float(seconds), "gap": GAP})
    of = replace(of, settings=of.settings.model_copy(update={"scheduler": own}))
    began = time.perf_counter()
    told = ENGINES[engine](of, curves, float(seconds))
    told |= {
        "engine": engine,
        "people": people,
        "days": days,
        "limit_s": seconds,
        "took_s": time.perf_counter() - began,
    }
    told |= {"cpu_s": cpu_s(), "memory_gb": memory_gb()}
    out.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


def cpu_s() -> float:
    """Seconds of processor of this process and those it started."""
    return sum(own.ru_utime + own.ru_stime for own in _used())


def memory_gb() -> float:
    """The most memory that this process or one that it started held."""
    return max(own.ru_maxrss for own in _used()) / 1e6


def _used() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


if __name__ == "__main__":
    sys.exit(main())
