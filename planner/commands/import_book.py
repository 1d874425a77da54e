"""``peakdesk import``: takes an edited workbook back: what differs, what the rules say, and then the plan itself."""

from pathlib import Path

import click

from desk.i18n import text
from planner.edited import Differences, changes, compared, edited_plan, read_edited
from planner.output.layout import refuse_foreign
from planner.output.read import read_output
from planner.output.write import write_output
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import Exit, exit_code

_SHOWN = 40


@command("import")
@existing("out", "OUT")
@click.argument("book", metavar="BOOK", type=click.Path(path_type=Path))
@option("--accept", is_flag=True)
def import_book(session: Session, out: Path, book: Path, accept: bool) -> Answer:
    """Show how ``book`` differs from the plan in ``out``; put it in the plan's place where it is accepted."""
    planned = read_output(out)
    refuse_foreign(out)
    lang = session.for_desk(planned.desk)
    edited = read_edited(book, planned)
    rows = changes(planned, edited)
    if rows.empty:
        return Answer(text("planner.import.same", lang), {"differences": [], "accepted": False})
    with listening(lang) as report:
        after = edited_plan(planned, edited, rows, report)
    found = compared(planned, after, rows)
    if accept:
        write_output(after, out, lang=lang)
    record = {"differences": rows, "accepted": accept, "cost_before": planned.plan.outcome.objective}
    record |= {"cost_after": after.plan.outcome.objective, "out": str(out)}
    code = max(Exit.NEEDS_EYES, exit_code(found.new))
    return Answer(_page(found, record, accept, lang), record, code, found.new)


def _page(found: Differences, record: dict[str, object], accept: bool, lang: str) -> str:
    """The differences, then what the rules say to the edited plan only, then what was done."""
    off = text("planner.import.off", lang)
    cells = [
        [text(f"planner.import.{kind}", lang), agent, when, f"{before or off} → {after or off}"]
        for kind, agent, when, before, after in found.rows.head(_SHOWN).astype("str").to_numpy().tolist()
    ]
    more = len(found.rows) - len(cells)
    lines = [text("planner.import.count", lang, count=len(found.rows)), *columns(cells)]
    lines += [text("planner.import.more", lang, count=more)] if more else []
    lines += ["", text("planner.import.rules", lang, new=len(found.new), gone=len(found.gone))]
    lines += findings_page(found.new, lang).splitlines() if found.new else []
    lines += ["", text("planner.import.cost", lang, before=record["cost_before"], after=record["cost_after"])]
    return "\n".join([*lines, text(f"planner.import.{'accepted' if accept else 'not_yet'}", lang, out=record["out"])])
