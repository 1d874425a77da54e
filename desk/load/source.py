"""Opens what the user points at: a folder of CSV with desk.toml."""

from dataclasses import dataclass
from pathlib import Path

from desk.load.csv_text import parse_csv
from desk.load.encoding import as_utf8
from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import INPUT_TABLES

SETTINGS_FILE = "desk.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """What was found: the text of the settings and one sheet a table."""

    settings: str | None
    settings_file: str
    sheets: dict[str, Sheet]


def open_source(path: Path, ledger: Ledger) -> Source:
    """The texts of a desk."""
    settings = as_utf8((path / SETTINGS_FILE).read_bytes(), SETTINGS_FILE, ledger)
    sheets = {}
    for name in INPUT_TABLES:
        file = path / f"{name}.csv"
        if file.is_file():
            raw = as_utf8(file.read_bytes(), file.name, ledger)
            sheet = None if raw is None else parse_csv(name, file.name, raw, ledger)
            if sheet is not None:
                sheets[name] = sheet
    return Source(settings.decode() if settings is not None else None, SETTINGS_FILE, sheets)
