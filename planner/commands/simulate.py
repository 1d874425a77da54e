"""``peakdesk simulate``: plays a plan through again, contact by contact."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from desk.nouns import Report
from planner.agreement import disagreements
from planner.headcounts import refuse_headcounts
from planner.headline import headline
from planner.occupancy import over_occupied
from planner.output.read import read_output
from planner.output.report_table import compared, simulated_words
from planner.page.layout import paragraph
from planner.page.number import period
from planner.page.summary import service_lines
from planner.planned import Planned
from planner.recipe import with_simulated
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code, overloads


@command("simulate")
@existing("out", "OUT")
@option("--runs", type=click.IntRange(min=1), default=100, show_default=True, metavar="N")
@option("--seed", type=click.IntRange(min=0), default=2, show_default=True, metavar="N")
def simulate(session: Session, out: Path, runs: int, seed: int) -> Answer:
    """Simulate the plan in ``out`` with new random numbers; ``out`` itself stays as it is."""
    planned = read_output(out)
    refuse_headcounts(planned.desk)
    lang = session.for_desk(planned.desk)
    with listening(lang) as report:
        again = resimulated(planned, runs, seed, report)
    strain = (*overloads(again.desk, again.brief), *over_occupied(again.desk, again.plan.service))
    findings = (*strain, *disagreements(again.brief.agreements))
    record: dict[str, Any] = {"runs": runs, "seed": seed}
    record |= {"absences": again.simulation.absences, "calls": again.simulation.calls}
    record |= {"agreements": again.brief.agreements, "service": again.plan.service}
    told = findings_page(strain, lang) if strain else ""
    return Answer(_page(again, lang), record, exit_code(findings), findings, told)


def resimulated(planned: Planned, runs: int, seed: int, report: Report | None = None) -> Planned:
    """The plan with the simulated columns of its service drawn anew."""
    from staffing import simulate as play

    desk, plan = planned.desk, planned.plan
    simulation = play(desk, planned.forecast, plan.duty, roster=plan.roster, runs=runs, seed=seed, report=report)
    plan = replace(plan, service=with_simulated(plan.service, simulation.service))
    return replace(planned, plan=plan, simulation=simulation, brief=headline(desk, planned.forecast, plan))


def _page(planned: Planned, lang: str) -> str:
    head = f"{planned.desk.settings.name} · {period(planned.desk, lang)}"
    about = paragraph(simulated_words(planned, lang))
    words = [f"{own.queue}: {compared(own, lang)}" for own in planned.brief.agreements]
    verdict = [line for sentence in words for line in paragraph(sentence)]
    return "\n".join([head, *about, "", *service_lines(planned, lang), "", *verdict])
