"""``peakdesk forecast``: what comes in."""

import os
from pathlib import Path

import click
import pandas as pd

from desk import Desk, Finding, Forecast, InputError
from desk.grid import local_midnights
from desk.i18n import text
from planner.commands.forecast_pictures import pictures
from planner.commands.forecast_why import explained
from planner.desk_at import desk_at
from planner.explained import asked_span
from planner.headcounts import refuse_headcounts
from planner.output.picture_file import write_pictures
from planner.output.table_file import write_table
from planner.output.write import told_if_unwritable
from planner.page.layout import columns, section
from planner.page.number import between, day, period, whole
from planner.phase import phases_by_day
from planner.rows import rows
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code

FEW_QUEUES = 4
"""More are shared by processes."""


@command("forecast")
@existing("desk", "DESK")
@option("--table", type=click.Path(path_type=Path), metavar="CSV")
@option("--explain", metavar="START")
@option("--until", metavar="END")
@option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="N")
@option("--odd", type=click.Path(path_type=Path), metavar="CSV")
@option("--picture", type=click.Path(path_type=Path), metavar="HTML")
def forecast(
    session: Session, desk: Path | str, explain: str | None, until: str | None, workers: int, **files: Path | None
) -> Answer:
    """Forecast ``desk``; ``table`` takes every interval, ``odd`` the days to be judged; ``explain`` says why."""
    from forecast import fit, forecast_many

    if until is not None and explain is None:
        raise InputError([Finding("until_needs_explain", value=until)])
    loaded = desk_at(desk)
    refuse_headcounts(loaded)
    lang, picture, odd = session.for_desk(loaded), files["picture"], files["odd"]
    span = None if explain is None else asked_span(loaded, explain, until)
    if span is None and picture is None and odd is None and len(loaded.settings.queues) > FEW_QUEUES:
        with listening(lang) as report:
            made = forecast_many(loaded, workers=workers, report=report)
        return _answer(loaded, made, files["table"], lang)
    model = fit(loaded)
    if picture is not None:
        with told_if_unwritable(picture):
            write_pictures(list(pictures(model, span, lang)), picture, lang=lang)
    if odd is not None:
        with told_if_unwritable(odd):
            write_table(model.odd_days(), "verdicts", odd)
    if span is None:
        return _answer(loaded, model.predict(), files["table"], lang)
    if files["table"] is not None:
        _write(model.predict(), files["table"])
    return explained(loaded, model, span, lang)


def _write(made: Forecast, table: Path) -> None:
    with told_if_unwritable(table):
        write_table(made.frame(), "forecast", table)


def _answer(loaded: Desk, made: Forecast, table: Path | None, lang: str) -> Answer:
    if table is not None:
        _write(made, table)
    findings = (*loaded.findings, *made.findings)
    days = totals_by_day(made)
    record = {"days": days, "evidence": made.evidence}
    return Answer(_page(loaded, made, days, lang), record, exit_code(findings), findings, lang=lang)


def totals_by_day(made: Forecast) -> pd.DataFrame:
    """Inquiries by day and queue from the paths: group (naive midnight), queue, mean, q10, q50, q90."""
    return made.totals(by=pd.Index(local_midnights(pd.Series(made.starts))))


def _page(desk: Desk, made: Forecast, days: pd.DataFrame, lang: str) -> str:
    phases = phases_by_day(desk)
    head = [text(f"planner.page.{key}", lang) for key in ("day", "phase")]
    lines = [head + [cell for queue in made.queues for cell in (queue, text("planner.page.range", lang))]]
    for group, own in days.groupby("group"):
        date = pd.Timestamp(str(group))
        cells = [cell for row in rows(own) for cell in (whole(row.mean), between(row.q10, row.q90))]
        lines.append([day(date, lang), ", ".join(phases.get(date, ())), *cells])
    shown = columns(lines, right=range(2, 2 + 2 * len(made.queues)))
    title = f"{desk.settings.name} · {period(desk, lang)}"
    found = findings_page((*desk.findings, *made.findings), lang).splitlines()
    return "\n".join([title, "", *shown, *section(text("planner.check.findings", lang), found)])
