"""``peakdesk export``: the files for people, anew from the tables."""

import shutil
from collections.abc import Callable
from pathlib import Path

from desk.i18n import text
from planner.output.json_text import write_json
from planner.output.layout import CALENDARS, MANIFEST, REPORT, TABLES, WORKBOOK, manifest_of, refuse_foreign
from planner.output.manifest import hashes
from planner.output.read import read_output, read_there
from planner.output.staging import replacing
from planner.output.table_file import write_table
from planner.output.write import tables_of, told_if_unwritable, write_for_people
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing
from planner.terminal.session import Session

_MADE_ANEW = (WORKBOOK, CALENDARS, REPORT, MANIFEST)


@command("export")
@existing("out", "OUT")
def export(session: Session, out: Path) -> Answer:
    """Write roster.xlsx, the calendars and report.html of ``out`` again, in the session's language."""
    read_output(out)
    refuse_foreign(out)
    lang = exported(session, out)
    return Answer(text("planner.export.done", lang, out=out), {"out": str(out), "language": lang})


def exported(session: Session, out: Path) -> str:
    """Replace the files for people in ``out`` by ones of the plan that lies there once nobody else writes to it; the
    tables stay as they are. Their language."""
    with told_if_unwritable(out), replacing(out) as folder:
        planned, old = read_there(out), manifest_of(out) or {}
        lang = session.for_desk(planned.desk)
        shutil.copytree(out, folder, ignore=_made_anew(out), dirs_exist_ok=True)
        write_table(tables_of(planned, lang)["findings"], "findings", folder / TABLES["findings"])
        write_for_people(planned, folder, lang=lang)
        write_json(old | {"language": lang, "files": hashes(folder)}, folder / MANIFEST)
    return lang


def _made_anew(out: Path) -> Callable[[str, list[str]], set[str]]:
    """For ``copytree``: what is written again, at the top of the folder only."""
    return lambda folder, names: set(_MADE_ANEW) & set(names) if Path(folder) == out else set()
