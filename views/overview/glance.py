"""The numbers of an event that a manager looks at first."""

from collections.abc import Iterator
from math import isfinite

import numpy as np

from desk.i18n import text
from planner.event import EventAccount
from planner.headcounts import headcounts
from planner.page.number import between, share, whole
from planner.page.summary import from_then_words
from planner.planned import Planned
from views.figure import Figure
from views.source import Source

ACCOUNT = "account"
"""The heading of the section that has the event's account."""


def at_a_glance(planned: Planned, account: EventAccount, lang: str) -> list[tuple[Figure, Source]]:
    """Each number with its source."""
    return [*_money(planned, account, lang), *_work(planned, lang)]


def _money(planned: Planned, account: EventAccount, lang: str) -> Iterator[tuple[Figure, Source]]:
    currency = planned.desk.settings.currency
    if account.valued:
        won = text("view.overview.won", lang, amount=whole(account.won))
        yield Figure("overview.profit", whole(account.profit), won), Source("overview", "costs", ACCOUNT)
    yield Figure("overview.paid", whole(account.of("paid")), currency), Source("roster", "costs")
    if not planned.forecast.queues:
        return
    yield Figure("overview.service_lost", whole(account.of("service")), currency), Source("staffing", "service")
    rewards = text("view.overview.projected", lang, currency=currency)
    yield Figure("overview.rewards", whole(account.of("rewards")), rewards), Source("incentives", "scores")


def _work(planned: Planned, lang: str) -> Iterator[tuple[Figure, Source]]:
    brief, outcome = planned.brief, planned.plan.outcome
    if brief.queues:
        sums = planned.forecast.paths.sum(axis=(1, 2), dtype=np.float64)
        likely = text("view.overview.likely", lang, range=between(*np.quantile(sums, [0.1, 0.9])))
        yield Figure("overview.inquiries", whole(sums.mean()), likely), Source("forecast", "forecast")
    shifts = text("view.overview.shifts", lang, shifts=brief.shifts)
    yield Figure("overview.people", whole(brief.people), shifts), Source("roster", "roster")
    yield _strain(planned, lang)
    key = "bound" if isfinite(outcome.bound) else "no_bound"
    bound = text(f"view.overview.{key}", lang, bound=whole(outcome.bound))
    yield Figure("overview.gap", share(outcome.gap, 2), bound), Source("roster", "costs")


def _strain(planned: Planned, lang: str) -> tuple[Figure, Source]:
    """Hours beyond the limit of load, or where nothing is forecast the people missing in fixed headcounts."""
    desk, brief = planned.desk, planned.ahead
    if not brief.queues:
        own = headcounts(desk, planned.plan.roster, planned.plan.duty)
        asked = text("view.overview.asked", lang, required=float(own["required"].sum()))
        return Figure("overview.missing", whole(own["short"].sum()), asked), Source("staffing", "cover")
    hours = text("view.overview.hours", lang, hours=brief.overloaded * desk.settings.interval_min / 60)
    unmanned = brief.unmanned * desk.settings.interval_min / 60
    key = "limit_unmanned" if unmanned else "limit"
    limit = text(f"view.overview.{key}", lang, limit=desk.settings.rules.overload_limit, hours=unmanned)
    limit = from_then_words(planned, lang) + limit
    return Figure("overview.overloaded", hours, limit), Source("staffing", "service")
