"""A what-if as lines: every measure before and after, and who was supposed to come, go or be trained."""

from math import isfinite, nan
from typing import Any

from desk.i18n import text
from planner.page.layout import columns, paragraph
from planner.page.number import money, share, whole
from planner.rows import rows
from planner.whatif import WhatIf

MONEY, SHARES = ("staff", "total"), ("share",)
UP, DOWN = "▲", "▼"


def whatif_lines(found: WhatIf, lang: str) -> list[str]:
    """The comparison, one line a measure."""
    head = ["", *(text(f"planner.whatif.{name}", lang) for name in ("before", "after", "change"))]
    currency = found.before.desk.settings.currency
    lines = [head, *(_row(row, currency, lang) for row in rows(found.frame()))]
    supposed = text("planner.whatif.supposed", lang, all="; ".join(own.text for own in found.suppositions))
    apart = account_words(found, lang)
    told = ["", *paragraph(apart)] if apart else []
    return [*paragraph(supposed), "", *columns(lines, right=range(1, 4)), *told, *_people(found, lang)]


def account_words(found: WhatIf, lang: str) -> str:
    """Why the plan costs something else here than by its own account; empty where it does not."""
    account, currency = float(found.before.plan.costs["amount"].sum()), found.before.desk.settings.currency
    if whole(account) == whole(found.before.total):
        return ""
    return text("planner.whatif.account", lang, account=money(account, currency))


def measure_words(row: Any, lang: str) -> str:
    """What a row of the comparison measures, and of which queue."""
    words = text(f"planner.whatif.measure.{row.measure}", lang)
    return text("planner.whatif.of_queue", lang, queue=row.queue, measure=words) if row.queue else words


def cell(measure: str, value: float, currency: str) -> str:
    """A value of ``measure`` in words."""
    if measure in MONEY:
        return money(value, currency)
    return share(value, 1) if measure in SHARES else whole(value)


def change_words(row: Any) -> str:
    """How much a row changes, up or down (no sign: a spreadsheet would take it for a formula); shares in points. It is
    the difference of the two values as they are shown.
    """
    scale, digits = (100, 1) if row.measure in SHARES else (1, 0)
    if not isfinite(row.before) or not isfinite(row.after):
        return share(nan)
    by = round(round(scale * row.after, digits) - round(scale * row.before, digits), digits)
    return f"{UP if by > 0 else DOWN} {abs(by):,.{digits}f}" if by else "0"


def _row(row: Any, currency: str, lang: str) -> list[str]:
    values = [cell(row.measure, value, currency) for value in (row.before, row.after)]
    return [measure_words(row, lang), *values, change_words(row)]


def _people(found: WhatIf, lang: str) -> list[str]:
    said = {
        "added": ", ".join(f"{new} ← {model}" for new, model in found.added),
        "gone": ", ".join(found.gone),
        "trained": ", ".join(found.trained),
    }
    told = [text(f"planner.whatif.{name}", lang, who=who) for name, who in said.items() if who]
    return [line for words in told for line in ["", *paragraph(words)]]
