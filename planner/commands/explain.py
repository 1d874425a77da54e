"""``peakdesk explain``: why this shift, what another would cost, and what can't be had at all."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from desk import Finding, InputError
from desk.i18n import text
from planner.output.read import read_output
from planner.page.gathered import gathered
from planner.page.reason import conflict_lines, conflict_record, why_lines, why_record
from planner.planned import Planned
from planner.still_worth import still_counting
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.session import Session
from planner.verdict import Exit


@command("explain")
@existing("out", "OUT")
@option("--agent", metavar="A")
@option("--date", type=click.DateTime(["%Y-%m-%d", "%Y/%m/%d"]), metavar="D")
@option("--shift", metavar="S")
def explain(session: Session, out: Path, agent: str | None, date: datetime | None, shift: str | None) -> Answer:
    """Explain the plan in ``out``: one day of one person, or what the desk asks that can't be had."""
    if (agent is None) != (date is None):
        raise InputError([Finding("explain_needs_both")])
    planned = read_output(out)
    lang = session.for_desk(planned.desk)
    return _impossible(planned, lang) if agent is None or date is None else _day(planned, agent, date, shift, lang)


def _day(planned: Planned, agent: str, date: datetime, shift: str | None, lang: str) -> Answer:
    from scheduler import why

    curves = still_counting(planned.curves, planned.plan)
    answer = why(planned.desk, planned.plan, agent, date.date(), shift, curves=curves)
    currency = planned.desk.settings.currency
    return Answer("\n".join(why_lines(answer, currency, lang)), why_record(answer, lang))


def _impossible(planned: Planned, lang: str) -> Answer:
    from scheduler import explain as conflicts_of

    conflicts = conflicts_of(planned.desk, planned.plan, curves=still_counting(planned.curves, planned.plan))
    record: dict[str, Any] = {"conflicts": [conflict_record(own, lang) for own in conflicts]}
    lines = [line for own in gathered(conflicts) for line in conflict_lines(own, planned.desk.settings.currency, lang)]
    page = "\n".join(lines or [text("planner.explain.possible", lang)])
    return Answer(page, record, Exit.NEEDS_EYES if conflicts else Exit.DONE)
