"""A desk whose people hold certificates and share nights, weekends and announced days; one way to break each rule."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from desk import Desk, Plan
from tests.rules.small import before, desk, plan

CONTRACT = "min_days_off_week = 2\nmax_start_change_h = 4"
SETTINGS = """
[rules]
fairness_night_price = 5
fairness_weekend_price = 5
change_price = 5
on_duty = { lead = 1 }
on_duty_price = 5
call_in_from = 2026-06-01T13:00:00
"""
AGENTS = """
agent,name,team,contract,cost_per_h,certificates
ann,Ann,red,full,10,lead
bob,Bob,blue,full,10,lead|senior
cat,Cat,blue,full,10,
"""
SHIFTS = """
shift,start,end,paid_h,needs
A,07:00,15:00,8,
B,14:00,22:00,8,
N,22:00,06:00,8,
S,12:00,20:00,6,senior
"""
DAYS = 14
LINES = "ann A A A A A - - A A A A A - -\nbob B B B B B - - B B B B B - -"
Slip = Callable[[np.random.Generator, pd.DataFrame], pd.DataFrame]


@cache
def shared_desk() -> Desk:
    """Three people for two weeks."""
    published = "agent,date,shift\n" + "\n".join(
        f"cat,2026-06-{day:02},{'OFF' if day % 7 in (6, 0) else 'A'}" for day in range(1, DAYS + 1)
    )
    pinned = "agent,date,shift\nann,2026-06-01,A"
    tables = {"agents": AGENTS, "shifts": SHIFTS, "published": published, "pinned": pinned}
    return desk(CONTRACT, SETTINGS, days=DAYS, worked=before("ann OFF OFF\nbob OFF OFF\ncat OFF OFF"), **tables)


@cache
def shared_plan() -> Plan:
    """A plan that keeps every hard rule, with leads on duty all week and nothing unfair."""
    return plan(shared_desk(), LINES + "\ncat A A A A A - - A A A A A - -")


def _at(day: int) -> pd.Timestamp:
    return shared_desk().dates[day]


def _put(roster: pd.DataFrame, agent: str, shifts: dict[int, str]) -> pd.DataFrame:
    days = [_at(day) for day in shifts]
    kept = roster[(roster["agent"] != agent) | ~roster["date"].isin(days)]
    own = pd.DataFrame({"agent": agent, "date": days, "shift": list(shifts.values())})
    return pd.concat([kept, own[own["shift"] != "-"]], ignore_index=True)


def _weekday(rng: np.random.Generator) -> int:
    return int(rng.choice([0, 1, 2, 3, 4, 7, 8, 9, 10, 11]))


def uncertified(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """A shift that needs what the person lacks."""
    return _put(roster, str(rng.choice(["ann", "cat"])), {_weekday(rng): "S"})


def unsteady(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """From an early start to a late one overnight."""
    return _put(roster, str(rng.choice(["ann", "cat"])), {int(rng.choice([1, 2, 3, 8, 9, 10])): "B"})


def no_days_off(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """A sixth day in a week."""
    return _put(roster, str(rng.choice(["ann", "cat"])), {int(rng.choice([5, 6, 12, 13])): "A"})


def all_nights_one(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """All nights to one person."""
    start = 7 * int(rng.integers(2))
    return _put(roster, str(rng.choice(["ann", "bob", "cat"])), dict.fromkeys(range(start, start + 5), "N"))


def all_weekends_one(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """All weekends to one person."""
    return _put(roster, str(rng.choice(["ann", "cat"])), dict.fromkeys((5, 6, 12, 13), str(rng.choice(["A", "B"]))))


def told_otherwise(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """Another day than was announced."""
    day = int(rng.integers(DAYS))
    return _put(roster, "cat", {day: "B" if day % 7 >= 5 else str(rng.choice(["-", "B"]))})


def no_lead(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """Half a day without a lead."""
    return _put(roster, str(rng.choice(["ann", "bob"])), {_weekday(rng): "-"})


def too_soon(rng: np.random.Generator, roster: pd.DataFrame) -> pd.DataFrame:
    """On the first day a shift that nobody was told of."""
    return _put(roster, *[("bob", {0: "A"}), ("cat", {0: "S"})][int(rng.integers(2))])


SLIPS: dict[str, tuple[Slip, str]] = {
    "too_soon": (too_soon, "roster_call_in"),
    "uncertified": (uncertified, "roster_certificates"),
    "unsteady": (unsteady, "roster_steady_start"),
    "no_days_off": (no_days_off, "roster_min_days_off_week"),
    "all_nights_one": (all_nights_one, "roster_fairness_nights"),
    "all_weekends_one": (all_weekends_one, "roster_fairness_weekends"),
    "told_otherwise": (told_otherwise, "roster_changes"),
    "no_lead": (no_lead, "roster_on_duty"),
}
