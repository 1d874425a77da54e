"""The tables of the report, every cell in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd

from desk.i18n import catalogue, text
from desk.tables import table
from planner.agreement import Agreement
from planner.page.certificate import certificate_sentences
from planner.page.number import between, hour, load_words, share, share_between, term, whole
from planner.page.summary import overloaded_words
from planner.planned import Planned
from planner.rows import rows
from planner.verdict import few_of_a_kind, grave_first

_MOST_ROWS, _MOST_ALIKE = 60, 5


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to print: titles, rows of words, the columns to be flush right, a sentence under it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    note: str = ""


def certificate_grid(planned: Planned, lang: str) -> Grid:
    """The certificate: sentences, then the seconds of each phase and the hash of the inputs."""
    sentences = certificate_sentences(planned, lang)
    took = " · ".join(
        f"{text(f'planner.phase.{name}', lang)} {value:,.1f} s" for name, value in planned.seconds.items()
    )
    lines = [
        (text("planner.report.seconds", lang), took),
        (text("planner.report.hash", lang), planned.desk.content_hash),
    ]
    label = text("planner.report.certificate.title", lang)
    parts = [(label if number == 0 else "", words) for number, words in enumerate(sentences)]
    return Grid((), (*parts, *lines))


def finding_grid(planned: Planned, lang: str) -> Grid:
    """The findings, gravest first, a few of each kind."""
    declared = table("findings").columns
    head = tuple(declared[name].title(lang) for name in ("severity", "message", "cure", "file"))
    lines = [
        (text(f"planner.severity_word.{own.severity}", lang), own.message(lang), own.cure(lang), own.place(lang))
        for own in few_of_a_kind(grave_first(planned.findings), _MOST_ALIKE)
    ]
    more = len(planned.findings) - len(lines)
    note = text("planner.report.more_findings", lang, count=more) if more else ""
    return Grid(head, tuple(lines), note=note or ("" if lines else text("planner.page.nothing_to_decide", lang)))


def volume_grid(planned: Planned, lang: str) -> Grid:
    """Inquiries by phase and queue."""
    head = tuple(text(f"planner.page.{key}", lang) for key in ("phase", "queue", "mean", "range"))
    ordinary = text("planner.ordinary", lang)
    lines = tuple(
        (row.group or ordinary, row.queue, whole(row.mean), between(row.q10, row.q90))
        for row in rows(planned.brief.volumes)
    )
    return Grid(head, lines, frozenset({2, 3}))


def evidence_grid(planned: Planned, lang: str) -> Iterator[Grid]:
    """What the forecast was chosen on: the forecaster's own table."""
    evidence = planned.forecast.evidence
    if len(evidence):
        lines = tuple(tuple(_cell(value) for value in row) for row in evidence.itertuples(index=False))
        numeric = {at for at, name in enumerate(evidence) if pd.api.types.is_numeric_dtype(evidence[name])}
        head = tuple(catalogue(lang).get(f"planner.evidence.{name}", str(name)) for name in evidence.columns)
        yield Grid(head, lines[:_MOST_ROWS], frozenset(numeric), text("planner.report.evidence", lang))


def overload_grid(planned: Planned, lang: str) -> Grid:
    """The most overloaded intervals."""
    columns = table("service").columns
    names = ("start", "queue", "load", "effective_agents", "required", "offered", "lost")
    lines = tuple(_overload_row(row, lang) for row in rows(planned.ahead.worst))
    note = overloaded_words("planner.report", planned, lang)
    return Grid(tuple(columns[name].title(lang) for name in names), lines, frozenset(range(2, 7)), note)


def _overload_row(row: Any, lang: str) -> tuple[str, ...]:
    agents = (f"{row.effective_agents:.1f}", f"{row.required:.1f}")
    return (hour(row.start, lang), row.queue, load_words(row.load, lang), *agents, whole(row.offered), whole(row.lost))


def cost_grid(planned: Planned, lang: str) -> Grid:
    """The cost account."""
    columns = table("costs").columns
    lines = [
        (term(row.term, lang), f"{row.amount:,.2f}") for row in rows(planned.plan.costs) if abs(row.amount) >= 0.005
    ]
    total = (text("planner.page.total", lang), f"{planned.plan.outcome.objective:,.2f}")
    return Grid((columns["term"].title(lang), columns["amount"].title(lang)), (*lines, total), frozenset({1}))


def agreement_grid(planned: Planned, lang: str) -> Grid:
    """Predicted against simulated service, with the parts of the difference."""
    keys = ("queue", "predicted", "simulated", "band", "covered", "verdict")
    lines = tuple(
        (own.queue, share(own.predicted, 1), share(own.simulated, 1), share_between(own.low, own.high, 1, " – "),
         share(own.covered), compared(own, lang))
        for own in planned.brief.agreements
    )  # fmt: skip
    head = tuple(text(f"planner.page.{key}", lang) for key in keys)
    return Grid(head, lines, frozenset(range(1, 5)), simulated_words(planned, lang))


def simulated_words(planned: Planned, lang: str) -> str:
    """How often the plan was simulated, how many shifts were missed in it and how many people called in for them."""
    own = planned.simulation
    told = text("planner.report.runs", lang, runs=own.runs, seed=own.seed)
    if not own.absences:
        return told
    facts = {"absences": own.absences, "calls": own.calls, "a_day": own.calls / len(planned.desk.dates)}
    return f"{told}{text('planner.report.calls', lang, **facts)}"


def compared(own: Agreement, lang: str) -> str:
    """Whether prediction and simulation agree, else from where the difference comes, in a sentence."""
    if own.agrees:
        return text("planner.agreement.agrees", lang)
    kind = "missed" if own.missed else "parallel" if own.parallel else "single"
    facts = {"difference": own.difference, "backlog": own.backlog, "rest": own.parallel + own.other}
    facts["missed"] = own.missed
    return text(f"planner.agreement.{kind}", lang, **facts)


def score_grid(planned: Planned, lang: str) -> Grid:
    """What the incentives would pay on the simulated log, by measure."""
    columns = table("scores").columns
    paid = planned.scores.dropna(subset="payout").groupby("measure", sort=False)["payout"]
    sums = paid.agg(["count", "min", "median", "max", "sum"])
    head = (columns["measure"].title(lang), *(text(f"planner.report.payout.{name}", lang) for name in sums.columns))
    lines = [
        (catalogue(lang).get(f"measure.{name}.title", str(name)), *(f"{value:,.0f}" for value in own))
        for name, own in zip(sums.index, sums.itertuples(index=False), strict=True)
    ]
    return Grid(head, tuple(lines), frozenset(range(1, 6)), text("planner.report.payout_note", lang))


def _cell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "✓" if value else ""
    if isinstance(value, float):
        return f"{value:,.3g}" if isfinite(value) else ""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
