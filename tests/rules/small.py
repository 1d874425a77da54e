"""Small desks in memory: a few people, a week from Monday, 1 June 2026, hourly, and plans as text one can read."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from desk import Desk, Finding, Outcome, Plan, Termination
from desk.grid import at_clock
from desk.load.csv_text import parse_csv
from desk.load.ledger import Ledger
from desk.load.shift_clock import normalised_shifts
from desk.load.typed import typed_frame
from desk.settings import Settings
from scheduler import audit

FIRST = date(2026, 6, 1)
SETTINGS = """
name = "Small"
timezone = "Asia/Shanghai"
interval_min = 60
horizon = { start = 2026-06-01, end = 2026-06-08 }
[queues.pre]
aht_s = [300]
[queues.after]
aht_s = [300]
"""
AGENTS = """
agent,name,team,contract,cost_per_h
ann,Ann,red,full,10
bob,Bob,blue,full,10
"""
SKILLS = """
agent,queue,proficiency,home
ann,pre,1,1
ann,after,1,0
bob,pre,1,1
"""
SHIFTS = """
shift,start,end,paid_h,break_min,break_from,break_to
E,08:00,12:00,4,60,09:00,11:00
L,16:00,24:00,8,0,,
D,08:00,18:00,10,0,,
N,22:00,06:00,8,60,00:00,04:00
"""


def desk(contract: str = "", settings: str = "", days: int = 7, **tables: str) -> Desk:
    """A desk whose people share a ``contract`` (lines of TOML); ``tables`` are CSV text in place of the ones above."""
    text = f"{SETTINGS}\n[contracts.full]\n{contract}\n{settings}"
    tree = tomllib.loads(text)
    tree["horizon"]["end"] = FIRST + timedelta(days=days)
    own = Settings.model_validate(tree)
    texts = {"agents": AGENTS, "skills": SKILLS, "shifts": SHIFTS} | tables
    frames = {name: frame(name, csv, own.timezone) for name, csv in texts.items()}
    return Desk(own, frames | {"shifts": normalised_shifts(frames["shifts"])})


def on_top(of: Desk, **settings: object) -> Desk:
    """The desk with other settings of the whole, such as ``week_begins``."""
    return replace(of, settings=of.settings.model_copy(update=settings))


def frame(name: str, csv: str, timezone: str = "Asia/Shanghai") -> pd.DataFrame:
    """A table of a desk from CSV text, typed as the reader types it."""
    ledger = Ledger()
    sheet = parse_csv(name, f"{name}.csv", csv.strip().encode(), ledger)
    assert sheet is not None
    typed = typed_frame(sheet, timezone, ledger)
    assert typed is not None
    assert not ledger.broken, ledger.findings
    return typed


def before(text: str) -> str:
    """Table ``worked`` from lines such as ``ann N OFF E``; the last is the eve of the horizon."""
    rows = ["agent,date,shift"]
    for line in text.strip().splitlines():
        agent, *codes = line.split()
        rows += [f"{agent},{FIRST - timedelta(days=len(codes) - at)},{code}" for at, code in enumerate(codes)]
    return "\n".join(rows)


def roster(text: str) -> pd.DataFrame:
    """Table ``roster`` from lines such as ``ann E - L``: a shift for each day from the first on, - for a day off."""
    rows = [
        (agent, pd.Timestamp(FIRST + timedelta(days=at)), code)
        for agent, *codes in map(str.split, text.strip().splitlines())
        for at, code in enumerate(codes)
        if code != "-"
    ]
    return pd.DataFrame(rows, columns=["agent", "date", "shift"])


def duty(of: Desk, text: str) -> pd.DataFrame:
    """Table ``duty`` from lines such as ``ann 06-01 E: pre break pre``: an activity for each hour from the shift's
    start on, . for nothing."""
    rows = [row for line in text.strip().splitlines() for row in _hours(of, line)]
    return pd.DataFrame(rows, columns=["agent", "start", "activity", "date", "shift"])


def _hours(of: Desk, line: str) -> Iterator[tuple[str, pd.Timestamp, str, pd.Timestamp, str]]:
    head, activities = line.split(":")
    agent, day, shift = head.split()
    when, zone = pd.Timestamp(f"2026-{day}"), of.settings.timezone
    start_min = of.table("shifts").set_index("shift")["start"][shift]
    for at, activity in enumerate(activities.split()):
        if activity != ".":
            yield agent, at_clock(when, start_min + 60 * at, zone), activity, when, shift


def plan(of: Desk, lines: str, turns: str = "") -> Plan:
    """A plan of which only roster and duty matter."""
    ended = Outcome(Termination.TIME, 0.0, 0.0, 0.0, 0.0, "none", 1)
    return Plan(roster(lines), duty(of, turns), ended, pd.DataFrame())


def judged(of: Desk, lines: str, turns: str = "") -> list[Finding]:
    """What the audit finds, a missing duty aside; every finding must be told in both languages."""
    found = [own for own in audit(of, plan(of, lines, turns)) if turns or own.code != "duty_absent"]
    for finding in found:
        assert is_told(finding), finding.code
    return found


def told(of: Desk, lines: str, turns: str = "") -> list[tuple[str, str, str, str]]:
    """What the audit finds, each as (code, severity, agent, date as MM-DD)."""
    found = judged(of, lines, turns)
    return [(own.code, own.severity, own.value, str(own.facts.get("date", ""))[5:]) for own in found]


def is_told(finding: Finding) -> bool:
    """Whether a finding has words and a cure in English and, different ones, in Chinese."""
    english, chinese = (finding.message("en"), finding.cure("en")), (finding.message("zh"), finding.cure("zh"))
    whole = all(words and "{" not in words and finding.code not in words for words in english + chinese)
    return whole and all(own != other for own, other in zip(english, chinese, strict=True))
