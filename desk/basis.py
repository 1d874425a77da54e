"""What a desk is planned by: what is forecast from its history, or the headcounts that it states itself."""

from collections.abc import Callable
from enum import StrEnum

import pandas as pd

from desk.errors import Finding
from desk.nouns import Desk

OF_FORECASTS = ("history", "drivers", "promotions", "overrides", "verdicts")
"""Tables that nothing but a forecast reads: a desk with one of them is to be forecast."""


class Basis(StrEnum):
    """Where the demand of a desk comes from."""

    HISTORY = "history"
    HEADCOUNTS = "headcounts"


def basis_of(desk: Desk) -> Basis:
    """By headcounts where table ``cover`` is given, nothing that a forecast reads, and no queue is left without.

    Where ``cover`` asks for people by queue, it has to ask for them in every queue that somebody can take: a queue
    without would be one whose history was forgotten.
    """
    if not is_stated(desk.has):
        return Basis.HISTORY
    own = desk.settings.forecast
    if own.expected_levels or own.expected_lifts:
        return Basis.HISTORY
    asked = set(desk.table("cover")["queue"].dropna())
    forgotten = set(desk.table("skills")["queue"].dropna()) - asked if asked else set()
    return Basis.HISTORY if forgotten else Basis.HEADCOUNTS


def is_stated(has: Callable[[str], bool]) -> bool:
    """Whether table ``cover`` is given and none of OF_FORECASTS; ``has`` says whether a table is."""
    return has("cover") and not any(has(name) for name in OF_FORECASTS)


def lacking(desk: Desk) -> tuple[Finding, ...]:
    """An error for each table without which the desk can't be planned."""
    return tuple(
        Finding("plan_needs_table", file=name, facts={"table": name}) for name in _needed(desk) if not desk.has(name)
    )


def _needed(desk: Desk) -> tuple[str, ...]:
    if basis_of(desk) is Basis.HISTORY:
        return ("history", "agents", "skills", "shifts")
    seated = bool(pd.notna(desk.table("cover")["queue"]).any())
    return ("agents", "skills", "shifts") if seated else ("agents", "shifts")
