"""``peakdesk plans edit|undo``: the duty of a stored plan, changed by the journal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from desk.i18n import text
from planner.commands.acting import acting
from planner.commands.plans import plans
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.failure import findings_page
from planner.terminal.session import Session
from planner.verdict import exit_code

if TYPE_CHECKING:
    from store import Edit, PlanVersion

__all__ = ["plans"]
_SHOWN = 40


@command("edit", of=plans)
@click.argument("plan", metavar="PLAN")
@option("--agent", required=True, metavar="AGENT", words="of_agent")
@option("begin", "--from", required=True, metavar="TIME")
@option("end", "--to", metavar="TIME")
@option("--activity", metavar="ACTIVITY")
@option("--shift", metavar="SHIFT", words="to_shift")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def edit(
    session: Session,
    plan: str,
    agent: str,
    begin: str,
    end: str | None,
    activity: str | None,
    shift: str | None,
    why: str,
    who: str | None,
    store: str | None,
) -> Answer:
    """Give somebody an activity for some hours, or another shift of a day."""
    from planner.by_hand import Change, changed

    own, lang = acting(store, who, why), session.lang()
    key = own.plan(plan).hash
    entries, hard = changed(own.store, own.principal, key, Change(agent, begin, end, activity, shift), why, lang)
    page = [*_lines(entries, own.plan(plan), lang), *(findings_page(hard, lang).splitlines() if hard else [])]
    return Answer("\n".join(page), {"plan": key, "edits": entries}, exit_code(hard), hard)


@command("undo", of=plans)
@click.argument("plan", metavar="PLAN")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def undo(session: Session, plan: str, why: str, who: str | None, store: str | None) -> Answer:
    """Take back one's own last edit that still stands, all of its cells."""
    from store import undo_edit

    own = acting(store, who, why)
    version = own.plan(plan)
    entries = undo_edit(own.store, own.principal, version.hash, why)
    return Answer("\n".join(_lines(entries, version, session.lang())), {"plan": version.hash, "edits": entries})


def _lines(entries: Sequence["Edit"], version: "PlanVersion", lang: str) -> list[str]:
    """The cells changed, at the desk's own times."""
    off, zone = text("planner.import.off", lang), ZoneInfo(str(version.summary["desk"]["timezone"]))
    rows = [
        [one.agent, f"{one.start.astimezone(zone):%Y-%m-%d %H:%M}", f"{one.before or off} → {one.after or off}"]
        for one in entries[:_SHOWN]
    ]
    rows = [[*row, one.shift or ""] for row, one in zip(rows, entries, strict=False)]
    more = len(entries) - len(rows)
    lines = [text("planner.plans.edited", lang, count=len(entries)), *columns(rows)]
    return [*lines, text("planner.import.more", lang, count=more)] if more else lines
