"""``peakdesk whatif``: the plan under other traffic, other people, other settings."""

from pathlib import Path
from typing import Any

import click

from desk import Finding, InputError
from desk.i18n import text
from planner.output.read import read_output
from planner.page.summary import summary
from planner.page.whatif import whatif_lines
from planner.planned import Planned
from planner.recipe import plan
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code
from planner.whatif import WhatIf, answer, read_suppositions, refuse_in_the_midst


@command("whatif")
@existing("out", "OUT")
@option("given", "--set", multiple=True, required=True, metavar="NAME*X")
@option("--replan", type=click.Path(path_type=Path), metavar="NEW")
@option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="S")
def whatif(
    session: Session, out: Path, given: tuple[str, ...], replan: Path | None, time_limit: float | None
) -> Answer:
    """Suppose something else of the plan in ``out``; the roster is kept, or made again into ``replan``."""
    suppositions = read_suppositions(given)
    planned = read_output(out)
    lang = session.for_desk(planned.desk)
    found = answer(planned, suppositions)
    if replan is None:
        return Answer(_page(planned, found, lang), record(found), exit_code(found.findings), found.findings)
    if replan.resolve() == out.resolve():
        raise InputError([Finding("whatif_same_folder", file=str(replan))])
    refuse_in_the_midst(planned.plan)
    with listening(lang) as report:
        made = plan(planned.desk, replan, lang=lang, report=report, suppose=suppositions, time_limit_s=time_limit)
    page = "\n".join([_page(planned, found, lang), "", summary(made, lang, replan)])
    findings = (*found.findings, *made.findings)
    return Answer(page, record(found) | {"replanned": str(replan)}, made.exit_code, findings)


def record(found: WhatIf) -> dict[str, Any]:
    """The answer for machines."""
    people = {"added": dict(found.added), "gone": found.gone, "trained": found.trained}
    return {"suppositions": [own.text for own in found.suppositions], "measures": found.frame(), "people": people}


def _page(planned: Planned, found: WhatIf, lang: str) -> str:
    told = findings_page(found.findings, lang).splitlines() if found.findings else []
    head = [planned.desk.settings.name, text("planner.whatif.kept", lang), ""]
    return "\n".join([*head, *whatif_lines(found, lang), *(["", *told] if told else [])])
