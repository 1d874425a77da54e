"""What optimising is worth: a planner's rule of thumb, a sequential greedy and home roles only, beside the whole.

``python -m bench.roster_rivals 618|1111 [SECONDS] [FIRST_DAY DAYS]`` plans a sample desk (a part of its horizon where
asked) four times with the same forecast, curves and rules, and simulates each plan with the same customers.

- rule of thumb: everybody has one shift, the shifts shared out by the hours of an average day; days worked in
  proportion to the daily forecast of the home queue, five in seven; nobody leaves the home queue.
- sequential greedy: one person after the other takes the line that helps most beside those before.
- home roles only: ``make_roster`` with nobody trained for another queue than the home one.
- peakdesk: ``make_roster``.

Breaks, briefings and the legality of lines of the first two are placed by our own code, which flatters them.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from bench.page import PAGE, put
from data import sample_path
from desk import Curves, Desk, Forecast, Outcome, Plan, Termination, load_desk
from desk.settings.root import Horizon
from forecast import fit
from planner.recipe import with_simulated
from scheduler import audit, make_roster
from scheduler.account import account
from scheduler.adapter import solver_named
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.duty import read_duty
from scheduler.duty_table import duty_table
from scheduler.facts import Facts, read_facts
from scheduler.placing import place_activities
from scheduler.solo import Solo
from scheduler.span import Grid
from staffing import comparison, simulate, staffing_curves
from staffing.predict import predict_service

BENCHMARKS = PAGE.with_name("benchmarks.md")
RUNS = 20
DAYS_WORKED = 5 / 7
FIXED, OTHER = 2000.0, 500.0
"""Currency that a day still to be filled is worth to the rule of thumb: on the person's own shift, on another."""


@dataclass(frozen=True)
class Case:
    """A desk with what is expected of its customers."""

    desk: Desk
    forecast: Forecast
    curves: Curves


def case_of(name: str, seconds: float | None, first: date | None, days: int) -> Case:
    """A sample desk, its forecast and its curves; a part of the horizon owes and allows no hours of the whole."""
    desk = load_desk(sample_path(name))
    own = desk.settings.scheduler
    changed = {"scheduler": own if seconds is None else own.model_copy(update={"time_limit_s": seconds})}
    if first is not None:
        changed["horizon"] = Horizon(start=first, end=first + timedelta(days=days))
        limits = {"min_paid_h_horizon": None, "max_paid_h_horizon": None}
        contracts = desk.settings.contracts.items()
        changed["contracts"] = {code: own.model_copy(update=limits) for code, own in contracts}
    desk = replace(desk, settings=desk.settings.model_copy(update=changed))
    expected = fit(desk).predict()
    return Case(desk, expected, staffing_curves(desk, expected))


def at_home(desk: Desk) -> Desk:
    """The desk with nobody trained for another queue than the home one."""
    skills = desk.table("skills")
    return replace(desk, tables={**desk.tables, "skills": skills[skills["home"]].reset_index(drop=True)})


def thumb(case: Case) -> Plan:
    """Fixed shifts in proportion to the daily forecast."""
    crew = _crew(at_home(case.desk), case.curves)
    shifts, need = _own_shifts(crew, case.forecast), _needs(crew.facts, case.forecast)
    for code, solo in crew.solos.items():
        crew.take(code)
        left = need[next(iter(crew.facts.agents[code].skills), "")]
        worth = {(day, own): _worth(left[day], own == shifts[code]) for day, own in solo.line.x}
        chosen = solo.best(worth, {}, solo.first)
        for day in chosen.line:
            left[day] -= 1.0
        crew.put(code, chosen)
    return _finished(case, crew)


def _worth(left: float, is_own: bool) -> float:
    return float(np.clip(left, 0.0, 1.0)) * (FIXED if is_own else OTHER)


