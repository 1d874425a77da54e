"""``peakdesk import``: takes an edited workbook back: what differs, what the rules say, and then the plan itself."""

from dataclasses import dataclass
from pathlib import Path

import click
import pandas as pd

from desk import Finding, InputError
from desk.i18n import text
from planner.commands.acting import acting
from planner.edited import Differences, Edited, changes, compared, edited_plan, read_edited, valued
from planner.output.layout import refuse_foreign
from planner.output.read import read_output
from planner.output.write import write_output
from planner.page.layout import columns
from planner.planned import Planned
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import Exit, exit_code

_SHOWN = 40


@dataclass(frozen=True)
class Taken:
    """An edited book beside the plan that it was made from, and the plan that it makes."""

    before: Planned
    after: Planned
    rows: pd.DataFrame

    @property
    def differences(self) -> Differences:
        """With the audit's answer."""
        return compared(self.before, self.after, self.rows)

    def record(self, *, accepted: bool) -> dict[str, object]:
        """What changed, for machines."""
        costs = {"cost_before": self.before.plan.outcome.objective, "cost_after": self.after.plan.outcome.objective}
        return {"differences": self.rows, "accepted": accepted} | costs


@command("import")
@click.argument("paths", metavar="[OUT] BOOK", nargs=-1, type=click.Path(path_type=Path))
@option("--accept", is_flag=True)
@option("--plan", metavar="PLAN", words="stored")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def import_book(
    session: Session,
    paths: tuple[Path, ...],
    accept: bool,
    plan: str | None,
    why: str,
    who: str | None,
    store: str | None,
) -> Answer:
    """Show how an edited book differs from its plan; put it in the plan's place, or journal, where it is accepted."""
    if len(paths) != (1 if plan else 2):
        raise InputError([Finding("import_paths")])
    if plan is None:
        return _into_folder(session, paths[0], paths[1], accept)
    return _into_store(session, plan, paths[0], why if accept else None, who, store)


def _into_folder(session: Session, out: Path, book: Path, accept: bool) -> Answer:
    planned = read_output(out)
    refuse_foreign(out)
    lang = session.for_desk(planned.desk)
    edited = read_edited(book, planned)
    taken = _taken(planned, edited, changes(planned, edited), lang)
    if taken is None:
        return _same(lang)
    if accept:
        with listening(lang) as report:
            after = valued(taken.after, report)
        write_output(after, out, lang=lang)
    return _told(taken, text(f"planner.import.{'accepted' if accept else 'not_yet'}", lang, out=out), accept, lang)


def _into_store(session: Session, plan: str, book: Path, why: str | None, who: str | None, store: str | None) -> Answer:
    """The same for a plan of the store; ``why`` None: shown only."""
    from planner.edited.stored import book_edits
    from planner.editing.save import save_edit

    own = acting(store, who, why or "")
    key = own.plan(plan).hash
    found = book_edits(own.store, own.principal, key, book)
    lang = session.for_desk(found.planned.desk)
    taken = _taken(found.planned, found.edited, found.rows, lang)
    if taken is None:
        return _same(lang)
    if why is None:
        return _told(taken, text("planner.import.not_yet", lang, out=key), False, lang)
    hard = [one for one in taken.differences.new if one.severity == "error"]
    entries = save_edit(own.store, own.principal, key, found.edits, why, hard, lang)
    return _told(taken, text("planner.import.stored", lang, count=len(entries), out=key), True, lang)


def _taken(planned: Planned, edited: Edited, rows: pd.DataFrame, lang: str) -> Taken | None:
    if rows.empty:
        return None
    with listening(lang) as report:
        return Taken(planned, edited_plan(planned, edited, rows, report), rows)


def _same(lang: str) -> Answer:
    return Answer(text("planner.import.same", lang), {"differences": [], "accepted": False})


def _told(taken: Taken, ending: str, accepted: bool, lang: str) -> Answer:
    found = taken.differences
    code = max(Exit.NEEDS_EYES, exit_code(found.new))
    record = taken.record(accepted=accepted)
    return Answer("\n".join([*_page(found, record, lang), ending]), record, code, found.new, lang=lang)


def _page(found: Differences, record: dict[str, object], lang: str) -> list[str]:
    """The differences, then what the rules say to the edited plan only."""
    off = text("planner.import.off", lang)
    cells = [
        [text(f"planner.import.{kind}", lang), agent, when, f"{before or off} → {after or off}"]
        for kind, agent, when, before, after in found.rows.head(_SHOWN).astype("str").to_numpy().tolist()
    ]
    more = len(found.rows) - len(cells)
    lines = [text("planner.import.count", lang, count=len(found.rows)), *columns(cells)]
    lines += [text("planner.import.more", lang, count=more)] if more else []
    verdict = "rules" if found.new else "rules_gone" if found.gone else "rules_same"
    lines += ["", text(f"planner.import.{verdict}", lang, new=len(found.new), gone=len(found.gone))]
    lines += findings_page(found.new, lang).splitlines() if found.new else []
    return [*lines, "", text("planner.import.cost", lang, before=record["cost_before"], after=record["cost_after"])]
