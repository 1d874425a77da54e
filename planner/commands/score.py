"""``peakdesk score``: what a contact log says of the agents, and what a plan's incentives would pay."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from desk import Desk, Finding, InputError
from desk.currency import amount_words
from desk.i18n import text
from desk.load import load_table, titles_of
from desk.natural import natural_rank
from planner.desk_at import desk_at
from planner.output.read import read_output
from planner.output.table_file import write_table
from planner.output.write import told_if_unwritable
from planner.page.layout import columns, section
from planner.page.number import measured, money, share
from planner.planned import Planned
from planner.rows import rows as each
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code
from planner.worked import Worked, worked

if TYPE_CHECKING:
    from incentive import Assessment
    from incentive.appeal import Appeal
    from incentive.projection import Projection

_FILE = click.Path(path_type=Path)


@command("score")
@existing("desk", "DESK")
@option("--contacts", type=_FILE, metavar="FILE")
@option("--plan", type=_FILE, multiple=True, metavar="OUT")
@option("--scheme", metavar="NAME|FILE")
@option("--corrected", type=_FILE, metavar="FILE")
@option("--projected", is_flag=True)
@option("--projections", type=click.IntRange(min=1), default=20, show_default=True, metavar="N")
@option("--budget", type=click.FloatRange(min=0), multiple=True, metavar="MONEY")
@option("--statements", type=_FILE, metavar="DIR")
@option("--table", type=_FILE, metavar="CSV", words="scores")
def score(
    session: Session,
    desk: Path | str,
    contacts: Path | None,
    plan: tuple[Path, ...],
    scheme: str | None,
    corrected: Path | None,
    projected: bool,
    projections: int,
    budget: tuple[float, ...],
    statements: Path | None,
    table: Path | None,
) -> Answer:
    """Score the agents of ``desk`` on the contact log ``contacts``, or project the payouts of a plan's output."""
    if projected:
        return _projected(session, read_output(desk), projections, scheme, budget)
    if contacts is None:
        raise InputError([Finding("score_needs_contacts", file="--contacts")])
    loaded = with_scheme_of(desk_at(desk), scheme)
    log = load_table(loaded, "contacts", contacts)
    made = worked([read_output(own) for own in plan])
    found, appealed = _assessed(loaded, log, made, corrected)
    findings = (*loaded.findings, *_unpaid(loaded, scheme), *found.findings)
    lang = session.for_desk(loaded)
    _write(loaded, appealed.contacts if appealed else log, found, appealed, made, (statements, table), lang)
    page = _page(loaded, found.scores, len(log), lang)
    changed = _difference(loaded, appealed, lang) if appealed else []
    told = section(text("planner.check.findings", lang), findings_page(findings, lang).splitlines())
    record = {"scores": found.scores} | ({"difference": appealed.difference} if appealed else {})
    return Answer("\n".join([page, *changed, *told]), record, exit_code(findings), findings, lang=lang)


def with_scheme_of(desk: Desk, scheme: str | None) -> Desk:
    """The desk with the scheme asked for, its own where none is."""
    from incentive.scheme import with_scheme

    return desk if scheme is None else with_scheme(desk, scheme)


def _unpaid(desk: Desk, scheme: str | None) -> tuple[Finding, ...]:
    """Who asks for a scheme is told that there is nothing to be shared, or that its amounts are of another currency."""
    from incentive.scheme import amounts_elsewhere

    if scheme is None:
        return ()
    nothing = Finding("scheme_without_budget", "warning", "desk.toml", column="incentive.budget")
    return (*([nothing] if desk.settings.incentive.budget == 0 else []), *amounts_elsewhere(desk, scheme))


def _assessed(
    desk: Desk, log: pd.DataFrame, made: Worked | None, corrected: Path | None
) -> "tuple[Assessment, Appeal | None]":
    from incentive import assess
    from incentive.appeal import appeal

    duty, service = (made.duty, made.service) if made else (None, None)
    found = assess(desk, log, duty, service)
    if corrected is None:
        return found, None
    records = load_table(desk, "contacts", corrected)
    given = titles_of("contacts", corrected)
    appealed = appeal(desk, found, log, records[[name for name in records if name in given]], duty, service)
    return appealed.after, appealed


