"""``peakdesk replan``: the rest of a plan, anew by what came."""

from pathlib import Path
from typing import Any

import click

from desk import Finding, InputError, load_desk
from desk.load import load_table
from planner.headcounts import refuse_headcounts
from planner.output.json_text import plain
from planner.output.manifest import manifest
from planner.output.read import read_output
from planner.page.replan import replan_lines
from planner.page.summary import summary
from planner.rest import Rest, came_until
from planner.rest import replan as replan_rest
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code


@command("replan")
@existing("out", "OUT")
@option("--actuals", type=click.Path(path_type=Path), metavar="FILE", required=True, words="came")
@option("new", "--out", type=click.Path(path_type=Path), metavar="NEW", required=True, words="replan_out")
@option("--now", metavar="TIME")
@option("--free-from", metavar="DATE")
@option("given", "--desk", type=click.Path(path_type=Path), metavar="DESK", words="replan_desk")
@option("--call-in-h", type=click.FloatRange(0, 48), metavar="H")
@option("--change-price", type=click.FloatRange(min=0), metavar="P")
@option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="S")
@option("--gap", type=click.FloatRange(0, 1, max_open=True), metavar="G")
@option("--seed", type=click.IntRange(min=0), metavar="N")
@option("--runs", type=click.IntRange(min=1), default=20, show_default=True, metavar="N")
def replan(
    session: Session,
    out: Path,
    actuals: Path,
    new: Path,
    now: str | None,
    free_from: str | None,
    given: Path | None,
    time_limit: float | None,
    **settings: Any,
) -> Answer:
    """Plan the rest of ``out`` anew into ``new``: what came until ``now`` is known, what has begun stays."""
    if new.resolve() == out.resolve():
        raise InputError([Finding("replan_same_folder", file=str(new))])
    old = read_output(out)
    refuse_headcounts(old.desk)
    lang = session.for_desk(old.desk)
    desk = old.desk if given is None else load_desk(given)
    came = came_until(desk, old.desk.table("history"), load_table(desk, "history", actuals), now, free_from)
    with listening(lang) as report:
        found = replan_rest(
            old, came, new, name=str(out), lang=session.explicit, report=report, time_limit_s=time_limit, **settings
        )
    return _answer(found, new, lang)


def _answer(found: Rest, new: Path, lang: str) -> Answer:
    planned, findings = found.planned, (*found.findings, *found.planned.findings)
    record = plain(manifest(planned, lang=lang)) | {"out": str(new), "rest": rest_record(found)}
    page = "\n".join([*replan_lines(found, lang), "", summary(planned, lang, new)])
    told = "\n".join(finding.line(lang) for finding in found.findings)
    return Answer(page, record, exit_code(findings), findings, told)


def rest_record(found: Rest) -> dict[str, Any]:
    """What the rest is planned by and what it changes, for machines."""
    own = found.beside
    return {
        "now": found.came.now,
        "free_from": found.came.free_from,
        "demand": found.demand,
        "changed_days": own.days,
        "changed_roles": own.roles,
        "cost_stayed": own.total_before,
        "cost_replanned": own.total_after,
        "costs": own.costs,
    }
