"""From a path to a checked desk."""

from pathlib import Path

from desk.errors import InputError
from desk.load.header import check_header
from desk.load.keys import check_keys, in_order
from desk.load.ledger import Ledger
from desk.load.references import check_references
from desk.load.settings_text import read_settings
from desk.load.shift_clock import normalised_shifts
from desk.load.source import open_source
from desk.load.typed import typed_frame
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
    InputError : with every finding, where at least one is an error.
    """
    ledger = Ledger()
    source = open_source(Path(path), ledger)
    settings = read_settings(source.settings or "", source.settings_file, ledger)
    if settings is None:
        raise InputError(ledger.findings)
    frames = {}
    for name, sheet in source.sheets.items():
        check_header(sheet, list(sheet.cells), ledger)
        frames[name] = typed_frame(sheet, settings.timezone, ledger)
        check_keys(frames[name], sheet, ledger)
    check_references(settings, frames, source.sheets, ledger)
    if ledger.broken:
        raise InputError(ledger.findings)
    if "shifts" in frames:
        frames["shifts"] = normalised_shifts(frames["shifts"])
    ordered = {name: in_order(frame, name) for name, frame in frames.items()}
    return Desk(settings, ordered, str(path), ledger.findings)