def _write(
    desk: Desk,
    log: pd.DataFrame,
    found: "Assessment",
    appealed: "Appeal | None",
    made: Worked | None,
    places: tuple[Path | None, Path | None],
    lang: str,
) -> None:
    from incentive.basis import basis
    from incentive.statement import statements
    from planner.output.score_folder import write_scores

    folder, file = places
    if folder is not None:
        duty, service = (made.duty, made.service) if made else (None, None)
        told = statements(desk, found, basis(desk, log, duty, service))
        write_scores(folder, told, (*desk.findings, *found.findings), lang, appealed.difference if appealed else None)
    if file is not None:
        with told_if_unwritable(file):
            write_table(found.scores, "scores", file)


def _projected(session: Session, planned: Planned, runs: int, scheme: str | None, budgets: tuple[float, ...]) -> Answer:
    """Payouts with their range, the budget needed, what the roster makes possible; under each budget asked for."""
    from planner.projection import projected

    desk, lang = with_scheme_of(planned.desk, scheme), session.for_desk(planned.desk)
    with listening(lang) as report:
        made = projected(planned, runs, planned.simulation.seed, desk, report)
    first = made.with_budget(budgets[0]) if budgets else made
    lines = [_projection_page(own, lang) for own in (first, *map(made.with_budget, budgets[1:]))]
    findings = (*_unpaid(first.desk, scheme), *made.findings)
    told = section(text("planner.check.findings", lang), findings_page(findings, lang).splitlines())
    needed = {f"{level:.0%}": value for level, value in first.needed().items()}
    record = {"payouts": first.payouts(), "needed": needed, "chances": made.chances, "runs": len(made.scores)}
    return Answer("\n".join([*lines, *told]), record, exit_code(findings), findings)


def _projection_page(made: "Projection", lang: str) -> str:
    paid, currency = made.payouts(), made.desk.settings.currency
    budget = money(made.desk.settings.incentive.budget, currency)
    head = text("planner.score.projected", lang, runs=len(made.scores), agents=len(paid), budget=budget)
    words = [text("planner.score.needed", lang, level=f"{level:.0%}", amount=money(value, currency))
             for level, value in made.needed().items()]  # fmt: skip
    keys, ordered = ("agent", "mean", "from", "to"), paid.sort_values("agent", key=natural_rank)
    rows = [[text(f"planner.score.{key}", lang) for key in keys]]
    rows += [
        [str(row.agent), *(amount_words(value, currency) for value in (row.mean, row.low, row.high))]
        for row in each(ordered)
    ]
    return "\n".join([head, *words, "", *columns(rows, right=range(1, 4)), ""])


def _difference(desk: Desk, appealed: "Appeal", lang: str) -> list[str]:
    own = appealed.difference[appealed.difference["measure"] == "composite"]
    moved = own[own["payout_change"] != 0]
    currency = desk.settings.currency
    rows = [[str(row.agent), *(amount_words(value, currency) for value in
            (row.payout_before, row.payout_after, row.payout_change))]
            for row in each(moved.sort_values("agent", key=natural_rank))]  # fmt: skip
    keys = ("agent", "before", "after", "change")
    head = [text(f"planner.score.{key}", lang) for key in keys]
    lines = columns([head, *rows], right=range(1, 4)) if rows else [text("planner.score.unchanged", lang)]
    return section(text("planner.score.appeal", lang, currency=currency), lines)


def _page(desk: Desk, scores: pd.DataFrame, contacts: int, lang: str) -> str:
    from incentive import measures_of

    known = measures_of(desk)
    about = text("planner.score.about", lang, contacts=contacts, agents=scores["agent"].nunique())
    keys = ("agents", "low", "median", "high")
    rows = [["", *(text(f"planner.score.{key}", lang) for key in keys), text("planner.score.payout", lang)]]
    for measure, own in scores.groupby("measure", sort=False):
        value = own["adjusted"].fillna(own["observed"])
        shown = share if known[str(measure)].unit == "share" else measured
        spread = [shown(number) for number in (value.min(), value.median(), value.max())]
        paid = money(own["payout"].sum(min_count=1), desk.settings.currency)
        rows.append([known[str(measure)].title(lang), str(value.notna().sum() or len(own)), *spread, paid])
    return "\n".join([desk.settings.name, about, "", *columns(rows, right=range(1, 6))])
