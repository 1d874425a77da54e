"""Opens what the user points at: a folder of CSV with desk.toml, or a workbook."""

from dataclasses import dataclass
from pathlib import Path

from desk.load.folder import read_folder
from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.load.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class Source:
    """What was found: the text of the settings (None where there is none) and one sheet a table."""

    settings: str | None
    settings_file: str
    sheets: dict[str, Sheet]


def is_in_store(place: str) -> bool:
    """Whether a place is named as one in the store: ``store:NAME``, or the URL of a database."""
    return place.startswith("store:") or "://" in place


def open_source(path: Path, ledger: Ledger) -> Source:
    """The texts of a desk; where nothing can be opened, the ledger says why."""
    nothing = Source(None, path.name, {})
    try:
        if path.is_dir():
            return Source(*read_folder(path, ledger))
        if not path.exists():
            ledger.add("no_such_path", str(path))
            return nothing
        if path.suffix.lower() == ".xlsx" and not path.is_file():
            ledger.add("not_a_file", str(path))
            return nothing
        if path.suffix.lower() == ".xlsx":
            return Source(*read_workbook(path, ledger))
    except OSError as error:
        ledger.add("unreadable_path", str(error.filename or path), reason=error.strerror or type(error).__name__)
        return nothing
    ledger.add("not_a_desk", str(path))
    return nothing
