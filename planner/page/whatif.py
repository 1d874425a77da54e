"""A what-if as lines: every measure before and after, and who was supposed to come, go or be trained."""

from typing import Any

from desk.i18n import text
from planner.page.layout import columns, paragraph
from planner.page.number import measured, money, share, whole
from planner.rows import rows
from planner.whatif import WhatIf

MONEY, SHARES = ("staff", "total"), ("share",)


def whatif_lines(found: WhatIf, lang: str) -> list[str]:
    """The comparison, one line a measure."""
    head = ["", *(text(f"planner.whatif.{name}", lang) for name in ("before", "after", "change"))]
    currency = found.before.desk.settings.currency
    lines = [head, *(_row(row, currency, lang) for row in rows(found.frame()))]
    supposed = text("planner.whatif.supposed", lang, all="; ".join(own.text for own in found.suppositions))
    return [*paragraph(supposed), "", *columns(lines, right=range(1, 4)), *_people(found, lang)]


def _row(row: Any, currency: str, lang: str) -> list[str]:
    words = text(f"planner.whatif.measure.{row.measure}", lang)
    name = f"{row.queue}: {words}" if row.queue else words
    return [name, *(_cell(row.measure, value, currency) for value in (row.before, row.after)), _change(row, currency)]


def _cell(measure: str, value: float, currency: str) -> str:
    if measure in MONEY:
        return money(value, currency)
    return share(value, 1) if measure in SHARES else whole(value)


def _change(row: Any, currency: str) -> str:
    if row.measure in SHARES:
        return f"{100 * row.change:+.1f}"
    return (
        f"{row.change:+,.0f}"
        if row.measure in MONEY or abs(row.change) >= 1
        else f"{'+' * (row.change > 0)}{measured(row.change)}"
    )


def _people(found: WhatIf, lang: str) -> list[str]:
    said = {
        "added": ", ".join(f"{new} ← {model}" for new, model in found.added),
        "gone": ", ".join(found.gone),
        "trained": ", ".join(found.trained),
    }
    told = [text(f"planner.whatif.{name}", lang, who=who) for name, who in said.items() if who]
    return [line for words in told for line in ["", *paragraph(words)]]
