"""``peakdesk staff --learn``: patience, handle times, proficiency and shrinkage from a contact log, into the desk."""

from pathlib import Path

import pandas as pd

from desk import Desk
from desk.i18n import text
from desk.load import load_table
from desk.require import require
from planner.output.learned import EVIDENCE, write_learned
from planner.output.learned_book import evidence_beside, write_learned_book
from planner.page.layout import columns
from planner.rows import rows
from planner.terminal.answer import Answer
from planner.terminal.failure import findings_page
from planner.verdict import exit_code

BY_AGENT, BY_HOUR = ("proficiency",), ("aht_hour", "shrinkage")


def learned(folder: Path, desk: Desk, contacts: Path | None, lang: str) -> Answer:
    """Learn from the log ``contacts`` (the desk's own where none is given), write it into the desk, a folder or a
    workbook, and show what stood there before."""
    from staffing.learn import learn

    if contacts is None:
        require(desk, "contacts")
    log = desk.table("contacts") if contacts is None else load_table(desk, "contacts", contacts)
    found = learn(desk, log)
    evidence = folder / EVIDENCE if folder.is_dir() else evidence_beside(folder)
    (write_learned if folder.is_dir() else write_learned_book)(folder, found)
    page = _page(desk, found.estimates, len(log), evidence, lang)
    settings = {queue: dict(keys) for queue, keys in found.settings.items()}
    record = {"estimates": found.estimates, "settings": settings, "proficiency": found.proficiency}
    findings = (*desk.findings, *found.findings)
    told = findings_page(found.findings, lang) if found.findings else ""
    return Answer(page, record, exit_code(findings), findings, told)


def _page(desk: Desk, estimates: pd.DataFrame, contacts: int, evidence: Path, lang: str) -> str:
    about = text("planner.learn.about", lang, contacts=contacts, evidence=evidence)
    keys = ("queue", "measure", "before", "now", "interval", "evidence", "written")
    lines = [[text(f"planner.learn.{key}", lang) for key in keys]]
    for row in rows(estimates[~estimates["measure"].isin([*BY_AGENT, *BY_HOUR])]):
        name = f"{row.measure} {row.key}".strip()
        limits = "" if pd.isna(row.low) else f"{_number(row.low)} – {_number(row.high)}"
        mark = text(f"planner.learn.{'yes' if row.written else 'no'}", lang)
        lines.append([row.queue, name, _number(row.before), _number(row.value), limits, f"{row.contacts:,.0f}", mark])
    more = [text(f"planner.learn.{key}", lang, **_counts(estimates, key)) for key in ("people", "hours")]
    return "\n".join([desk.settings.name, about, "", *columns(lines, right=range(2, 6)), "", *more])


def _counts(estimates: pd.DataFrame, key: str) -> dict[str, int]:
    own = estimates[estimates["measure"].isin(BY_AGENT if key == "people" else BY_HOUR)]
    return {"count": len(own), "changed": int(own["written"].sum())}


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:,.3g}" if abs(value) < 10 else f"{value:,.1f}"
