"""A generated desk of any size, with smooth convex curves, for measuring the optimiser."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pandas as pd

from desk import Curves, Desk
from desk.frames import empty_frame
from desk.settings import Settings

_ZONE = "Asia/Shanghai"
_FIRST = date(2026, 6, 8)
_SHIFTS = """E1,420,960,8,60,600,840
M1,480,1020,8,60,660,900
M2,540,1080,8,60,660,960
D1,600,1140,8,60,720,1020
D2,660,1200,8,60,780,1080
A1,780,1320,8,60,900,1200
A2,900,1440,8,60,1020,1320
L1,1020,1560,8,60,1140,1440
N1,1380,1920,8,60,1500,1800
P1,540,780,4,0,,
P2,1080,1440,6,0,,
P3,720,1080,6,0,,
O1,720,1440,11,60,960,1200"""
_FULL = {
    "min_paid_h_week": 32,
    "max_paid_h_week": 54,
    "min_rest_h": 11,
    "max_consecutive_days": 6,
    "min_consecutive_days_off": {"limit": 2, "price": 30.0},
    "max_shifts": {"N1": 4},
    "max_overtime_h_day": 3,
    "max_overtime_h_month": 36,
    "night_premium": 1.2,
}
_PART = {"min_paid_h_week": 16, "max_paid_h_week": 30, "min_rest_h": 11, "max_consecutive_days": 5}
SKILLS: tuple[dict[str, float], ...] = (
    {"presale": 1.0},
    {"aftersale": 1.0},
    {"presale": 1.0, "aftersale": 0.85},
    {"aftersale": 1.0, "presale": 0.8},
)


@dataclass(frozen=True)
class Kind:
    """What sets one kind of desk apart: who can do what (in turn), which shifts there are (all where None), rules of
    the full contract beyond the common ones, and the demand as a part of the common one."""

    skills: Sequence[Mapping[str, float]] = SKILLS
    shifts: Collection[str] | None = None
    full: Mapping[str, object] = field(default_factory=dict)
    demand: float = 1.0


PLAIN = Kind()


def made_desk(people: int, days: int, interval_min: int, seed: int = 1, kind: Kind = PLAIN) -> tuple[Desk, Curves]:
    """A two-queue desk of ``people`` x ``days`` and curves that keep it a little short of hands.

    Parameters
    ----------
    seed : of proficiencies, leave and wishes; the demand is smooth.
    """
    rng = np.random.default_rng(seed)
    settings = Settings.model_validate(_settings(days, interval_min, kind))
    desk = Desk(settings, _tables(rng, people, days, kind))
    return desk, Curves(_points(desk, people * kind.demand), empty_frame("work", _ZONE))


def _settings(days: int, interval_min: int, kind: Kind) -> dict[str, object]:
    queue = {"aht_s": [300.0]}
    return {
        "name": "bench",
        "timezone": _ZONE,
        "interval_min": interval_min,
        "horizon": {"start": _FIRST, "end": _FIRST + timedelta(days=days)},
        "queues": {"presale": queue, "aftersale": queue},
        "contracts": {"full": {**_FULL, **kind.full}, "part": _PART},
        "rules": {
            "min_block_min": 120,
            "switch_price": 3.0,
            "min_presence": {"presale": 1.0},
            "presence_price": 400.0,
            "fairness_price": 15.0,
            "unpopular": ["L1", "N1"],
        },
    }


def _tables(rng: np.random.Generator, people: int, days: int, kind: Kind) -> dict[str, pd.DataFrame]:
    codes = [f"A{number:04d}" for number in range(people)]
    dates = pd.date_range(pd.Timestamp(_FIRST), periods=days, freq="D", unit="us")
    agents = pd.DataFrame({"agent": codes, "name": codes, "team": "T"})
    agents["contract"] = np.where(rng.random(people) < 0.8, "full", "part")
    agents["cost_per_h"] = rng.choice([28.0, 32.0, 36.0], people)
    agents["from"] = agents["to"] = pd.NaT
    agents["email"] = pd.NA
    skills = [
        (code, queue, round(worth * speed, 2), place == 0)
        for number, code in enumerate(codes)
        for speed in [rng.choice([0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15])]
        for place, (queue, worth) in enumerate(kind.skills[number % len(kind.skills)].items())
    ]
    leave = [(code, day, "annual") for code in codes for day in dates[rng.random(days) < 0.03]]
    wishes = [
        (code, day, rng.choice(["on", "off"]), pd.NA, float(rng.integers(5, 40)))
        for code in codes
        for day in dates[rng.random(days) < 0.05]
    ]
    return {
        "agents": agents,
        "skills": pd.DataFrame(skills, columns=["agent", "queue", "proficiency", "home"]),
        "shifts": _shifts(kind),
        "leave": pd.DataFrame(leave, columns=["agent", "date", "kind"]),
        "requests": pd.DataFrame(wishes, columns=["agent", "date", "wish", "shift", "weight"]),
    }


def _shifts(kind: Kind) -> pd.DataFrame:
    names = ["shift", "start", "end", "paid_h", "break_min", "break_from", "break_to"]
    rows = [line.split(",") for line in _SHIFTS.split("\n")]
    rows = [row for row in rows if kind.shifts is None or row[0] in kind.shifts]
    frame = pd.DataFrame(
        [[row[0], *(float(cell) if cell else math.nan for cell in row[1:])] for row in rows], columns=names
    )
    frame["contracts"] = [("part",) if code.startswith("P") else ("full",) for code in frame["shift"]]
    frame["kind"] = "regular"
    return frame


def _points(desk: Desk, people: float) -> pd.DataFrame:
    starts = desk.starts
    hour = np.asarray(starts.hour + starts.minute / 60)
    day = np.asarray([(start.date() - _FIRST).days for start in starts])
    shape = 0.15 + 0.8 * np.exp(-(((hour - 13) / 3) ** 2)) + np.exp(-(((hour - 21) / 2) ** 2))
    surge = 1 + 0.8 * np.exp(-(((day - 9) / 1.5) ** 2))
    frames = []
    for queue, share, value in (("presale", 0.20, 60.0), ("aftersale", 0.16, 40.0)):
        load = np.maximum(0.3, people * share * shape * surge * (1 if queue == "presale" else 0.9))
        for start, mean in zip(starts, load, strict=True):
            frames.append(_curve(start, queue, mean, value * desk.settings.interval_min / 60))
    return pd.concat(frames, ignore_index=True)


def _curve(start: pd.Timestamp, queue: str, mean: float, value: float) -> pd.DataFrame:
    """Expected load above c for a normal load: (m - c) Phi(z) + s phi(z), z = (m - c) / s."""
    spread = 0.2 * mean + 0.6 * math.sqrt(mean)
    agents = np.unique(np.concatenate([[0.0], np.linspace(max(0.0, mean - 2.5 * spread), mean + 3 * spread, 16)]))
    normal = NormalDist()
    z = (mean - agents) / spread
    lost = (mean - agents) * np.array([normal.cdf(own) for own in z]) + spread * np.array(
        [normal.pdf(own) for own in z]
    )
    hull = np.maximum(lost - lost[-1], 0.0)
    return pd.DataFrame(
        {"start": start, "queue": queue, "agents": agents, "lost": hull, "late": 0.0, "cost": value * hull}
    )
