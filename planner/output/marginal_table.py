"""What one more would be worth, as tables of the report."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from desk.i18n import text
from desk.tables import table
from planner.output.report_table import Grid
from planner.page.number import day, whole
from planner.planned import Planned
from planner.rows import rows

_PEOPLE, _HOURS = ("agent", "trained"), ("overtime_h", "overload_h")


def marginal_grids(planned: Planned, lang: str) -> Iterator[Grid]:
    """One more person or training over the horizon, the best first; then one more hour by day and queue."""
    columns, marginals = table("marginals").columns, planned.marginals
    of_people = marginals["kind"].isin(_PEOPLE) & marginals["date"].isna()
    whole_horizon = marginals[of_people].sort_values("net", ascending=False)
    names = ("kind", "value", "cost", "net")
    lines = tuple((_what(row, lang), *(whole(getattr(row, name)) for name in names[1:])) for row in rows(whole_horizon))
    if lines:
        yield Grid(tuple(columns[name].title(lang) for name in names), lines, frozenset({1, 2, 3}))
    hours = marginals[marginals["kind"].isin(_HOURS)]
    if len(hours):
        yield _by_day(hours, lang)


def _what(row: Any, lang: str) -> str:
    facts = {"contract": row.contract, "queue": row.queue, "skills": str(row.skills).replace("|", ", ")}
    return text(f"planner.report.marginals.{row.kind}", lang, **facts)


def _by_day(hours: pd.DataFrame, lang: str) -> Grid:
    wide = hours.pivot_table(index="date", columns=["queue", "kind"], values="value", sort=True)
    keys = [(queue, kind) for queue in dict.fromkeys(hours["queue"]) for kind in _HOURS]
    head = (text(f"planner.report.marginals.{kind}", lang, queue=queue) for queue, kind in keys)
    lines = [
        (day(pd.Timestamp(when), lang), *(whole(float(own[key])) for key in keys))  # type: ignore[arg-type]
        for when, own in wide.iterrows()
    ]
    note = text("planner.report.marginals.hours", lang)
    right = frozenset(range(1, len(keys) + 1))
    return Grid((text("planner.report.marginals.day", lang), *head), tuple(lines), right, note)
