"""The certificate in words."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from desk.i18n import text
from planner.loop import WORTH
from planner.page.layout import WIDTH, paragraph
from planner.page.number import money, share
from planner.planned import Planned


def certificate_lines(planned: Planned, lang: str) -> list[str]:
    """How good the roster provably is, how the search ended, and what the independent audit says."""
    return [line for words in certificate_sentences(planned, lang) for line in paragraph(words, WIDTH - 2)]


def certificate_sentences(planned: Planned, lang: str) -> list[str]:
    """The certificate, one sentence an item."""
    outcome, currency = planned.plan.outcome, planned.desk.settings.currency
    bound = {"objective": money(outcome.objective, currency), "bound": money(outcome.bound, currency)}
    ended = {"seconds": outcome.seconds, "solver": outcome.solver, "seed": outcome.seed}
    key = "bound" if isfinite(outcome.gap) else "no_bound"
    return [
        text(f"planner.certificate.{key}", lang, **bound, gap=share(outcome.gap, 2)),
        text(f"planner.certificate.ended.{outcome.termination.value}", lang, **ended),
        _audit(planned, lang),
        *(_round(own, planned, lang) for own in planned.plan.meta.get("rounds", ()) if own["intervals"]),
    ]


def _audit(planned: Planned, lang: str) -> str:
    severities = [finding.severity for finding in planned.plan.findings]
    hard, priced = severities.count("error"), severities.count("warning")
    return text(f"planner.certificate.audit.{'broken' if hard else 'kept'}", lang, hard=hard, priced=priced)


def _round(own: Mapping[str, Any], planned: Planned, lang: str) -> str:
    currency = planned.desk.settings.currency
    costs = ("expected", "simulated", "low", "high", "difference", "before", "after")
    words = {name: money(own[name], currency) for name in costs if own[name] is not None and isfinite(own[name])}
    return text(f"planner.certificate.round.{own['verdict']}", lang, **{**own, **words, "worth": share(WORTH, 1)})
