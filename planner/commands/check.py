"""``peakdesk check``: is a desk fit to be planned?"""

from dataclasses import replace
from pathlib import Path

from desk import Desk, Finding, lacking
from desk.i18n import text
from desk.tables import table
from planner.desk_at import desk_at
from planner.headcounts import told_of
from planner.page.layout import columns, section
from planner.page.number import period, whole
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing
from planner.terminal.failure import findings_page
from planner.terminal.session import Session
from planner.verdict import exit_code


@command("check")
@existing("desk", "DESK")
def check(session: Session, desk: Path | str) -> Answer:
    """Read the desk, say what was understood and what was found."""
    loaded = desk_at(desk)
    lang = session.for_desk(loaded)
    missing = (replace(own, severity="warning") for own in lacking(loaded))  # it may do for a forecast alone
    findings = (*told_of(loaded), *loaded.findings, *missing)
    record = {"desk": loaded.settings.name, "content_hash": loaded.content_hash, "rows": _rows(loaded)}
    return Answer(page(loaded, findings, lang), record, exit_code(findings), findings, lang=lang)


def page(desk: Desk, findings: tuple[Finding, ...], lang: str) -> str:
    """What was understood: horizon, queues, rows of every table; then the findings."""
    rows = [[table(name).title(lang), f"{name}", whole(count)] for name, count in _rows(desk).items()]
    head = f"{desk.settings.name} · {period(desk, lang)}"
    queues = text("planner.check.queues", lang, queues=", ".join(desk.settings.queues))
    lines = [head, queues, *section(text("planner.check.tables", lang), columns(rows, right=[2]))]
    found = findings_page(findings, lang).splitlines()
    return "\n".join([*lines, *section(text("planner.check.findings", lang), found)])


def _rows(desk: Desk) -> dict[str, int]:
    return {name: len(frame) for name, frame in desk.tables.items()}
