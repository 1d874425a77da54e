"""What was found, where, and how to mend it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import Finding, InputError
from desk.i18n import text
from planner.verdict import grave_first
from views.markdown import plain
from views.table_shown import show_table

_ORDER = ("error", "warning", "note")
_COLUMNS = ("severity", "message", "cure", "file", "row", "column", "value")
_MOST_KINDS, _MOST_ALIKE = 12, 3


def show_findings(findings: Sequence[Finding], lang: str, *, key: str) -> None:
    """Draw how many of each severity there are, one sentence with its cure for each kind that asks something,
    and a table of all.
    """
    counts = {name: sum(finding.severity == name for finding in findings) for name in _ORDER}
    draw = st.error if counts["error"] else st.warning if counts["warning"] else st.success
    draw(text("view.findings.count" if findings else "view.findings.none", lang, **counts))
    if findings:
        ordered = grave_first(findings)
        asking = [finding for finding in ordered if finding.severity != "note"]
        st.markdown("\n".join(f"- {line(alike, lang)}" for alike in kinds_of(asking)[:_MOST_KINDS]))
        with st.expander(text("view.findings.all", lang)):
            show_table(frame_of(ordered, lang), "findings", lang, key=key)


def show_refusal(error: InputError, lang: str) -> None:
    """Draw why something that was asked can't be, and what would help."""
    st.error("\n\n".join(map(plain, refusal(error, lang))))


def refusal(error: InputError, lang: str) -> list[str]:
    """A line for each finding; of many alike, such as one an hour, the first ones and how many more there are."""
    return [words for alike in kinds_of(error.findings) for words in _lines(alike, lang)]


def _lines(alike: Sequence[Finding], lang: str) -> list[str]:
    shown = [finding.line(lang) for finding in alike[:_MOST_ALIKE]]
    rest = len(alike) - len(shown)
    return shown if not rest else [*shown, text("view.findings.more", lang, count=rest)]


def kinds_of(ordered: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each kind together, in the order of their first."""
    kinds: dict[str, list[Finding]] = {}
    for finding in ordered:
        kinds.setdefault(finding.code, []).append(finding)
    return list(kinds.values())


def line(alike: Sequence[Finding], lang: str) -> str:
    """The first finding of a kind, with how many more there are of it."""
    first = alike[0]
    severity = text(f"view.findings.severity.{first.severity}", lang)
    more = text("view.findings.more", lang, count=len(alike) - 1) if len(alike) > 1 else ""
    return f"**{severity}** {plain(first.line(lang))} {plain(more)}"


def frame_of(findings: Sequence[Finding], lang: str) -> pd.DataFrame:
    """Table ``findings`` in the reader's language."""
    rows = [
        finding.record(lang) | {"severity": text(f"view.findings.severity.{finding.severity}", lang)}
        for finding in findings
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"row": "Int64"})
