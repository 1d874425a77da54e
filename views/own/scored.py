"""What a scoring says of one person, in words."""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any

import pandas as pd

from desk.i18n import text
from desk.moment_words import day_of
from desk.tables import table
from incentive import measure_title, measures
from incentive.say import amount
from planner.pay.run import kind_of
from planner.rows import rows
from store import Principal, ScoreRun, Store, list_score_runs, read_scores
from views.clock import zone_of

TOTAL = "composite"


def own_runs(store: Store, principal: Principal) -> dict[int, tuple[ScoreRun, pd.DataFrame]]:
    """The scorings in which the principal has scores, newest first, with their rows."""
    found = {}
    for run in list_score_runs(store, principal):
        scores = read_scores(store, principal, run.id)
        known = [name for name in table("scores").columns if name in scores]
        own = scores.loc[scores["agent"] == principal.agent, known].reset_index(drop=True)
        if not own.empty:
            found[run.id] = (run, own)
    return found


def run_words(run: ScoreRun, lang: str) -> str:
    """Kind, name and day of a scoring."""
    kind = text(f"view.score.kind.{kind_of(run)}", lang)
    return text("view.score.run", lang, kind=kind, name=run.name, at=day_of(run.created_at, zone_of(run.desk)))


def total(own: pd.DataFrame) -> float:
    """What is paid in all; NaN where nothing was worked out."""
    whole = own.loc[own["measure"] == TOTAL, "payout"]
    paid = whole if len(whole) else own["payout"]
    return float(paid.sum(min_count=1))


def measure_lines(run: ScoreRun, own: pd.DataFrame, lang: str) -> Iterator[tuple[str, str]]:
    """Title and sentence of each measure with something to say."""
    units = _units(run)
    for row in rows(own):
        if row.measure == TOTAL or isnan(row.adjusted):
            continue
        unit = units.get(str(row.measure), "")
        facts = {name: amount(float(getattr(row, name)), unit, lang) for name in _NUMBERS}
        key = "view.score.line" if isnan(row.low) else "view.score.line_between"
        yield measure_title(str(row.measure), lang), text(key, lang, contacts=_count(row.contacts), **facts)


_NUMBERS = ("observed", "expected", "adjusted", "low", "high")


def _count(contacts: Any) -> int:
    return 0 if pd.isna(contacts) else int(contacts)


def _units(run: ScoreRun) -> dict[str, str]:
    scheme: Mapping[str, Any] = run.summary.get("incentive") or {}
    limits = scheme.get("reply_limits_s")
    declared = measures(limits) if limits else measures()
    return {name: measure.unit for name, measure in declared.items()}
