"""The published rostering instances as desks: their text read into the public tables, so that the product solves them.

``python -m bench.roster_cases`` solves all that are there, ten minutes each, and prints a table;
``python -m bench.roster_cases Instance1 Instance5 threads=1 seed=2 60`` some of them for at most so many seconds each.
``python -m bench.roster_cases write DIR Instance1`` writes some as desks into DIR: ``peakdesk plan DIR/Instance1``.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from desk import Desk, write_folder
from desk.settings import Settings

FIRST = date(2026, 6, 8)
"""A Monday: the instances start on one."""
PUBLISHED = {
    "Instance1": (607, 607, 607),
    "Instance2": (828, 828, 828),
    "Instance3": (1001, 1001, 1001),
    "Instance5": (1143, 1143, 1143),
    "Instance8": (1300, 8995, 1341),
    "Instance10": (4631, 4631, 4631),
    "Instance12": (4040, 4045, 4044),
    "Instance14": (1278, 1482, 1295),
}
"""Best known cost; Gurobi's after 10 minutes; the best heuristic's after 10 minutes. Sources: schedulingbenchmarks.org;
Turhan and Bilgen 2020."""
THREADS = 2
HEAD = """| instance | people × days, shifts | best known | Gurobi 10 min | heuristic 10 min | ours | above it | bound \
| ended | hard breaches | s | CPU s |
| --- | --- | --: | --: | --: | --: | --: | --: | --- | --: | --: | --: |"""
_ZONE = "UTC"
_QUEUE = "desk"


def cases_folder() -> Path:
    """Where the instances lie: ``$PEAKDESK_CASES``/rosters."""
    root = Path(__file__).resolve().parents[1]
    return Path(os.environ.get("PEAKDESK_CASES", root / "../shared/cases")) / "rosters"


def read_case(path: Path, **scheduler: object) -> Desk:
    """The desk of an instance; ``scheduler`` are settings of the optimiser."""
    sections = read_sections(path.read_text(encoding="utf-8"))
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


def read_sections(text: str) -> dict[str, list[str]]:
    """The lines of each section of an instance."""
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
    none: list[tuple[str, ...]] = [()] * len(frame)
    return frame.assign(break_min=0.0, break_from=float("nan"), break_to=float("nan"), contracts=none, kind="regular")


def _leave(lines: list[str]) -> pd.DataFrame:
    rows = [(line.split(",")[0], day) for line in lines for day in line.split(",")[1:]]
    return pd.DataFrame([(agent, _date(day), "day off") for agent, day in rows], columns=["agent", "date", "kind"])


def _requests(sections: dict[str, list[str]]) -> pd.DataFrame:
    """One row a wish; the weights of one stated twice add up."""
    key = ["agent", "date", "wish", "shift"]
    told = [*_wishes(sections["SHIFT_ON_REQUESTS"], "on"), *_wishes(sections["SHIFT_OFF_REQUESTS"], "off")]
    return pd.DataFrame(told, columns=[*key, "weight"]).groupby(key, as_index=False, sort=False).sum()


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
    """Solve instances and print one row each, or write them as desks."""
    seconds = float(sys.argv[-1]) if sys.argv[-1][:1].isdigit() else 600.0
    names = [word for word in sys.argv[1:] if word.startswith("Instance")]
    found = sorted(cases_folder().glob("Instance*.txt"), key=lambda path: int(re.sub(r"\D", "", path.stem)))
    options = {own: int(value) for own, value in (word.split("=") for word in sys.argv[1:] if "=" in word)}
    chosen = [path for path in found if not names or path.stem in names]
    if sys.argv[1:2] == ["write"]:
        for path in chosen:
            write_folder(read_case(path), Path(sys.argv[2]) / path.stem)
        return
    print(HEAD)
    for path in chosen:
        print(row(path, seconds, **options), flush=True)


def row(path: Path, seconds: float, threads: int = THREADS, seed: int = 1) -> str:
    """One instance, solved as any desk is, as a row of the table."""
    from scheduler import audit, make_roster

    desk = read_case(path, time_limit_s=seconds, gap=0.0, threads=threads, seed=seed)
    began_s = time.process_time()
    plan = make_roster(desk)
    cpu_s, ended = time.process_time() - began_s, plan.outcome
    hard = sum(finding.severity == "error" for finding in audit(desk, plan))
    size = f"{len(desk.table('agents'))} × {len(desk.dates)}, {len(desk.table('shifts'))}"
    known, gurobi, heuristic = PUBLISHED.get(path.stem, (None, None, None))
    above = "" if known is None else f"{100 * (ended.objective / known - 1):.2f} %"
    cells = [path.stem.removeprefix("Instance"), size, known, gurobi, heuristic, f"{ended.objective:g}", above]
    cells += [f"{ended.bound:g}", ended.termination, hard, f"{ended.seconds:.0f}", f"{cpu_s:.0f}"]
    return "| " + " | ".join("" if cell is None else str(cell) for cell in cells) + " |"


if __name__ == "__main__":
    main()
