"""A desk while it is being checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.errors import Severity
from desk.load.ledger import Facts, Ledger
from desk.load.setting_finding import line_of
from desk.load.sheet import Sheet
from desk.load.zone import is_zone
from desk.settings import Settings

FALLBACK_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks look at: frame and sheet of a table have the same rows in the same order.

    Parameters
    ----------
    settings : desk.toml where it is usable.
    settings_text, settings_file : desk.toml as it stands, and where.
    names : section of desk.toml -> the names declared in it; a section that can't be read is absent.
    """

    settings: Settings | None
    settings_text: str
    settings_file: str
    names: Mapping[str, frozenset[str]]
    frames: Mapping[str, pd.DataFrame]
    sheets: Mapping[str, Sheet]
    ledger: Ledger

    def has(self, table: str, *columns: str) -> bool:
        """Whether the table was given with these columns and rows."""
        return table in self.frames and len(self.frames[table]) > 0 and set(columns) <= set(self.sheets[table].cells)

    def mark(
        self,
        code: str,
        table: str,
        column: str,
        where: "npt.NDArray[np.bool_] | pd.Series[bool]",
        *,
        severity: Severity = "error",
        facts: Facts | None = None,
    ) -> None:
        """Note a finding for each row of ``table`` that ``where`` marks."""
        self.ledger.rows(code, self.sheets[table], column, where, severity=severity, facts=facts)

    def setting(self, code: str, *path: str, severity: Severity = "error", value: object = "", **facts: object) -> None:
        """Note a finding on the setting at ``path``."""
        row, name = line_of(self.settings_text, list(path)), ".".join(path)
        self.ledger.add(
            code, self.settings_file, severity=severity, row=row, column=name, value=value, setting=name, **facts
        )

    def row(self, table: str, place: int) -> int:
        """Spreadsheet row of the row at position ``place``."""
        return int(self.sheets[table].rows[place])


def usable_zone(tree: Mapping[str, Any]) -> str:
    """The desk's timezone; UTC where desk.toml names none that exists."""
    name = tree.get("timezone")
    return name if isinstance(name, str) and is_zone(name) else FALLBACK_ZONE


def declared_names(tree: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Names of queues and contracts as desk.toml declares them, sound or not."""
    sections = {name: tree.get(name, {} if name == "contracts" and tree else None) for name in ("queues", "contracts")}
    return {name: frozenset(section) for name, section in sections.items() if isinstance(section, Mapping)}
