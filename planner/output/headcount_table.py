"""The fixed headcounts beside who is there, as a table of the report."""

from typing import Any

from desk.i18n import text
from desk.tables import table
from planner.headcounts import headcounts
from planner.output.report_table import Grid
from planner.page.number import money
from planner.page.summary import place_words
from planner.planned import Planned
from planner.rows import rows

_MOST_ROWS = 60


def headcount_grid(planned: Planned, lang: str) -> Grid:
    """The headcounts that are not met as asked, in time; how many there are in all."""
    own = headcounts(planned.desk, planned.plan.roster, planned.plan.duty)
    off = own[(own["short"] > 0) | (own["over"] > 0)]
    currency = planned.desk.settings.currency
    lines = tuple(_row(row, currency, lang) for row in rows(off.head(_MOST_ROWS)))
    told = (text(f"planner.page.heads_{name}", lang) for name in ("there", "short", "over", "cost"))
    head = (text("planner.page.heads_place", lang), table("cover").columns["required"].title(lang), *told)
    facts = {"rows": len(own), "met": len(own) - len(off), "more": max(0, len(off) - _MOST_ROWS)}
    note = text("planner.report.heads_more" if facts["more"] else "planner.report.heads", lang, **facts)
    return Grid(head, lines, frozenset(range(1, 6)), note)


def _row(row: Any, currency: str, lang: str) -> tuple[str, ...]:
    numbers = (row.required, row.there, row.short, row.over)
    return (place_words(row, lang), *(f"{value:g}" for value in numbers), money(row.cost, currency))
