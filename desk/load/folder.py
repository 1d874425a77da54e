"""A folder of CSV files beside desk.toml."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from desk.load.csv_text import parse_csv
from desk.load.file_text import LARGEST_FILE_BYTES, file_text
from desk.load.header import alike, listed
from desk.load.ledger import KEPT_ALIKE, Ledger
from desk.load.sheet import Sheet
from desk.tables import INPUT_TABLES

SETTINGS_FILE = "desk.toml"
TEMPLATE_BOOK = "template.xlsx"
DESK_BELOW = "desk"
"""Where the output of a plan holds the desk that it was made from."""
_BESIDE = ("readme", "license", "changelog")


def read_folder(folder: Path, ledger: Ledger) -> tuple[str | None, str, dict[str, Sheet]]:
    """Text of the settings, its file's name, and the sheets."""
    settings, files = _settings(folder, ledger), _files(folder)
    sheets: dict[str, Sheet] = {}
    for name in INPUT_TABLES:
        file = files.get(f"{name}.csv", f"{name}.csv")
        raw = _text_of(folder / file, folder, ledger)
        sheet = None if raw is None else parse_csv(name, file, raw, ledger)
        if sheet is not None:
            sheets[name] = sheet
    _warn_of_others(folder, set(files.values()), ledger)
    return settings, SETTINGS_FILE, sheets


def _files(folder: Path) -> dict[str, str]:
    """Files that differ from a table's name in capitals alone, which some systems take for the same: name -> file."""
    known = {f"{name}.csv" for name in INPUT_TABLES}
    names = [entry.name for entry in sorted(folder.iterdir()) if entry.name not in known]
    own = {name.casefold(): name for name in reversed(names) if name.casefold() in known}
    return {name: file for name, file in own.items() if not (folder / name).exists()}


def _settings(folder: Path, ledger: Ledger) -> str | None:
    file = folder / SETTINGS_FILE
    if not (file.exists() or file.is_symlink()):
        below = folder / DESK_BELOW / SETTINGS_FILE
        ledger.add("output_is_no_desk" if below.is_file() else "no_settings", str(folder))
        return None
    raw = _text_of(file, folder, ledger)
    return None if raw is None else raw.decode("utf-8")


def _text_of(file: Path, folder: Path, ledger: Ledger) -> bytes | None:
    """The file's text as UTF-8; None where it is absent or, with a finding, not fit to be read."""
    if file.is_symlink() and _leads_outside(file, folder):
        ledger.add("link_outside", file.name)
    elif file.is_symlink() or file.exists():
        return file_text(file, ledger, most_bytes=LARGEST_FILE_BYTES)
    return None


def _leads_outside(link: Path, folder: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(folder.resolve())
    except RuntimeError:
        return True


def _warn_of_others(folder: Path, read: Collection[str], ledger: Ledger) -> None:
    known = [SETTINGS_FILE, TEMPLATE_BOOK, *(f"{name}.csv" for name in INPUT_TABLES)]
    entries = [entry for entry in sorted(folder.iterdir()) if entry.name not in (*known, *read)]
    beside = [entry.name for entry in entries if not _is_beside(entry)]
    meant = {name: alike(name, known) for name in beside}
    for name in filter(meant.get, beside):
        ledger.add("unknown_file", name, severity="warning", known=meant[name])
    if not (folder / SETTINGS_FILE).exists():
        return
    if foreign := [name for name in beside if not meant[name]]:
        facts: dict[str, Any] = {"count": len(foreign), "names": listed(foreign, KEPT_ALIKE), "known": listed(known)}
        ledger.add("foreign_files", str(folder), severity="warning", **facts)


def _is_beside(entry: Path) -> bool:
    return entry.name.startswith(".") or entry.stem.lower() in _BESIDE or entry.is_dir()
