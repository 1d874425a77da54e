"""What rules ask of the days before the horizon, and of its weeks: where they find nothing they bind nobody."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pandas as pd

from desk.errors import Severity
from desk.grid import at_clock, days
from desk.load.check.settings import is_usual
from desk.load.draft import Draft
from desk.load.spans import day_spans
from desk.load.zone import is_zone
from desk.settings import Contract, Settings
from desk.week import DAYS, days_into_week, week_starts

_EVE = ("min_rest_h", "max_start_change_h", "min_consecutive_days", "min_consecutive_days_off")
"""Limits that ask for the day before the horizon."""
_WEEK = ("max_paid_h_week", "min_days_off_week")
"""Limits that ask for the days since the week began."""
_NOON_MIN, _DAY_MIN = 720, 1440
_FURTHEST = 366
"""Days back that any rule may ask for."""


@dataclass(frozen=True, slots=True)
class _Past:
    """Somebody at work before the horizon; days are counted back, 1 is the eve.

    Parameters
    ----------
    asked : rule -> so many days back it looks, as far as the person was employed.
    told : the days that table worked tells.
    """

    asked: Mapping[str, int]
    told: frozenset[int]

    @property
    def left_out(self) -> set[int]:
        """Days without a row between the first row and the horizon."""
        reach = max(self.asked.values(), default=0)
        return {back for back in range(1, max(self.told, default=1)) if back <= reach} - self.told

    @property
    def untold(self) -> set[int]:
        """Days before the first row that rules look back to."""
        return {*range(max(self.told, default=0) + 1, max(self.asked.values(), default=0) + 1)}

    @property
    def silent(self) -> set[str]:
        """Rules that look back further than the table."""
        return {rule for rule, back in self.asked.items() if back > max(self.told, default=0)}


def check_before(draft: Draft) -> None:
    """Note weekly minimums that no week of the horizon can bind; and days before it that rules look back to and table
    worked does not tell: those left out between others, where a day off needs a row too, and those never given."""
    if draft.settings is None or not is_usual(draft.settings.horizon):
        return
    whole = _holds_a_week(draft.settings)
    for name, contract in draft.settings.contracts.items():
        if contract.min_paid_h_week is not None and not whole:
            told = {"contract": name, "begins": draft.settings.week_begins}
            draft.setting("no_full_week", "contracts", name, "min_paid_h_week", severity="note", **told)
    if draft.has("agents", "agent", "contract") and draft.has("shifts", "shift"):
        people = list(_people(draft))
        _note(draft, "worked_left_out", [own.left_out for own in people], "warning")
        rules = sorted(set().union(*(own.silent for own in people)))
        _note(draft, "worked_untold", [own.untold for own in people], "note", rules=", ".join(rules))


def check_short_nights(draft: Draft) -> None:
    """Note nights of the horizon in which the clock goes forward where a contract asks for rest, which goes by the
    clock."""
    if draft.settings is None or not is_usual(draft.settings.horizon) or not is_zone(draft.settings.timezone):
        return
    horizon, zone = draft.settings.horizon, draft.settings.timezone
    asking = [name for name, own in draft.settings.contracts.items() if own.min_rest_h is not None]
    noons = [at_clock(day, _NOON_MIN, zone) for day in days(horizon.start - timedelta(days=1), horizon.end)]
    for before, after in pairwise(noons):
        lost_min = _DAY_MIN - (after - before).total_seconds() / 60
        if lost_min > 0 and asking:
            told = {"date": after.date().isoformat(), "minutes": round(lost_min)}
            draft.setting("rest_by_the_clock", "contracts", asking[0], "min_rest_h", severity="note", **told)


def _note(draft: Draft, code: str, unknown: list[set[int]], severity: Severity, rules: str = "") -> None:
    """One finding for everybody who has days of a kind."""
    assert draft.settings is not None
    start, backs = pd.Timestamp(draft.settings.horizon.start), set[int]().union(*unknown)
    if backs:
        dates = day_spans(pd.DatetimeIndex([start - pd.Timedelta(days=back) for back in sorted(backs)]))
        file = draft.sheets["worked" if "worked" in draft.sheets else "agents"].file
        draft.ledger.add(code, file, severity=severity, people=sum(map(bool, unknown)), dates=dates, rules=rules)


def _people(draft: Draft) -> Iterator[_Past]:
    """Everybody employed on the eve of the horizon and after it."""
    assert draft.settings is not None
    start = pd.Timestamp(draft.settings.horizon.start)
    told, agents = _told(draft, start), draft.frames["agents"]
    asked = {name: _asked(draft.settings, own) for name, own in draft.settings.contracts.items()}
    there = agents[(agents["from"].isna() | (agents["from"] < start)) & ~(agents["to"] <= start)]
    for code, contract, first in zip(there["agent"], there["contract"], there["from"], strict=True):
        most = _FURTHEST if pd.isna(first) else (start - first).days
        rules = {rule: min(back, most) for rule, back in asked.get(contract, {}).items()}
        yield _Past(rules, told.get(code, frozenset()))


def _told(draft: Draft, start: pd.Timestamp) -> dict[str, frozenset[int]]:
    """Agent -> the days before the horizon that table worked tells."""
    if not draft.has("worked", "agent", "date"):
        return {}
    rows = draft.frames["worked"][["agent", "date"]].dropna()
    back = (start - rows["date"]).dt.days
    before = rows.assign(back=back)[back > 0]
    return {str(code): frozenset(own) for code, own in before.groupby("agent")["back"]}


def _holds_a_week(settings: Settings) -> bool:
    starts = week_starts(days(settings.horizon.start, settings.horizon.end), settings.week_begins)
    return bool((starts.value_counts() == DAYS).any())


def _asked(settings: Settings, contract: Contract) -> dict[str, int]:
    """Rule -> days that it looks back from the horizon's start."""
    found = {rule: 1 for rule in _EVE if getattr(contract, rule) is not None}
    if contract.forbidden_successions:
        found["forbidden_successions"] = 1
    if contract.max_consecutive_days is not None:
        found["max_consecutive_days"] = math.floor(contract.max_consecutive_days.limit)
    into = days_into_week(settings.horizon.start, settings.week_begins)
    found |= {rule: into for rule in _WEEK if getattr(contract, rule) is not None}
    return {rule: back for rule, back in found.items() if back}
