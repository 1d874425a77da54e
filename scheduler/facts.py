"""The desk as the optimiser sees it: people, shifts and days, with days counted from the horizon's start."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pandas as pd

from desk import Desk
from desk.settings import Contract
from desk.week import days_into_week, is_weekend, weekends

OFF = "OFF"
"""How the tables name a day off."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; clock times are minutes since the midnight of the date on which it starts."""

    code: str
    start_min: float
    end_min: float
    paid_h: float
    break_min: float
    break_from_min: float
    break_to_min: float
    contracts: frozenset[str]
    kind: str
    needs: frozenset[str] = frozenset()

    @property
    def takes_duty(self) -> bool:
        """Whether its people sit at the desk; those on call do not."""
        return self.kind != "on_call"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to work (``on``) or not to work (``off``) a shift, any shift where ``shift`` is empty; ``weight`` is what
    refusing it costs."""

    day: int
    wish: str
    shift: str
    weight: float


@dataclass(frozen=True, slots=True)
class Agent:
    """One person.

    Parameters
    ----------
    code, team : as in table ``agents``.
    contract_name, contract : the rules of the employment.
    cost_per_h : currency per paid hour, before premiums.
    skills : queue -> proficiency, 1 = standard.
    homes : the queues that are the person's usual ones.
    span : days of the horizon on which the person is employed.
    leave : days of absence.
    pinned : day -> shift code or OFF.
    past : day before the horizon (negative) -> shift code or OFF, where known.
    certificates : what the person may be needed for besides queues, such as leading.
    published : day -> shift code or OFF as announced before; empty where nothing was.
    """

    code: str
    team: str
    contract_name: str
    contract: Contract
    cost_per_h: float
    skills: Mapping[str, float]
    homes: frozenset[str]
    span: range
    leave: frozenset[int]
    pinned: Mapping[int, str]
    past: Mapping[int, str]
    wishes: tuple[Wish, ...]
    certificates: frozenset[str] = frozenset()
    published: Mapping[int, str] = field(default_factory=dict)

    def available(self, day: int) -> bool:
        """Whether the person is employed and not on leave on ``day``."""
        return day in self.span and day not in self.leave

    def knows(self, day: int) -> bool:
        """Whether ``day`` is one to plan or one that the desk tells about."""
        return day in self.span or day in self.past


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from the one on which the desk's weeks begin; ``days`` may reach beyond the horizon on both sides."""

    days: range
    is_full: bool


@dataclass(frozen=True, eq=False)
class Facts:
    """A desk, ready for rules: ``first`` is the date of day 0, ``n_days`` the length of the horizon."""

    desk: Desk
    first: date
    n_days: int
    shifts: Mapping[str, Shift]
    agents: Mapping[str, Agent]

    def date(self, day: int) -> date:
        """The date of a day; negative days lie before the horizon."""
        return self.first + timedelta(days=day)

    @cached_property
    def activities(self) -> frozenset[str]:
        """Names of the briefings and trainings."""
        return frozenset(self.desk.table("activities")["activity"])

    @cached_property
    def call_in_from(self) -> pd.Timestamp | None:
        """The moment by the desk's clock from which on shifts may begin of which nobody was told; None: any time."""
        when = self.desk.settings.rules.call_in_from
        moment = None if when is None else pd.Timestamp(when)
        if moment is None or moment.tzinfo is None:
            return moment
        return moment.tz_convert(self.desk.settings.timezone).tz_localize(None)

    @cached_property
    def call_in_min(self) -> float:
        """The same in minutes by the clock since the midnight of day 0; -inf where it is any time."""
        moment = self.call_in_from
        return -math.inf if moment is None else (moment - pd.Timestamp(self.first)).total_seconds() / 60

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that share a day with the horizon."""
        begin = -days_into_week(self.first, self.desk.settings.week_begins)
        spans = (range(start, start + 7) for start in range(begin, self.n_days, 7))
        return tuple(Week(days, days.start >= 0 and days.stop <= self.n_days) for days in spans)

    @cached_property
    def weekends(self) -> tuple[range, ...]:
        """The days of each weekend, as far as they lie in the horizon."""
        return weekends(self.desk.dates, self.desk.settings.weekend)

    def is_weekend(self, day: int) -> bool:
        """Whether a day is one of a weekend."""
        return is_weekend(self.date(day), self.desk.settings.weekend)

    @cached_property
    def months(self) -> Mapping[tuple[int, int], range]:
        """Calendar month -> its days, from the first of the month (maybe before the horizon) to the horizon's end."""
        found: dict[tuple[int, int], range] = {}
        for day in range(self.n_days):
            today = self.date(day)
            start = day - today.day + 1
            found[today.year, today.month] = range(start, day + 1)
        return found


