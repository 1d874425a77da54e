"""A desk on which every rule binds, a legal plan for it, and one way to break each rule."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from desk import Curves, Desk, Plan
from desk.frames import empty_frame
from scheduler import make_roster
from tests.rules.small import before, desk

CONTRACT = """
min_paid_h_day = 4
max_paid_h_day = 8
min_paid_h_week = 8
max_paid_h_week = 40
min_paid_h_horizon = 24
max_paid_h_horizon = 72
min_rest_h = 11
forbidden_successions = [["L", "B"], ["N", "OFF"]]
max_consecutive_days = 6
min_consecutive_days = 2
min_consecutive_days_off = 2
max_weekends = 1
max_overtime_h_day = 1
max_overtime_h_month = 1
max_shifts = { N = 3 }
"""
SETTINGS = """
[rules]
min_block_min = 120
max_switches = 1
fairness_price = 1
unpopular = ["N"]
min_presence = { pre = 1 }
presence_price = 5
[scheduler]
time_limit_s = 4
gap = 0.05
"""
SHIFTS = """
shift,start,end,paid_h,break_min,break_from,break_to
B,08:00,16:00,6,120,10:00,14:00
L,14:00,22:00,8,60,16:00,20:00
N,22:00,06:00,8,0,,
D,08:00,18:00,10,0,,
S,09:00,12:00,3,0,,
"""
AGENTS = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,10\nbob,Bob,blue,full,11\ncat,Cat,blue,full,12"
SKILLS = "agent,queue,proficiency,home\nann,pre,1,1\nann,after,1,0\nbob,pre,1,1\ncat,pre,1,0\ncat,after,0.9,1"
REQUESTS = "agent,date,wish,shift,weight\nann,2026-06-02,on,,900\nbob,2026-06-04,off,,900"
TALK = (
    "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
    "talk,60,2026-06-02 08:00,2026-06-03 16:00,ann|cat,1,after"
)
DAYS = 14
PEOPLE = ("ann", "bob", "cat")
Tables = tuple[pd.DataFrame, pd.DataFrame]
Slip = Callable[[np.random.Generator, pd.DataFrame, pd.DataFrame], Tables]


@cache
def rich_desk() -> Desk:
    """Three people, two weeks, hourly."""
    tables = {"agents": AGENTS, "skills": SKILLS, "shifts": SHIFTS, "requests": REQUESTS, "activities": TALK}
    return desk(CONTRACT, SETTINGS, days=DAYS, worked=before("ann OFF OFF\nbob OFF OFF\ncat OFF OFF"), **tables)


@cache
def rich_plan() -> Plan:
    """A legal plan of it."""
    starts = rich_desk().starts
    busy = starts[(starts.hour >= 8) & (starts.hour < 20)]
    steps = {0.0: 60.0, 1.0: 20.0, 2.0: 0.0}
    rows = [(at, queue, own, cost) for queue in ("pre", "after") for at in busy for own, cost in steps.items()]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return make_roster(rich_desk(), Curves(points, empty_frame("work", rich_desk().settings.timezone)))


def line(roster: pd.DataFrame, agent: str, shifts: dict[int, str]) -> pd.DataFrame:
    """The roster with another line for ``agent``: day -> shift."""
    days = [rich_desk().dates[day] for day in shifts]
    own = pd.DataFrame({"agent": agent, "date": days, "shift": list(shifts.values())})
    return pd.concat([roster[roster["agent"] != agent], own], ignore_index=True)


def one(rng: np.random.Generator) -> str:
    """Anybody."""
    return str(rng.choice(PEOPLE))


def only(make: Callable[[np.random.Generator], dict[int, str]]) -> Slip:
    """A slip that gives somebody another line."""
    return lambda rng, roster, duty: (line(roster, one(rng), make(rng)), duty)


def wish_refused(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """The wished day is free."""
    start = int(rng.integers(2, 6))
    return line(roster, "ann", dict.fromkeys(range(start, start + 3), "B")), duty


def day_off_refused(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """Work on the day that was to be free."""
    return line(roster, "bob", {2: "B", 3: str(rng.choice(["B", "L"]))}), duty


def turn_of(
    rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame, shift: str, agent: str = "ann"
) -> Tables:
    """A line with one turn of ``shift``, all of it at pre but the break at its first place."""
    day = int(rng.integers(4, 12))
    start = {"B": 8, "L": 14}[shift]
    pause = {"B": (10, 11), "L": (16,)}[shift]
    when = rich_desk().dates[day]
    hours = [
        when.tz_localize(rich_desk().settings.timezone) + pd.Timedelta(hours=hour) for hour in range(start, start + 8)
    ]
    does = ["break" if hour in pause else "pre" for hour in range(start, start + 8)]
    own = pd.DataFrame({"agent": agent, "start": hours, "activity": does, "date": when, "shift": shift})
    kept = duty[duty["agent"] != agent]
    return line(roster, agent, {day: shift}), pd.concat([kept, own], ignore_index=True)


def doing(shift: str, places: dict[int, str]) -> Slip:
    """A slip in one turn of ann's: place in the turn -> what she does there."""

    def slip(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
        lines, turns = turn_of(rng, roster, duty, shift)
        rows = turns.index[turns["agent"] == "ann"]
        for at, activity in places.items():
            turns.loc[rows[at], "activity"] = activity
        return lines, turns

    return slip


def nobody_there(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """A day without anybody."""
    day = rich_desk().dates[int(rng.integers(DAYS - 1))]
    return roster[roster["date"] != day], duty[duty["date"] != day]


def talk_missed(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """Everybody at the talk takes a queue instead."""
    return roster, duty.assign(activity=duty["activity"].where(duty["activity"] != "talk", "pre"))


def talk_elsewhere(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """A talk after its window."""
    lines, turns = turn_of(rng, roster, duty, "B")
    rows = turns.index[(turns["agent"] == "ann") & (turns["activity"] == "pre")]
    turns.loc[rows[int(rng.integers(len(rows)))], "activity"] = "talk"
    return lines, turns


def two_talks(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """Two people at two sessions."""
    turns = duty
    for agent, hour in (("ann", 8), ("cat", 9)):
        day = pd.Timestamp("2026-06-02")
        when = day.tz_localize(rich_desk().settings.timezone)
        hours = [when + pd.Timedelta(hours=own) for own in range(8, 16)]
        does = ["talk" if own == hour else "break" if own in (10, 11) else "pre" for own in range(8, 16)]
        own = pd.DataFrame({"agent": agent, "start": hours, "activity": does, "date": day, "shift": "B"})
        turns = pd.concat([turns[turns["agent"] != agent], own], ignore_index=True)
        roster = line(roster, agent, {1: "B", 2: "B" if rng.integers(2) else "L"})
    return roster, turns


def untrained(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """A queue without the talk that teaches it."""
    lines, turns = turn_of(rng, roster, duty, str(rng.choice(["B", "L"])))
    turns.loc[turns.index[turns["agent"] == "ann"][-2:], "activity"] = "after"
    return lines, turns


def blank(table: str, column: str) -> Slip:
    """A slip that leaves a cell blank."""

    def slip(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
        frames = {"roster": roster.astype(object), "duty": duty.astype(object)}
        frame = frames[table].reset_index(drop=True)
        frame.loc[int(rng.integers(len(frame))), column] = None
        frames[table] = frame
        return frames["roster"], frames["duty"]

    return slip


def between(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """A time at which no interval begins."""
    frame = duty.reset_index(drop=True)
    frame.loc[int(rng.integers(len(frame))), "start"] += pd.Timedelta(minutes=int(rng.integers(1, 60)))
    return roster, frame


def stranger(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    """Duty of somebody nobody knows."""
    frame = duty.reset_index(drop=True)
    frame.loc[int(rng.integers(len(frame))), "agent"] = "eve"
    return roster, frame


def _run(rng: np.random.Generator, length: int, shift: str) -> dict[int, str]:
    start = int(rng.integers(1, DAYS - length))
    return dict.fromkeys(range(start, start + length), shift)


def _gap(rng: np.random.Generator) -> dict[int, str]:
    start = int(rng.integers(0, 8))
    return dict.fromkeys((start, start + 1, start + 3, start + 4), "B")


def _week(rng: np.random.Generator, shift: str, days: int) -> dict[int, str]:
    start = 7 * int(rng.integers(2))
    return dict.fromkeys(range(start, start + days), shift)


SLIPS: dict[str, tuple[Slip, str]] = {
    "short_day": (only(lambda rng: _run(rng, 2, "S")), "roster_min_paid_h_day"),
    "long_day": (only(lambda rng: _run(rng, 2, "D")), "roster_max_paid_h_day"),
    "overtime_day": (only(lambda rng: _run(rng, 2, "D")), "roster_max_overtime_h_day"),
    "overtime_month": (only(lambda rng: _run(rng, 2, "D")), "roster_max_overtime_h_month"),
    "idle_week": (only(lambda rng: _week(rng, "L", 4)), "roster_min_paid_h_week"),
    "full_week": (only(lambda rng: _week(rng, "L", 6)), "roster_max_paid_h_week"),
    "idle": (only(lambda rng: _run(rng, 2, "L")), "roster_min_paid_h_horizon"),
    "full": (only(lambda rng: dict.fromkeys(range(2 + int(rng.integers(3)), 14), "L")), "roster_max_paid_h_horizon"),
    "follows": (only(lambda rng: _run(rng, 2, "L") | {13: "B", 12: "L"}), "roster_forbidden_successions"),
    "night_then_off": (only(lambda rng: _run(rng, 2, "N")), "roster_forbidden_successions"),
    "run": (only(lambda rng: _run(rng, 7 + int(rng.integers(4)), "B")), "roster_max_consecutive_days"),
    "lone_day": (only(lambda rng: _run(rng, 1, "B")), "roster_min_consecutive_days"),
    "lone_day_off": (only(_gap), "roster_min_consecutive_days_off"),
    "weekends": (
        only(lambda rng: dict.fromkeys((int(rng.integers(5, 7)), 12 + int(rng.integers(2))), "B")),
        "roster_max_weekends",
    ),
    "nights": (only(lambda rng: _run(rng, 4, "N")), "roster_max_shifts"),
    "unfair": (only(lambda rng: _run(rng, 3, "N")), "roster_fairness"),
    "wish_refused": (wish_refused, "roster_request_on"),
    "day_off_refused": (day_off_refused, "roster_request_off"),
    "break_cut": (doing("B", {3: "pre", 5: "break"}), "duty_break_cut"),
    "break_early": (doing("B", {1: "break", 3: "pre"}), "duty_break_window"),
    "switches": (doing("L", {0: "pre", 3: "after", 4: "after", 5: "pre", 6: "pre"}), "duty_max_switches"),
    "short_block": (doing("L", {0: "after", 1: "pre"}), "duty_min_block"),
    "nobody_there": (nobody_there, "duty_presence"),
    "talk_missed": (talk_missed, "duty_activity_missed"),
    "talk_elsewhere": (talk_elsewhere, "duty_activity_time"),
    "two_talks": (two_talks, "duty_activity_sessions"),
    "untrained": (untrained, "duty_untrained"),
    "blank_person": (blank("roster", "agent"), "roster_unreadable"),
    "blank_day": (blank("roster", "date"), "roster_unreadable"),
    "blank_shift": (blank("roster", "shift"), "roster_unreadable"),
    "blank_time": (blank("duty", "start"), "duty_unreadable"),
    "blank_activity": (blank("duty", "activity"), "duty_unreadable"),
    "between": (between, "duty_unreadable"),
    "stranger": (stranger, "duty_unknown_agent"),
}