def _own_shifts(crew: Crew, expected: Forecast) -> dict[str, str]:
    """Person -> the one shift: each shift as often as the hours that it covers are asked for."""
    hourly = pd.Series(expected.paths.mean(axis=0).sum(axis=1)).groupby(np.asarray(expected.starts.hour)).mean()
    asked = {
        code: float(np.mean([hourly.get(int(at // 60) % 24, 0.0) for at in np.arange(own.start_min, own.end_min, 60)]))
        for code, own in crew.facts.shifts.items()
        if own.kind == "regular"
    }
    given: Counter[str] = Counter()
    found = {}
    for person, solo in crew.solos.items():
        may = [code for code in asked if code in solo.wanted]
        if may:
            found[person] = min(may, key=lambda code: ((given[code] + 1) / (asked[code] + 1e-9), code))
            given[found[person]] += 1
    return {person: found.get(person, "") for person in crew.solos}


def _needs(facts: Facts, expected: Forecast) -> dict[str, np.ndarray]:
    """Queue -> people wanted a day: the days that its people can work, in proportion to the daily forecast."""
    day = np.asarray((expected.starts.tz_localize(None).normalize() - pd.Timestamp(facts.first)).days)
    found = {"": np.zeros(facts.n_days)}
    for at, queue in enumerate(expected.queues):
        daily = np.bincount(day, expected.paths[:, :, at].mean(axis=0), minlength=facts.n_days)[: facts.n_days]
        people = [own for own in facts.agents.values() if next(iter(own.skills), "") == queue]
        days = DAYS_WORKED * sum(sum(own.available(day) for day in range(facts.n_days)) for own in people)
        found[queue] = days * daily / max(daily.sum(), 1e-9)
    return found


def greedy(case: Case) -> Plan:
    """One person after the other, the least flexible first."""
    crew = _crew(case.desk, case.curves)
    held = {code: crew.take(code) for code in crew.solos}
    for code in sorted(held, key=lambda own: (len(crew.facts.agents[own].skills), own)):
        crew.insert(code, held[code].choice)
    return _finished(case, crew)


def _crew(desk: Desk, curves: Curves) -> Crew:
    facts, solver = read_facts(desk), solver_named("highs")
    solos: Mapping[str, Solo] = {code: Solo(facts, own, solver) for code, own in facts.agents.items()}
    return Crew(facts, read_demand(desk, curves), Grid(facts), solos)


def _finished(case: Case, crew: Crew) -> Plan:
    """The crew as a plan of the whole desk."""
    crew.cost = crew.measured()
    place_activities(crew)
    table = duty_table(crew.facts, crew.board, crew.attendance.named())
    facts, roster = read_facts(case.desk), crew.roster()
    costs = account(facts, roster, read_duty(facts, Grid(facts), roster, table), case.curves)
    ended = Outcome(Termination.TIME, float(costs["amount"].sum()), -np.inf, np.inf, 0.0, "none", 1)
    return Plan(roster.frame(), table, ended, costs)


def home_only(case: Case) -> Plan:
    """Ours without flexible roles."""
    return make_roster(at_home(case.desk), case.curves)


def ours(case: Case) -> Plan:
    """Ours."""
    return make_roster(case.desk, case.curves)


RIVALS: dict[str, Callable[[Case], Plan]] = {
    "rule of thumb": thumb,
    "sequential greedy": greedy,
    "peakdesk, home roles only": home_only,
    "peakdesk": ours,
}


def measured(case: Case, name: str) -> dict[str, object]:
    """Money and service of one plan, as the simulation finds them."""
    began = time.process_time()
    plan = RIVALS[name](case)
    cpu_s = time.process_time() - began
    played = simulate(case.desk, case.forecast, plan.duty, runs=RUNS, seed=1)
    service = with_simulated(predict_service(case.desk, case.forecast, plan.duty), played.service)
    compared = comparison(case.desk, case.curves, service)
    costs = plan.costs.set_index("term")["amount"]
    live = [queue for queue, own in case.desk.settings.queues.items() if own.kind == "live"]
    own = service[service["queue"].isin(live)]
    lost = float(compared["simulated"].sum())
    paid = float(costs.reindex(["wages", "overtime", "night", "unworked"]).fillna(0.0).sum())
    return {
        "plan": name,
        "whole cost": round(float(costs.sum()) + lost - float(compared["expected"].sum())),
        "wages": round(paid),
        "lost and late": round(lost),
        "inquiries lost %": 100 * float(own["lost_sim"].sum() / own["offered"].sum()),
        "in time %": 100 * float(np.average(own["share_within_sim"].fillna(1.0), weights=own["offered"])),
        "hard rules broken": sum(found.severity == "error" for found in audit(case.desk, plan)),
        "CPU s": round(cpu_s),
    }


def main() -> int:
    """All four plans of one sample, into the page."""
    words = sys.argv[1:]
    seconds = float(words[1]) if len(words) > 1 else None
    first = date.fromisoformat(words[2]) if len(words) > 2 else None
    case = case_of(words[0], seconds, first, int(words[3]) if len(words) > 3 else 7)
    rows = []
    for name in RIVALS:
        rows.append(measured(case, name))
        sys.stdout.write(f"{rows[-1]}\n")
        sys.stdout.flush()
    frame = pd.DataFrame(rows)
    frame.insert(2, "above peakdesk", [f"{own / frame['whole cost'].iloc[-1] - 1:+.1%}" for own in frame["whole cost"]])
    put(f"rivals-{words[0]}", {f"Desk {words[0]}, {len(case.desk.dates)} days": frame}, BENCHMARKS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
