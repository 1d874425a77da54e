"""What can be wrong with what a user gives us, and the one tree of errors."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from desk.i18n import catalogue, text

_WITHIN = re.compile(r"within_([0-9.]+)s")
Severity = Literal["error", "warning", "note"]
_ROLE, _STEP, _STATUS = "view.roster.role", "view.roster.sign.step", "view.plan.status"
_CODED = {
    "plan_final": {"value": _STATUS},
    "request_answered": {"status": "planner.requests.status"},
    "sign_missing": {"value": _STEP},
    "sign_order": {"value": _STEP, "due": _STEP},
    "sign_peer": {"value": _ROLE, "role": _ROLE},
    "sign_setter": {"value": _ROLE},
    "swap_not_published": {"value": _STATUS},
}
"""Values that are codes of ours: sentences have the catalogue's word for them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Its words stand in the catalogues under ``finding.<code>`` and ``cure.<code>``.

    Parameters
    ----------
    code : what is wrong, such as ``duplicate_key``.
    severity : ``error`` stops the work, ``warning`` needs eyes, ``note`` informs.
    file : the file, sheet or setting section.
    row : 1-based row as a spreadsheet counts it (the header is row 1); None where it has no row.
    column, value : the column and the offending value as the user wrote it.
    facts : the values that the catalogue's sentence names.
    """

    code: str
    severity: Severity = "error"
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def message(self, lang: str = "en") -> str:
        """What is wrong, in one sentence."""
        return text(f"finding.{self.code}", lang, **self._named(lang))

    def cure(self, lang: str = "en") -> str:
        """How to mend it, in one sentence."""
        return text(f"cure.{self.code}", lang, **self._named(lang))

    def place(self, lang: str = "en") -> str:
        """File, row and column, as far as known."""
        parts = [self.file]
        if self.row is not None:
            parts.append(text("finding.place_row", lang, row=self.row))
        if self.column:
            parts.append(text("finding.place_column", lang, column=self.column))
        return text("finding.place_join", lang).join(part for part in parts if part)

    def line(self, lang: str = "en") -> str:
        """Place, message and cure in one line; a sentence that begins with its place says it once."""
        place, words = self.place(lang), {"message": self.message(lang), "cure": self.cure(lang)}
        said = bool(place) and place == self.file and words["message"].startswith(f"{place} ")
        return text("finding.line" if place and not said else "finding.line_nowhere", lang, place=place, **words)

    def record(self, lang: str = "en") -> dict[str, Any]:
        """A row of the table ``findings``."""
        own = {key: value for key, value in asdict(self).items() if key != "facts"}
        return own | {"message": self.message(lang), "cure": self.cure(lang)}

    def _named(self, lang: str) -> dict[str, Any]:
        own = {"file": self.file, "row": self.row, "column": self.column, "value": self.value} | dict(self.facts)
        own |= {name: _measure(str(own[name]), lang) for name in ("measure", "by", "what") if name in own}
        coded = _CODED.get(self.code, {})
        return own | {name: catalogue(lang).get(f"{words}.{own[name]}", own[name]) for name, words in coded.items()}


def _measure(name: str, lang: str) -> str:
    """A measure of agents by its title and its name; the name alone where it has no title."""
    limit = _WITHIN.fullmatch(name)
    key = "measure.within.title" if limit else f"measure.{name}.title"
    if key not in catalogue(lang):
        return name
    title = text(key, lang, limit=float(limit[1]) if limit else 0.0)
    return text("finding.measure", lang, title=title, name=name)


class PeakdeskError(Exception):
    """Root of the errors that we raise on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 4


class InputError(PeakdeskError):
    """The user's input can't be used as it stands; carries every finding."""

    exit_code = 2

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.report())

    def report(self, lang: str = "en") -> str:
        """One line a finding."""
        return "\n".join(finding.line(lang) for finding in self.findings)


class StoppedEarlyError(PeakdeskError):
    """Somebody stopped the work before there was anything to keep; carries the finding that says so."""

    exit_code = 130

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.line() for finding in self.findings))


class NoAnswerError(PeakdeskError):
    """No feasible answer was found; carries the findings that say why."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.line() for finding in self.findings))
