"""A desk of six people, seven days and two queues: small enough to plan in seconds, rich enough to need every room."""

from math import pi, sin
from pathlib import Path

import pandas as pd

WEEKS = 8
SETTINGS = """
name = "Tiny"
timezone = "Asia/Shanghai"
interval_min = 60
currency = "CNY"
language = "en"

[horizon]
start = 2026-03-02
end = 2026-03-09

[queues.presale]
target = { share = 0.8, within_s = 60.0 }
aht_s = [420.0, 520.0]
patience_s = 180.0
lost_value = 25.0
late_value = 2.0
hours = "09:00-21:00"

[queues.aftersale]
target = { share = 0.8, within_s = 120.0 }
aht_s = [600.0]
patience_s = 400.0
lost_value = 20.0
late_value = 0.5
hours = "09:00-21:00"

[contracts.full]
max_paid_h_week = 40
min_rest_h = 11
max_consecutive_days = 6

[rules]
min_block_min = 60

[forecast]
paths = 100

[scheduler]
time_limit_s = 20.0
gap = 0.25

[incentive]
budget = 1000.0
"""
AGENTS = """agent,name,team,contract,cost_per_h
a1,Ann,red,full,50
a2,Bo,red,full,50
a3,Cai,red,full,55
a4,Dan,blue,full,50
a5,Eva,blue,full,50
a6,Fei,blue,full,60
"""
SKILLS = """agent,queue,proficiency,home
a1,presale,1.0,1
a2,presale,1.0,1
a3,presale,0.9,1
a3,aftersale,0.8,0
a4,aftersale,1.0,1
a5,aftersale,1.0,1
a6,aftersale,1.1,1
a6,presale,0.9,0
"""
SHIFTS = """shift,start,end,paid_h,break_min,break_from,break_to
E,09:00,16:00,6,60,11:00,14:00
M,11:00,19:00,7,60,14:00,17:00
L,14:00,21:00,6,60,16:00,19:00
"""
LEAVE = """agent,date,kind
a2,2026-03-04,annual
"""


def write_tiny(folder: Path, settings: str = SETTINGS) -> Path:
    """Write the desk to ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "desk.toml": settings,
        "agents.csv": AGENTS,
        "skills.csv": SKILLS,
        "shifts.csv": SHIFTS,
        "leave.csv": LEAVE,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    history().to_csv(folder / "history.csv", index=False)
    return folder


def history() -> pd.DataFrame:
    """Hours of eight weeks: a hump over the day, busier from Friday, a slow drift; no randomness."""
    starts = pd.date_range("2026-01-05", periods=24 * 7 * WEEKS, freq="h")
    rows = [
        (start, queue, *_offered(start, base)) for start in starts for queue, base in (("presale", 9), ("aftersale", 5))
    ]
    return pd.DataFrame(rows, columns=["start", "queue", "offered", "open"])


def _offered(start: pd.Timestamp, base: float) -> tuple[int | str, int]:
    if not 9 <= start.hour < 21:
        return "", 0
    week = 1.25 if start.weekday() > 3 else 1.0
    wobble = (start.day_of_year * 7 + start.hour * 3) % 5 - 2
    return round(base * week * (0.6 + sin((start.hour - 9) / 12 * pi)) + wobble), 1
