"""Writes what a contact log says of the agents: tables, statements and their basis; whole, or not at all."""

from dataclasses import asdict
from pathlib import Path

import pandas as pd

from desk import Finding, InputError
from desk.currency import digits
from desk.i18n import LANGUAGES
from desk.tables import table
from incentive import Assessment, payout
from incentive.statement import Statements
from planner.output.file_name import file_names
from planner.output.json_text import write_json
from planner.output.staging import replacing
from planner.output.table_file import write_frame, write_table
from planner.output.write import told_if_unwritable

RECORD = "score.json"
STATEMENTS = "statements"


def write_scores(
    out: Path, told: Statements, findings: tuple[Finding, ...], lang: str, difference: pd.DataFrame | None = None
) -> None:
    """Write scores, daily lines, groups, payout, findings, the difference of an appeal, and everybody's statement.

    Raises
    ------
    InputError : ``out`` can't be written, or holds what is not ours.
    """
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / RECORD).is_file()):
        raise InputError([Finding("folder_in_use", file=str(out))])
    with told_if_unwritable(out), replacing(out) as folder:
        _tables(folder, told.assessment, _paid(told), findings, lang)
        if difference is not None:
            write_frame(difference, folder / "difference.csv", {})
        _statements(folder / STATEMENTS, told)
        own = {"basis": asdict(told.basis) | {"mark": told.basis.mark}, "period": told.period()}
        write_json(own | {"incentive": told.desk.settings.incentive.model_dump(mode="json")}, folder / RECORD)


def _paid(told: Statements) -> pd.DataFrame:
    """The payout with its amounts to the currency's smallest unit, however large they are."""
    paid = payout(told.desk, told.assessment.scores)
    return paid.assign(amount=paid["amount"].map(f"{{:.{digits(told.desk.settings.currency)}f}}".format))


def _tables(folder: Path, found: Assessment, paid: pd.DataFrame, findings: tuple[Finding, ...], lang: str) -> None:
    write_table(found.scores, "scores", folder / "scores.csv")
    write_frame(found.daily, folder / "daily.csv", {})
    write_frame(found.groups, folder / "groups.csv", {})
    write_frame(paid, folder / "payout.csv", {})
    records = [finding.record(lang) for finding in findings]
    columns = list(table("findings").columns)
    write_table(pd.DataFrame(records, columns=columns), "findings", folder / "findings.csv")


def _statements(folder: Path, told: Statements) -> None:
    folder.mkdir()
    for agent, stem in file_names(told.ledger.agents).items():
        write_json(told.record(agent), folder / f"{stem}.json")
        for lang in LANGUAGES:
            (folder / f"{stem}.{lang}.html").write_text(told.html(agent, lang), encoding="utf-8", newline="\n")
