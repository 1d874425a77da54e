"""Generated desks with curves, two queues, breaks and duty, beside the plain PuLP model with HiGHS:
``python -m bench.roster_size PEOPLE DAYS INTERVAL_MIN SECONDS [--plain]``."""

import resource
import sys
import time
from dataclasses import dataclass, field, replace

import pulp

from bench.roster_desk import made_desk
from desk import Curves, Desk, Progress
from scheduler import make_roster
from scheduler.adapter import Highs, Limits, Task
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.master import build_master
from scheduler.span import Grid
from scheduler.watch import Watch

_GAP = 0.005


@dataclass
class _Heard:
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
        if known and self.good_s is None and told.incumbent - told.bound <= _GAP * abs(told.incumbent):
            self.good_s = now
        return True


def main() -> int:
    """One desk; the exit code."""
    people, days, interval_min, seconds = map(int, sys.argv[1:5])
    of, curves = made_desk(people, days, interval_min)
    own = of.settings.scheduler.model_copy(update={"time_limit_s": float(seconds), "gap": _GAP})
    of = replace(of, settings=of.settings.model_copy(update={"scheduler": own}))
    sys.stdout.write(f"{people} people x {days} days x {interval_min} min, {seconds} s\n")
    _ours(of, curves)
    if "--plain" in sys.argv:
        _plain(of, curves, seconds)
    return 0


def _ours(of: Desk, curves: Curves) -> None:
    heard = _Heard()
    plan = make_roster(of, curves, report=heard)
    ended, errors = plan.outcome, sum(finding.severity == "error" for finding in plan.findings)
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(
        f"peakdesk: cost {ended.objective:,.0f}, bound {ended.bound:,.0f}, gap {ended.gap:.2%}, {ended.seconds:.0f} s "
        f"({used.ru_utime:.0f} s of processor), first {_told(heard.first_s)}, {_GAP:.1%} after {_told(heard.good_s)}, "
        f"hard rules broken {errors}, {used.ru_maxrss / 1e6:.1f} GB\n"
    )


def _plain(of: Desk, curves: Curves, seconds: int) -> None:
    """The master as one model given to HiGHS: breaks and roles are relaxed there, so its cost is not a plan's yet."""
    began = time.perf_counter()
    facts = read_facts(of)
    master = build_master(facts, read_demand(of, curves), Grid(facts), dict.fromkeys(facts.agents, 0.0))
    task = Task(master.model)
    built_s = time.perf_counter() - began
    found = Highs().search(task, Limits(seconds - built_s, _GAP), Watch(seconds - built_s))
    cost = "none" if found.values is None else f"{found.objective:,.0f}"
    sys.stdout.write(
        f"plain PuLP {pulp.__version__} with HiGHS (seats relaxed): cost {cost}, bound {found.bound:,.0f}, "
        f"{time.perf_counter() - began:.0f} s, of them {built_s:.0f} s building\n"
    )


def _told(seconds: float | None) -> str:
    return "not reached" if seconds is None else f"{seconds:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