def read_facts(desk: Desk) -> Facts:
    """What the rules and the model need of a desk."""
    first = desk.settings.horizon.start
    n_days = len(desk.dates)
    shifts = {shift.code: shift for shift in map(_shift, desk.table("shifts").to_dict("records"))}
    return Facts(desk, first, n_days, shifts, _agents(desk, first, n_days))


def day_of(when: Any, first: date) -> int:
    """Days from ``first`` to a date."""
    return (pd.Timestamp(when).date() - first).days


def _shift(row: Mapping[Any, Any]) -> Shift:
    return Shift(
        code=row["shift"],
        start_min=row["start"],
        end_min=row["end"],
        paid_h=row["paid_h"],
        break_min=_number(row["break_min"]),
        break_from_min=row["break_from"],
        break_to_min=row["break_to"],
        contracts=_listed(row["contracts"]),
        kind=row["kind"],
        needs=_listed(row.get("needs")),
    )


def _listed(names: object) -> frozenset[str]:
    return frozenset(names) if isinstance(names, tuple | list) else frozenset()


def _number(value: float) -> float:
    return 0.0 if pd.isna(value) else float(value)


def _agents(desk: Desk, first: date, n_days: int) -> dict[str, Agent]:
    skills = _grouped(desk.table("skills"))
    leave, pinned = _grouped(desk.table("leave")), _grouped(desk.table("pinned"))
    worked, wishes = _grouped(desk.table("worked")), _grouped(desk.table("requests"))
    published = _grouped(desk.table("published"))
    found = {}
    for row in desk.table("agents").to_dict("records"):
        code = row["agent"]
        own = skills.get(code, [])
        found[code] = Agent(
            code=code,
            team=row["team"],
            contract_name=row["contract"],
            contract=desk.settings.contracts[row["contract"]],
            cost_per_h=row["cost_per_h"],
            skills={skill["queue"]: skill["proficiency"] for skill in own},
            homes=frozenset(skill["queue"] for skill in own if skill["home"]),
            span=_span(row, first, n_days),
            leave=frozenset(day_of(item["date"], first) for item in leave.get(code, [])),
            pinned=_by_day(pinned.get(code, []), first),
            past={day: shift for day, shift in _by_day(worked.get(code, []), first).items() if day < 0},
            wishes=tuple(_wish(item, first) for item in wishes.get(code, [])),
            certificates=_listed(row.get("certificates")),
            published=_by_day(published.get(code, []), first),
        )
    return found


def _grouped(frame: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    grouped: dict[str, list[dict[Any, Any]]] = {}
    for row in frame.to_dict("records"):
        grouped.setdefault(row["agent"], []).append(row)
    return grouped


def _span(row: Mapping[Any, Any], first: date, n_days: int) -> range:
    start = 0 if pd.isna(row["from"]) else max(0, day_of(row["from"], first))
    stop = n_days if pd.isna(row["to"]) else min(n_days, day_of(row["to"], first))
    return range(start, max(start, stop))


def _by_day(rows: Iterable[Mapping[Any, Any]], first: date) -> dict[int, str]:
    return {day_of(row["date"], first): row["shift"] for row in rows}


def _wish(row: Mapping[Any, Any], first: date) -> Wish:
    shift = "" if pd.isna(row["shift"]) else row["shift"]
    return Wish(day_of(row["date"], first), row["wish"], shift, row["weight"])
