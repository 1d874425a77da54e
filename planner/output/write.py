"""Writes the output folder of a plan: whole, or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from desk import InputError
from desk.tables import table
from desk.write import write_folder
from planner.output.book import write_book
from planner.output.calendar_file import write_calendars
from planner.output.json_text import write_json
from planner.output.layout import CALENDARS, DESK, EXTRAS, MANIFEST, PATHS, REPORT, TABLES, WORKBOOK, refuse_foreign
from planner.output.manifest import hashes, manifest
from planner.output.paths_file import write_paths
from planner.output.report import write_report
from planner.output.staging import MARK, probe, replacing
from planner.output.table_file import write_frame, write_table
from planner.output.unwritable import unwritable
from planner.planned import Planned


def write_output(planned: Planned, out: Path, *, lang: str) -> None:
    """Write every file of the plan to ``out``, which is replaced in one step.

    Raises
    ------
    InputError : ``out`` can't be written, or holds what is not ours.
    """
    with told_if_unwritable(out), replacing(out) as folder:
        refuse_foreign(out)
        for name, frame in tables_of(planned, lang).items():
            write_table(frame, name, folder / TABLES[name])
        for name in EXTRAS:
            write_frame(getattr(planned.forecast, name), folder / f"{name}.csv", {})
        write_paths(planned.forecast, folder / PATHS)
        write_folder(planned.desk, folder / DESK)
        write_for_people(planned, folder, lang=lang)
        record = manifest(planned, lang=lang)
        write_json(record | {"files": hashes(folder)}, folder / MANIFEST)


def refuse_unwritable(out: Path) -> None:
    """Make sure, before hours are spent on a plan, that ``out`` can be written and holds nothing of somebody else's.

    Raises
    ------
    InputError : it can't, or does.
    """
    refuse_foreign(out)
    with told_if_unwritable(out):
        probe(out)


def refuse_unwritable_file(file: Path) -> None:
    """Make sure, before long work, that a file can be made there; a device or a pipe is left to its writer.

    Raises
    ------
    InputError : it can't.
    """
    try:
        if file.is_file() or not file.exists():
            tempfile.TemporaryFile(dir=file.parent).close()
    except OSError as error:
        raise InputError([unwritable(file, error)]) from error


def write_for_people(planned: Planned, folder: Path, *, lang: str) -> None:
    """The workbook, the calendars and the report, in ``lang``."""
    write_book(planned, folder / WORKBOOK, lang=lang)
    write_calendars(planned.desk, planned.plan, folder / CALENDARS, lang=lang, made_at=planned.made_at)
    write_report(planned, folder / REPORT, lang=lang)


def tables_of(planned: Planned, lang: str) -> dict[str, pd.DataFrame]:
    """Every table of the output by its declared name."""
    records = [finding.record(lang) for finding in planned.findings]
    findings = pd.DataFrame(records, columns=list(table("findings").columns))
    return {
        "forecast": planned.forecast.frame(),
        "curves": planned.curves.points,
        "work": planned.curves.work,
        "roster": planned.plan.roster,
        "duty": planned.plan.duty,
        "service": planned.plan.service,
        "costs": planned.plan.costs,
        "scores": planned.scores,
        "contacts": planned.simulation.contacts,
        "findings": findings,
        "marginals": planned.marginals,
        "offers": planned.offers,
    }


@contextmanager
def told_if_unwritable(out: Path) -> Iterator[None]:
    """Turn the system's refusal to write into a finding that names the file; for those of a staging folder ``out``."""
    try:
        yield
    except OSError as error:
        named = str(error.filename or out)
        raise InputError([unwritable(out if MARK in named else Path(named), error)]) from error
