"""The page that ``plan`` and ``demo`` print."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Finding
from desk.i18n import text
from planner.headcounts import headcounts, is_by_headcounts, most_missing
from planner.page.certificate import certificate_lines
from planner.page.layout import WIDTH, columns, display_width, paragraph, section
from planner.page.number import (
    between,
    day,
    hour,
    money,
    period,
    seconds,
    share,
    share_between,
    term,
    whole,
)
from planner.planned import Planned
from planner.rows import rows
from planner.verdict import grave_first

_MOST_DECISIONS, _MOST_ALIKE, _MOST_SHORT = 9, 2, 5


def summary(planned: Planned, lang: str, out: Path | None = None) -> str:
    """One screen: what comes, who works, what it costs, how service will be, how sure that is, what to decide.

    Parameters
    ----------
    out : where the files are; None where nothing was written.
    """
    parts = {
        "volumes": volume_lines(planned, lang),
        "people": people_lines(planned, lang),
        "headcounts": headcount_lines(planned, lang),
        "service": service_lines(planned, lang),
        "overload": overload_lines(planned, lang),
        "certificate": certificate_lines(planned, lang),
        "decisions": decision_lines(planned, lang),
        "files": file_lines(out, lang),
    }
    head = f"{planned.desk.settings.name} · {period(planned.desk, lang)}"
    lines = [head, "═" * min(display_width(head), WIDTH)]
    for name, own in parts.items():
        lines += section(text(f"planner.page.{name}", lang), own)
    return "\n".join(lines)


def volume_lines(planned: Planned, lang: str) -> list[str]:
    """Inquiries by phase and queue, with the range that holds four times in five; nothing where none are forecast."""
    if is_by_headcounts(planned.forecast):
        return []
    queues, volumes = planned.forecast.queues, planned.brief.volumes
    head = [text("planner.page.phase", lang)]
    lines = [[*head, *(cell for queue in queues for cell in (queue, text("planner.page.range", lang)))]]
    for group, own in volumes.groupby("group", sort=False):
        rated = own.set_index("queue").loc[list(queues)]
        cells = [cell for row in rows(rated) for cell in (whole(row.mean), between(row.q10, row.q90))]
        lines.append([str(group) or text("planner.ordinary", lang), *cells])
    totals = [cell for own in planned.brief.queues for cell in (whole(own.offered), between(own.low, own.high))]
    return columns([*lines, [text("planner.page.total", lang), *totals]], right=range(1, 2 * len(queues) + 1))


def people_lines(planned: Planned, lang: str) -> list[str]:
    """Who works how much, and every term of the cost account."""
    brief, currency = planned.brief, planned.desk.settings.currency
    facts = {"people": brief.people, "all": len(planned.desk.table("agents")), "shifts": brief.shifts}
    costs = planned.plan.costs[planned.plan.costs["amount"].abs() >= 0.5].sort_values("amount", ascending=False)
    terms = " · ".join(f"{term(row.term, lang)} {whole(row.amount)}" for row in rows(costs))
    total = money(planned.plan.outcome.objective, currency)
    cost = text("planner.page.cost", lang, total=total, terms=terms)
    return [text("planner.page.staff", lang, paid_h=brief.paid_h, **facts), *paragraph(cost, WIDTH - 2)]


def headcount_lines(planned: Planned, lang: str) -> list[str]:
    """The fixed headcounts, how far they are met, and where most people are missing; nothing where none are stated."""
    if not planned.desk.has("cover"):
        return []
    own = headcounts(planned.desk, planned.plan.roster, planned.plan.duty)
    sums = {name: float(own[name].sum()) for name in ("required", "short", "over", "cost")}
    facts = {"cost": money(sums.pop("cost"), planned.desk.settings.currency), "rows": len(own)}
    head = text("planner.page.heads", lang, **facts, **sums)
    lines = [[place_words(row, lang), _missing_words(row, lang)] for row in rows(most_missing(own).head(_MOST_SHORT))]
    return [head, *columns(lines)]


def place_words(row: Any, lang: str) -> str:
    """The date and shift, or the hour and queue, that a headcount is for."""
    by_shift = not pd.isna(row.shift)
    return f"{day(row.date, lang)}  {row.shift}" if by_shift else f"{hour(row.start, lang)}  {row.queue}"


def _missing_words(row: Any, lang: str) -> str:
    return text("planner.page.heads_row", lang, there=row.there, required=row.required, short=row.short)


def service_lines(planned: Planned, lang: str) -> list[str]:
    """One row a queue: target, predicted and simulated service, inquiries lost; nothing where none are forecast."""
    if is_by_headcounts(planned.forecast):
        return []
    keys = ("queue", "target", "predicted", "simulated", "band", "lost", "lost_sim")
    compared = {own.queue: own for own in planned.brief.agreements}
    lines = [[text(f"planner.page.{key}", lang) for key in keys]]
    for own in planned.brief.queues:
        target = text("planner.page.within", lang, share=own.target_share, time=seconds(own.within_s, lang))
        sim = compared.get(own.queue)
        band = share_between(sim.low, sim.high) if sim else "–"
        simulated = share(sim.simulated) if sim else "–"
        lines.append([own.queue, target, share(own.share), simulated, band, whole(own.lost), whole(own.lost_sim)])
    return columns(lines, right=range(2, len(keys)))


def overload_lines(planned: Planned, lang: str) -> list[str]:
    """The most overloaded intervals; nothing where no work is forecast."""
    if is_by_headcounts(planned.forecast):
        return []
    head = overloaded_words("planner.page", planned, lang)
    lines = [[hour(row.start, lang), row.queue, _overload_words(row, lang)] for row in rows(planned.ahead.worst)]
    return [head, *columns(lines)]


def overloaded_words(place: str, planned: Planned, lang: str) -> str:
    """How many intervals are beyond the limit, and in how many of them nobody is there; of a plan for the rest, of the
    intervals still to come."""
    brief, limit = planned.ahead, planned.desk.settings.rules.overload_limit
    kind = f"{place}.overloaded" if brief.overloaded else "planner.page.no_overload"
    key = f"{place}.overloaded_unmanned" if brief.unmanned else kind
    told = text(key, lang, count=brief.overloaded, unmanned=brief.unmanned, limit=limit)
    return from_then_words(planned, lang) + told


def from_then_words(planned: Planned, lang: str) -> str:
    """From which moment on a number counts that is of what was still to come; nothing where that is the whole plan."""
    return "" if planned.then is None else text("planner.from_then", lang, then=planned.then)


def _overload_words(row: Any, lang: str) -> str:
    facts = {"required": row.required, "offered": row.offered, "lost": row.lost}
    if not isfinite(row.load):
        return text("planner.page.unmanned_row", lang, **facts)
    return text("planner.page.overload_row", lang, **facts, load=share(row.load), agents=row.effective_agents)


def decision_lines(planned: Planned, lang: str) -> list[str]:
    """What needs a decision, gravest first; of many findings of a kind one, and how many more there are."""
    asking = [finding for finding in grave_first(planned.findings) if finding.severity != "note"]
    kinds: dict[str, list[Finding]] = {}
    for finding in asking:
        kinds.setdefault(finding.code, []).append(finding)
    told = [words for alike in kinds.values() for words in _told(alike, lang)]
    lines: list[str] = []
    for number, words in enumerate(told[:_MOST_DECISIONS], start=1):
        lines += paragraph(words, WIDTH - 2, first=f"{number}. ", rest="   ")
    return lines or [text("planner.page.nothing_to_decide", lang)]


def _told(alike: Sequence[Finding], lang: str) -> list[str]:
    if len(alike) <= _MOST_ALIKE:
        return [finding.line(lang) for finding in alike]
    return [alike[0].line(lang) + text("planner.page.more", lang, count=len(alike) - 1)]


def file_lines(out: Path | None, lang: str) -> list[str]:
    """Where the files are."""
    return [] if out is None else [str(out), *text("planner.page.file_list", lang).splitlines()]
