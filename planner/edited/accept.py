"""The plan as somebody edited it: seated where a shift is new, audited, predicted, priced and simulated anew."""

from collections.abc import Iterator
from dataclasses import replace
from math import nan
from typing import Any

import pandas as pd

from desk import Desk, Finding, Report
from desk.grid import at_clock
from planner.edited.sheet import Edited
from planner.headcounts import told_of
from planner.headline import headline
from planner.output.book.duty_sheet import duty_starts
from planner.planned import Planned
from planner.recipe import with_simulated
from planner.repriced import repriced
from planner.steps import Steps
from planner.still_worth import worth_and_offers
from planner.verdict import judged

_BREAK = "break"


def edited_plan(planned: Planned, edited: Edited, changes: pd.DataFrame, report: Report | None = None) -> Planned:
    """The plan with the book's shifts and roles; it is a draft again.

    Whoever gets a new shift is seated on their home queue, with the break as early as its window allows; a role that
    the book names for an interval of a shift that stays wins.
    """
    from scheduler import audit
    from staffing import predict_service, simulate

    desk, old = planned.desk, planned.plan
    roster, duty = _roster(desk, edited), edited_duty(desk, old.duty, edited, changes)
    plan = repriced(desk, replace(old, roster=roster, duty=duty, status="draft"), planned.curves)
    verdict = audit(desk, plan, planned.curves)
    runs, seed = planned.simulation.runs, planned.simulation.seed
    played = simulate(desk, planned.forecast, duty, roster=roster, runs=runs, seed=seed, report=report)
    service = with_simulated(predict_service(desk, planned.forecast, duty), played.service)
    plan = replace(plan, service=service, findings=verdict)
    brief = headline(desk, planned.forecast, plan)
    told = Finding("edited_by_hand", "note", facts={"count": len(changes)})
    known = (*told_of(desk), *desk.findings, *planned.forecast.findings)
    findings = (told, *judged(desk, plan, brief, planned.curves), *known, *verdict)
    return replace(planned, plan=plan, simulation=played, brief=brief, findings=findings)


def valued(planned: Planned, report: Report | None = None) -> Planned:
    """The plan with marginal values and offers of its own instead of those of the plan before."""
    steps = Steps(report)
    with steps("audit"):
        worth, offers = worth_and_offers(planned.desk, planned.curves, planned.plan, steps.heard)
        return replace(planned, marginals=worth, offers=offers)


def _roster(desk: Desk, edited: Edited) -> pd.DataFrame:
    rows = [(agent, pd.Timestamp(date), code) for (agent, date), code in sorted(edited.shifts.items()) if code]
    frame = pd.DataFrame(rows, columns=["agent", "date", "shift"])
    return frame.astype({"agent": "str", "date": "datetime64[us]", "shift": "str"})


def edited_duty(desk: Desk, duty: pd.DataFrame, edited: Edited, changes: pd.DataFrame) -> pd.DataFrame:
    """Table ``duty`` as the book has it: whoever gets a new shift is seated, a role that it names wins."""
    moved = changes[changes["kind"] == "shift"]
    days = set(zip(moved["agent"], moved["when"], strict=True))
    own = pd.Series(list(zip(duty["agent"], duty["date"].dt.strftime("%Y-%m-%d"), strict=True)), index=duty.index)
    kept = duty[~own.isin(days)]
    roles = [edited.roles.get(cell) for cell in zip(kept["agent"], duty_starts(kept), strict=True)]
    said = pd.Series([role or None for role in roles], index=kept.index, dtype="object")
    if edited.roles:
        kept = kept.assign(activity=said.astype(kept["activity"].dtype))
    seated = [row for agent, date in sorted(days) for row in _seats(desk, agent, date, edited.shifts[agent, date])]
    new = pd.DataFrame(seated, columns=["agent", "start", "activity", "date", "shift"])
    joined = pd.concat([kept, new.astype(duty.dtypes[new.columns].to_dict())]) if seated else kept
    return joined.dropna(subset="activity").sort_values(["agent", "start"], ignore_index=True)


def _seats(desk: Desk, agent: str, date: str, shift: str) -> Iterator[tuple[Any, ...]]:
    """The intervals of a shift on the agent's home queue; none for a day off, on call, or for who has no skill."""
    queue = _home(desk, agent)
    if not shift or queue is None:
        return
    shifts = desk.table("shifts")
    own, day = shifts[shifts["shift"] == shift].to_dict("records")[0], pd.Timestamp(date)
    if own["kind"] == "on_call":
        return
    rest_from = own["break_from"] if own["break_min"] > 0 else nan
    step = desk.settings.interval_min
    for minute in range(int(own["start"]), int(own["end"]), step):
        resting = rest_from <= minute < rest_from + own["break_min"]
        start = at_clock(day, minute, desk.settings.timezone)
        yield agent, start, _BREAK if resting else queue, day, shift


def _home(desk: Desk, agent: str) -> str | None:
    skills = desk.table("skills")
    own = skills[skills["agent"] == agent].sort_values(["home", "proficiency"], ascending=False, kind="stable")
    return None if own.empty else str(own["queue"].iloc[0])
