"""Collects the findings of one reading, so that they are raised once and a thousand alike stay readable."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.errors import Finding, Severity
from desk.load.sheet import Sheet

KEPT_ALIKE = 5
LONGEST_VALUE = 60
LONGEST_FACT = 300
Facts = Mapping[str, Any] | Callable[[int], Mapping[str, Any]]


class Ledger:
    """Findings in the order in which they were made."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found so far."""
        return tuple(self._findings)

    @property
    def broken(self) -> bool:
        """Whether an error is among them."""
        return any(finding.severity == "error" for finding in self._findings)

    def blames(self, table: str) -> bool:
        """Whether an error lies in the file or sheet of ``table``."""
        return any(own.severity == "error" and PurePath(own.file).stem == table for own in self._findings)

    def add(
        self,
        code: str,
        file: str,
        *,
        severity: Severity = "error",
        row: int | None = None,
        column: str = "",
        value: object = "",
        **facts: Any,
    ) -> None:
        """Note one finding."""
        shown = "" if value is None or value is pd.NA else shorten(str(value))
        short = {name: shorten(fact, LONGEST_FACT) if isinstance(fact, str) else fact for name, fact in facts.items()}
        place = shorten(file, LONGEST_FACT)
        self._findings.append(Finding(code, severity, place, row, shorten(column), shown, short))

    def rows(
        self,
        code: str,
        sheet: Sheet,
        column: str,
        where: "npt.NDArray[np.bool_] | pd.Series[bool]",
        *,
        severity: Severity = "error",
        facts: Facts | None = None,
    ) -> None:
        """Note a finding for each row of ``sheet`` that ``where`` marks: the first few, and how many more there are.

        ``facts`` names what the sentence needs: one mapping, or a function of the row's position.
        """
        places = np.flatnonzero(np.asarray(where))
        cells = sheet.cells.get(column)
        for place in places[:KEPT_ALIKE].tolist():
            own = facts(place) if callable(facts) else facts or {}
            value = "" if cells is None else cells.iloc[place]
            row = int(sheet.rows[place])
            self.add(code, sheet.file, severity=severity, row=row, column=column, value=value, **own)
        self._more(len(places), sheet.file, severity, column)

    def several(
        self, code: str, file: str, found: Sequence[Mapping[str, Any]], *, severity: Severity = "error"
    ) -> None:
        """Note findings of one kind, each given by what :meth:`add` takes: the first few, and how many more."""
        for one in found[:KEPT_ALIKE]:
            self.add(code, file, severity=severity, **one)
        self._more(len(found), file, severity, "")

    def _more(self, total: int, file: str, severity: Severity, column: str) -> None:
        if total > KEPT_ALIKE:
            self.add("and_more", file, severity=severity, column=column, more=total - KEPT_ALIKE)


def shorten(value: str, length: int = LONGEST_VALUE) -> str:
    """The value on one line, cut to what a message can bear; what can't be printed is escaped."""
    line = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in value[: length + 1])
    return line if len(line) <= length else f"{line[: length - 1]}…"
