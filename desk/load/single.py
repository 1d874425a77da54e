"""One more table for a desk that was read before, such as a contact log."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from desk.errors import Finding, InputError
from desk.load.check.contacts import check_contacts
from desk.load.check.drivers import check_drivers
from desk.load.csv_text import parse_csv
from desk.load.draft import Draft
from desk.load.file_text import file_text
from desk.load.header import check_header
from desk.load.keys import check_keys, in_order
from desk.load.ledger import Ledger
from desk.load.references import OFF, check_names
from desk.load.revised import with_latest
from desk.load.sheet import Sheet
from desk.load.typed import typed_or_told
from desk.load.workbook import read_sheet
from desk.nouns import Desk


def load_table(desk: Desk, name: str, path: str | Path) -> pd.DataFrame:
    """Read a CSV file, or a sheet of a workbook, as table ``name`` of ``desk``, checked as if it had come with it.

    Returns
    -------
    The table, typed, completed and sorted by its key.

    Raises
    ------
    InputError : with every finding, where at least one is an error.
    """
    frame, findings = judge_table(desk, name, path)
    if frame is None:
        raise InputError(findings)
    return frame


def titles_of(name: str, path: str | Path) -> tuple[str, ...]:
    """The titles that a file has which :func:`load_table` read as table ``name``."""
    sheet = _sheet(name, Path(path), Ledger())
    return () if sheet is None else sheet.header


def judge_table(
    desk: Desk, name: str, path: str | Path, unasked: Collection[str] = ()
) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    """What :func:`load_table` reads, None where it would refuse it, with everything that was found.

    Parameters
    ----------
    unasked : kinds of names, such as ``agents``, that the desk does not know yet.
    """
    ledger, file = Ledger(), Path(path)
    sheet = _sheet(name, file, ledger)
    if sheet is None:
        return None, tuple(ledger.findings)
    check_header(sheet, ledger)
    frame = typed_or_told(sheet, desk.settings.timezone, ledger)
    if frame is None:
        return None, tuple(ledger.findings)
    known = _known(desk)
    names = {kind: known[kind] for kind in ("queues", "contracts")}
    draft = Draft(desk.settings, "", file.name, names, {name: frame}, {name: sheet}, ledger)
    draft = with_latest(draft)
    check_keys(draft)
    check_names(draft, {kind: own for kind, own in known.items() if kind not in unasked})
    check_contacts(draft)
    check_drivers(draft)
    whole = None if ledger.broken else in_order(draft.frames[name], name)
    return whole, tuple(ledger.findings)


def _sheet(name: str, file: Path, ledger: Ledger) -> Sheet | None:
    if file.suffix.lower() == ".xlsx":
        return read_sheet(name, file, ledger)
    try:
        raw = file_text(file, ledger)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        ledger.add("unreadable_path", str(file), reason=reason)
        return None
    return None if raw is None else parse_csv(name, file.name, raw, ledger)


def _known(desk: Desk) -> dict[str, frozenset[str]]:
    shifts = frozenset(desk.table("shifts")["shift"])
    own = {"queues": frozenset(desk.settings.queues), "contracts": frozenset(desk.settings.contracts)}
    return own | {"agents": frozenset(desk.table("agents")["agent"]), "shifts": shifts, "shifts_or_off": shifts | {OFF}}
