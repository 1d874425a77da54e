"""The published rostering instances as desks: their text read into the public tables, so that the product solves them.

Run ``python -m bench.roster_cases Instance1 60`` to solve one for at most so many seconds.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from desk import Desk
from desk.settings import Settings

FIRST = date(2026, 6, 8)
"""A Monday: the instances start on one."""
_ZONE = "UTC"
_QUEUE = "desk"


def cases_folder() -> Path:
    """Where the instances lie: ``$PEAKDESK_CASES``/rosters."""
    root = Path(__file__).resolve().parents[1]
    return Path(os.environ.get("PEAKDESK_CASES", root / "../shared/cases")) / "rosters"


def read_case(path: Path, **scheduler: object) -> Desk:
    """The desk of an instance; ``scheduler`` are settings of the optimiser."""
    sections = _sections(path.read_text(encoding="utf-8"))
    shifts = [line.split(",") for line in sections["SHIFTS"]]
    staff = [line.split(",") for line in sections["STAFF"]]
    days = int(sections["HORIZON"][0])
    successions = [[row[0], after] for row in shifts for after in row[2].split("|") if after]
    settings = {
        "name": path.stem,
        "timezone": _ZONE,
        "interval_min": 60,
        "horizon": {"start": FIRST, "end": FIRST + timedelta(days=days)},
        "queues": {_QUEUE: {"aht_s": [60.0]}},
        "contracts": {row[0]: _contract(row, successions) for row in staff},
        "scheduler": scheduler,
    }
    tables = {
        "agents": _agents(staff),
        "skills": pd.DataFrame({"agent": [row[0] for row in staff], "queue": _QUEUE, "proficiency": 1.0, "home": True}),
        "shifts": _shifts(shifts),
        "leave": _leave(sections["DAYS_OFF"]),
        "requests": _requests(sections),
        "cover": _cover(sections["COVER"]),
    }
    return Desk(Settings.model_validate(settings), {name: frame for name, frame in tables.items() if len(frame)})


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (own.strip() for own in text.splitlines()):
        if line.startswith("SECTION_"):
            current = found.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return found


def _contract(row: list[str], successions: list[list[str]]) -> dict[str, object]:
    most = [pair.split("=") for pair in row[1].split("|")]
    return {
        "max_shifts": {code: int(times) for code, times in most},
        "max_paid_h_horizon": int(row[2]) / 60,
        "min_paid_h_horizon": int(row[3]) / 60,
        "max_consecutive_days": int(row[4]),
        "min_consecutive_days": int(row[5]),
        "min_consecutive_days_off": int(row[6]),
        "max_weekends": int(row[7]),
        "forbidden_successions": successions,
        "normal_h_day": 24.0,
    }


def _agents(staff: list[list[str]]) -> pd.DataFrame:
    codes = [row[0] for row in staff]
    frame = pd.DataFrame({"agent": codes, "name": codes, "team": "all", "contract": codes, "cost_per_h": 0.0})
    return frame.assign(**{"from": pd.NaT, "to": pd.NaT, "email": pd.NA})


def _shifts(shifts: list[list[str]]) -> pd.DataFrame:
    """Shifts of the instance's length; the instances give no clock, so all start at midnight and none overlap."""
    rows = [(row[0], 0.0, float(row[1]), int(row[1]) / 60) for row in shifts]
    frame = pd.DataFrame(rows, columns=["shift", "start", "end", "paid_h"])
    return frame.assign(break_min=0.0, break_from=float("nan"), break_to=float("nan"), contracts=None, kind="regular")


def _leave(lines: list[str]) -> pd.DataFrame:
    rows = [(line.split(",")[0], day) for line in lines for day in line.split(",")[1:]]
    return pd.DataFrame([(agent, _date(day), "day off") for agent, day in rows], columns=["agent", "date", "kind"])


def _requests(sections: dict[str, list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [*_wishes(sections["SHIFT_ON_REQUESTS"], "on"), *_wishes(sections["SHIFT_OFF_REQUESTS"], "off")],
        columns=["agent", "date", "wish", "shift", "weight"],
    )


def _wishes(lines: list[str], wish: str) -> Iterator[tuple[str, pd.Timestamp, str, str, float]]:
    for line in lines:
        agent, day, shift, weight = line.split(",")
        yield agent, _date(day), wish, shift, float(weight)


def _cover(lines: list[str]) -> pd.DataFrame:
    rows = [line.split(",") for line in lines]
    frame = pd.DataFrame(
        [(_date(row[0]), row[1], *(float(cell) for cell in row[2:])) for row in rows],
        columns=["date", "shift", "required", "under_cost", "over_cost"],
    )
    return frame.assign(start=pd.Series(pd.NaT, index=frame.index, dtype=f"datetime64[us, {_ZONE}]"), queue=pd.NA)


def _date(day: str) -> pd.Timestamp:
    return pd.Timestamp(FIRST + timedelta(days=int(day)))


def main() -> None:
    """Solve one instance and print the outcome."""
    from scheduler import make_roster

    desk = read_case(cases_folder() / f"{sys.argv[1]}.txt", time_limit_s=float(sys.argv[2]), gap=0.0)
    plan = make_roster(desk)
    print(plan.outcome)
    print(plan.costs.to_string(index=False))
    print([finding.line() for finding in plan.findings if finding.severity == "error"])


if __name__ == "__main__":
    main()
