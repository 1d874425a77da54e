"""Why this shift, and what can't be had: for a terminal and for machines."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from desk.i18n import text
from planner.page.layout import WIDTH, columns, paragraph
from planner.page.number import day, money, term

if TYPE_CHECKING:
    from scheduler import Alternative, Conflict, Why

_TERMS = 3
"""The largest changes that a line tells; more are told in one sum."""


def why_lines(answer: "Why", currency: str, lang: str) -> list[str]:
    """What is rostered, what each alternative would cost, and what speaks against it."""
    when = day(pd.Timestamp(answer.date), lang)
    head = text("planner.explain.rostered", lang, agent=answer.agent, date=when, shift=answer.rostered)
    if not answer.alternatives:
        return [head]
    rows = [
        [own.shift, signed(own.cost, currency), term_words(own.terms, own.cost, lang)] for own in answer.alternatives
    ]
    about = [head, *paragraph(text("planner.explain.about", lang)), "", *columns(rows, right=[1])]
    return [*about, *(line for own in answer.alternatives for line in _against(own, lang))]


def signed(amount: float, currency: str) -> str:
    """An amount of money with its sign."""
    return ("+" if amount >= 0 else "") + money(amount, currency)


def term_words(terms: Mapping[str, float], cost: float, lang: str) -> str:
    """The largest terms of a cost, and what the others come to, so that they add up to it as it is shown."""
    largest = sorted(terms.items(), key=lambda own: -abs(own[1]))[:_TERMS]
    told = [f"{term(name, lang)} {amount:+,.0f}" for name, amount in largest]
    if len(terms) > _TERMS and (rest := round(cost) - sum(round(amount) for _, amount in largest)):
        told.append(f"{text('planner.explain.others', lang)} {rest:+,}")
    return " · ".join(told)


def _against(own: "Alternative", lang: str) -> list[str]:
    """What forbids it; where nothing does, what it would break unless other days change too."""
    told = own.forbidden or own.at_once
    if not told:
        return []
    key = "forbidden" if own.forbidden else "at_once"
    words = " ".join(finding.message(lang) for finding in told)
    return ["", *paragraph(text(f"planner.explain.{key}", lang, shift=own.shift, words=words), WIDTH)]


def why_record(answer: "Why", lang: str) -> dict[str, Any]:
    """The answer for machines."""
    return {
        "agent": answer.agent,
        "date": answer.date.isoformat(),
        "rostered": answer.rostered,
        "alternatives": [
            {
                "shift": own.shift,
                "cost": own.cost,
                "terms": dict(own.terms),
                "forbidden": [finding.message(lang) for finding in own.forbidden],
                "at_once": [finding.message(lang) for finding in own.at_once],
                "changes": [
                    {"agent": agent, "date": when.isoformat(), "before": before, "after": after}
                    for agent, when, before, after in own.changes
                ],
            }
            for own in answer.alternatives
        ],
    }


def conflict_lines(conflict: "Conflict", currency: str, lang: str) -> list[str]:
    """One conflict: what clashes, and what mends it."""
    head = f"{conflict.finding.message(lang)} {conflict.finding.cure(lang) if conflict.cures else ''}".strip()
    lines = [*paragraph(head)]
    for demand in conflict.demands:
        lines += paragraph(demand.message(lang), WIDTH, first="  - ", rest="    ")
    for cure in conflict.cures:
        cost = "" if cure.cost is None else f" ({signed(cure.cost, currency)})"
        lines += paragraph(cure.finding.cure(lang) + cost, WIDTH, first="  > ", rest="    ")
    return [*lines, ""]


def conflict_record(conflict: "Conflict", lang: str) -> dict[str, Any]:
    """One conflict for machines."""
    return {
        "agent": conflict.agent,
        "head": conflict.finding.message(lang),
        "demands": [{"code": own.code, "message": own.message(lang)} for own in conflict.demands],
        "cures": [
            {"code": own.finding.code, "cure": own.finding.cure(lang), "cost": own.cost} for own in conflict.cures
        ],
    }
