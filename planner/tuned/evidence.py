"""What a back-test said of each driver and each simple model, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from charts.theme import label
from desk.i18n import text
from planner.rows import rows

FEW = 0.02
"""A gain below this share of the error is not enough for a driver."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One trial: its name in words, errors with and without, whether it entered, and the sentence that says why."""

    name: str
    without: float
    having: float
    admitted: bool
    words: str


def verdicts_of(evidence: pd.DataFrame, queue: str, lang: str) -> list[Verdict]:
    """The trials of a queue: drivers in the order in which they were tried, then simple models."""
    if evidence.empty:
        return []
    own = evidence[evidence["queue"] == queue].reindex(columns=_COLUMNS)
    return [*_drivers(own[own["driver"].notna()], lang), *_models(own[own["driver"].isna()], lang)]


_COLUMNS = (
    "queue", "model", "driver", "beside", "origins", "wape_without", "wape_with", "wins", "admitted", "mean_lag_h",
)  # fmt: skip


def _drivers(tried: pd.DataFrame, lang: str) -> Iterator[Verdict]:
    for row in rows(tried):
        beside = "" if pd.isna(row.beside) else str(row.beside)
        name = text("planner.tuned.beside", lang, name=row.driver, beside=beside.replace("|", ", "))
        same_round = tried[tried["beside"].astype("str").fillna("") == beside]
        facts = _facts(row) | {"name": name if beside else str(row.driver), "lag": _lag(row.mean_lag_h, lang)}
        words = text(f"planner.tuned.{_why(row, same_round)}", lang, **facts)
        yield Verdict(str(facts["name"]), row.wape_without, row.wape_with, bool(row.admitted), words)


def _lag(hours: float, lang: str) -> str:
    """A mean lag in hours, or in days where it is longer than two."""
    unit, value = ("days", hours / 24) if hours > 48 else ("hours", hours)
    return "" if pd.isna(hours) else text(f"planner.tuned.lag_{unit}", lang, value=value)


def _why(row: object, same_round: pd.DataFrame) -> str:
    """Key of the sentence: entered; another was better; no origins; too little gained; no more than chance."""
    without, having = float(row.wape_without), float(row.wape_with)  # type: ignore[attr-defined]
    if row.admitted:  # type: ignore[attr-defined]
        return "entered"
    if not np.isfinite(having):
        return "untried"
    if having >= without:
        return "no_help"
    if having >= (1 - FEW) * without:
        return "too_little"
    return "another_first" if same_round["admitted"].astype(bool).any() else "chance"


def _models(tried: pd.DataFrame, lang: str) -> Iterator[Verdict]:
    for row in rows(tried):
        name = label(f"chart.backtest.model.{row.model}", str(row.model), lang)
        words = text(f"planner.tuned.model_{'chosen' if row.admitted else 'worse'}", lang, name=name, **_facts(row))
        yield Verdict(name, row.wape_without, row.wape_with, bool(row.admitted), words)


def _facts(row: object) -> dict[str, object]:
    names = {"origins": "origins", "without": "wape_without", "having": "wape_with", "wins": "wins"}
    found = {name: getattr(row, column) for name, column in names.items()}
    return {name: 0.0 if pd.isna(value) else value for name, value in found.items()}
