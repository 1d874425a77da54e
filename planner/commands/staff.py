"""``peakdesk staff``: how many people each interval needs."""

from pathlib import Path

import click
import pandas as pd

from desk import Desk
from desk.grid import local_midnights
from desk.i18n import text
from desk.load import load_desk
from planner.commands.learn import learned
from planner.desk_at import desk_at
from planner.headcounts import refuse_headcounts
from planner.output.table_file import write_frame
from planner.output.write import told_if_unwritable
from planner.page.layout import columns
from planner.page.number import day, period
from planner.rows import rows
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.session import Session
from planner.verdict import exit_code


@command("staff")
@existing("desk", "DESK")
@option(
    "--quantile", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.5, show_default=True, metavar="Q"
)
@option("--table", type=click.Path(path_type=Path), metavar="CSV")
@option("--learn", is_flag=True)
@option("--contacts", type=click.Path(path_type=Path), metavar="FILE")
def staff(
    session: Session, desk: Path | str, quantile: float, table: Path | None, learn: bool, contacts: Path | None
) -> Answer:
    """Forecast, and the effective agents that meet each queue's target in every interval; or learn from a log."""
    from forecast import fit
    from staffing import required_agents

    loaded = load_desk(desk) if learn else desk_at(desk)
    lang = session.for_desk(loaded)
    if learn:
        return learned(Path(desk), loaded, contacts, lang)
    refuse_headcounts(loaded)
    made = fit(loaded).predict()
    required = required_agents(loaded, made, quantile)
    if table is not None:
        with told_if_unwritable(table):
            write_frame(required, table, {})
    findings = (*loaded.findings, *made.findings)
    days = by_day(loaded, required)
    record = {"days": days, "quantile": quantile}
    return Answer(_page(loaded, days, quantile, lang), record, exit_code(findings), findings, lang=lang)


def by_day(desk: Desk, required: pd.DataFrame) -> pd.DataFrame:
    """One row a day and queue: date, queue, peak (effective agents), hours (effective agent hours)."""
    dated = required.assign(date=local_midnights(required["start"]))
    days = dated.groupby(["date", "queue"], sort=False)["required"].agg(peak="max", hours="sum").reset_index()
    return days.assign(hours=days["hours"] * desk.settings.interval_min / 60)


def _page(desk: Desk, days: pd.DataFrame, quantile: float, lang: str) -> str:
    queues = list(days["queue"].unique())
    keys = [text(f"planner.staff.{key}", lang) for key in ("peak", "hours")]
    lines = [[text("planner.page.day", lang), *(f"{queue}: {key}" for queue in queues for key in keys)]]
    for date, own in days.groupby("date"):
        rated = own.set_index("queue").loc[queues]
        cells = [cell for row in rows(rated) for cell in (f"{row.peak:,.1f}", f"{row.hours:,.0f}")]
        lines.append([day(pd.Timestamp(str(date)), lang), *cells])
    about = text("planner.staff.about", lang, quantile=quantile)
    title = f"{desk.settings.name} · {period(desk, lang)}"
    return "\n".join([title, about, "", *columns(lines, right=range(1, 1 + 2 * len(queues)))])
