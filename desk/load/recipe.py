"""From a path to a checked desk."""

from dataclasses import replace
from pathlib import Path

from desk.errors import Finding, InputError
from desk.load.check import run_checks
from desk.load.draft import Draft, declared_names, usable_zone
from desk.load.header import check_header
from desk.load.keys import in_order
from desk.load.ledger import Ledger
from desk.load.revised import with_latest
from desk.load.seats import with_seats
from desk.load.settings_text import read_settings
from desk.load.shift_clock import normalised_shifts
from desk.load.source import is_in_store, open_source
from desk.load.typed import typed_or_told
from desk.nouns import Desk


def load_desk(path: str | Path) -> Desk:
    """Read and check a desk.

    Parameters
    ----------
    path : a folder of CSV files with ``desk.toml``, or one .xlsx workbook with the same sheets.

    Returns
    -------
    The desk, its tables typed, completed and sorted by their keys; warnings and notes in ``findings``.

    Raises
    ------
    InputError : with every finding, where at least one is an error; a desk of the store is not read here.
    """
    if is_in_store(str(path)):
        raise InputError([Finding("desk_in_store", value=str(path).rpartition("@")[2])])
    ledger = Ledger()
    draft = with_latest(_drafted(Path(path), ledger))
    run_checks(draft)
    return _made(draft, str(path), ledger.findings, refused=ledger.broken)


def load_desk_again(path: str | Path) -> Desk:
    """Read a desk that was checked, and planned, as it lies there: what a later version of the checks minds in it is
    told as a warning, so that its plan can be opened.

    Raises
    ------
    InputError : it can't be read at all.
    """
    ledger = Ledger()
    draft = with_latest(_drafted(Path(path), ledger))
    unreadable = ledger.broken
    run_checks(draft)
    told = ledger.findings if unreadable else [_as_warning(own) for own in ledger.findings]
    return _made(draft, str(path), tuple(told), refused=unreadable)


def _as_warning(finding: Finding) -> Finding:
    return replace(finding, severity="warning") if finding.severity == "error" else finding


def _made(draft: Draft, path: str, findings: tuple[Finding, ...], *, refused: bool) -> Desk:
    if refused or draft.settings is None:
        raise InputError(findings)
    tables = {name: in_order(frame, name) for name, frame in draft.frames.items()}
    return with_seats(Desk(draft.settings, tables, path, findings))


def _drafted(path: Path, ledger: Ledger) -> Draft:
    """Everything read and typed as far as it goes."""
    source = open_source(path, ledger)
    reading = read_settings(source.settings, source.settings_file, ledger)
    zone = usable_zone(reading.tree)
    frames = {}
    for name, sheet in source.sheets.items():
        check_header(sheet, ledger)
        frame = typed_or_told(sheet, zone, ledger)
        if frame is not None:
            frames[name] = frame
    if "shifts" in frames:
        frames["shifts"] = normalised_shifts(frames["shifts"])
    sheets = {name: source.sheets[name] for name in frames}
    names = declared_names(reading.tree)
    text, file = source.settings or "", source.settings_file
    return Draft(reading.settings, text, file, names, frames, sheets, ledger)
