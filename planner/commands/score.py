"""``peakdesk score``: what a contact log says of the agents."""

from pathlib import Path

import click
import pandas as pd

from desk import Desk
from desk.i18n import text
from desk.load import load_desk, load_table
from planner.output.read import read_output
from planner.output.table_file import write_table
from planner.output.write import told_if_unwritable
from planner.page.layout import columns, section
from planner.page.number import measured, money, share
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.session import Session
from planner.verdict import exit_code


@command("score")
@existing("desk", "DESK")
@option("--contacts", type=click.Path(path_type=Path), metavar="FILE", required=True)
@option("--plan", type=click.Path(path_type=Path), metavar="OUT")
@option("--table", type=click.Path(path_type=Path), metavar="CSV")
def score(session: Session, desk: Path, contacts: Path, plan: Path | None, table: Path | None) -> Answer:
    """Score the agents of ``desk`` on the contact log ``contacts``, with the duty and overload of ``plan``."""
    from incentive import assess

    loaded = load_desk(desk)
    log = load_table(loaded, "contacts", contacts)
    lang = session.for_desk(loaded)
    made = read_output(plan).plan if plan is not None else None
    found = assess(loaded, log, made.duty if made else None, made.service if made else None)
    if table is not None:
        with told_if_unwritable(table):
            write_table(found.scores, "scores", table)
    findings = (*loaded.findings, *found.findings)
    page = _page(loaded, found.scores, len(log), lang)
    told = section(text("planner.check.findings", lang), findings_page(findings, lang).splitlines())
    return Answer("\n".join([page, *told]), {"scores": found.scores}, exit_code(findings), findings)


def _page(desk: Desk, scores: pd.DataFrame, contacts: int, lang: str) -> str:
    from incentive import measures

    about = text("planner.score.about", lang, contacts=contacts, agents=scores["agent"].nunique())
    keys = ("agents", "low", "median", "high")
    rows = [["", *(text(f"planner.score.{key}", lang) for key in keys), text("planner.score.payout", lang)]]
    for measure, own in scores.groupby("measure", sort=False):
        value = own["adjusted"].fillna(own["observed"])
        shown = share if measures()[str(measure)].unit == "share" else measured
        spread = [shown(number) for number in (value.min(), value.median(), value.max())]
        paid = money(own["payout"].sum(min_count=1), desk.settings.currency)
        rows.append([measures()[str(measure)].title(lang), str(len(own)), *spread, paid])
    return "\n".join([desk.settings.name, about, "", *columns(rows, right=range(1, 6))])
