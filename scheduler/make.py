"""From a desk to a plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import pandas as pd

from desk import Curves, Desk, Finding, Plan, StoppedEarlyError, require
from desk.nouns import Report
from scheduler.account import account
from scheduler.adapter import Solver, solver_named
from scheduler.audit import judged
from scheduler.demand import Demand, read_demand
from scheduler.duty import read_duty
from scheduler.duty_table import duty_table
from scheduler.earlier import Earlier, read_earlier
from scheduler.facts import Facts, read_facts
from scheduler.outcome import outcome
from scheduler.roster import Roster
from scheduler.span import Grid
from scheduler.watch import Watch

_ROUNDING = 1e-6
"""Currency by which two costs may differ and be the same."""


@dataclass
class _Run:
    """What the steps of one run share."""

    desk: Desk
    facts: Facts
    demand: Demand
    grid: Grid
    solver: Solver
    watch: Watch
    rng: np.random.Generator
    bound: float = -np.inf


def make_roster(
    desk: Desk, curves: Curves | None = None, *, start: Plan | None = None, report: Report | None = None
) -> Plan:
    """The best roster and duty that the time allows, with a proven bound.

    Parameters
    ----------
    desk : people, contracts, shifts and prices; its ``[scheduler]`` sets time, gap, solver and seed.
    curves : cost of effective agents per interval and queue; without them only ``cover``, presence and prices count.
    start : an earlier plan to begin from, of this desk with other curves or of one much like it: its lines, breaks,
        roles and sessions are kept where the rules allow it and mended where not (a person whose line breaks a rule
        gets the legal one that keeps most of its days). Where it breaks no hard rule, the answer never costs more than
        it does under ``curves``. A desk of headcounts by date and shift only is searched from nothing, and the cheaper
        one of the two is the answer.
    report : hears of progress, and stops the work by returning False; the best plan so far is kept.

    Returns
    -------
    A plan with roster, duty, costs, outcome and the audit's findings. Where hard rules contradict each other, the
    people concerned break them as little as possible, and the audit names it.

    Raises
    ------
    InputError : a table that is needed is missing.
    StoppedEarlyError : ``report`` stopped the work before a first roster stood.
    """
    require(desk, "agents", "shifts")
    run = _started(desk, curves, report)
    earlier = None if start is None else read_earlier(run.facts, run.grid, start, curves)
    run.watch.stands = earlier is not None
    plan = _searched(run, curves, earlier)
    if earlier is None or plan.outcome.objective <= earlier.cost + _ROUNDING:
        return plan
    return _plan(run, earlier.roster, earlier.table, (), curves)


def _searched(run: _Run, curves: Curves | None, earlier: Earlier | None) -> Plan:
    # their compiler takes longer to import than the rest of the room, which the app asks for at its start
    from scheduler.cover_search.solve import cover_roster, seated
    from scheduler.desk_search import search_desk

    found = cover_roster(run.facts, run.demand, run.watch)
    if found is not None:
        _refuse_unfinished(run.watch)
        run.bound = found.bound
        with run.watch.during("duty"):
            board = seated(run.facts, run.demand, run.grid, found.roster)
        return _plan(run, found.roster, duty_table(run.facts, board, {}), _contradictions(found.bent), curves)
    crew, run.bound = search_desk(run.facts, run.demand, run.grid, run.solver, run.rng, run.watch, earlier)
    _refuse_unfinished(run.watch)
    table = duty_table(run.facts, crew.board, crew.attendance.named())
    bent = [code for code, solo in crew.solos.items() if solo.bend > 0]
    return _plan(run, crew.roster(), table, _contradictions(bent), curves)


def _refuse_unfinished(watch: Watch) -> None:
    if watch.cancelled and not watch.stands:
        raise StoppedEarlyError([Finding("no_roster_yet")])


def _started(desk: Desk, curves: Curves | None, report: Report | None) -> _Run:
    own = desk.settings.scheduler
    facts = read_facts(desk)
    watch = Watch(own.time_limit_s, report)
    rng = np.random.default_rng(own.seed)
    return _Run(desk, facts, read_demand(desk, curves), Grid(facts), solver_named(own.solver), watch, rng)


def _plan(run: _Run, roster: Roster, table: pd.DataFrame, known: Sequence[Finding], curves: Curves | None) -> Plan:
    own = run.desk.settings.scheduler
    with run.watch.during("audit"):
        duty = read_duty(run.facts, run.grid, roster, table)
        costs = account(run.facts, roster, duty, curves)
        findings = (*known, *judged(run.facts, roster, duty, curves))
    ended = outcome(float(costs["amount"].sum()), run.bound, own.gap, run.watch, run.solver.name, own.seed)
    meta = {
        "desk_hash": run.desk.content_hash,
        "seed": own.seed,
        "seconds": dict(run.watch.seconds),
        "versions": {name: version(name) for name in ("PuLP", "highspy")},
    }
    return Plan(roster.frame(), table, ended, costs, findings=findings, meta=meta)


def _contradictions(people: Iterable[str]) -> list[Finding]:
    """People whose hard rules can't all be kept, whatever the others do."""
    return [Finding("roster_contradiction", "error", "agents", value=code, facts={"agent": code}) for code in people]
