"""A desk of fixed headcounts: four people, a week, two shifts; nothing else."""

from collections.abc import Mapping
from pathlib import Path

SETTINGS = """
name = "Ward"
timezone = "Europe/Berlin"
interval_min = 60
currency = "EUR"
language = "en"

[horizon]
start = 2026-03-02
end = 2026-03-09

[queues.ward]
aht_s = [60.0]

[contracts.full]
max_paid_h_horizon = 40
max_consecutive_days = 5
forbidden_successions = [["L", "E"]]

[scheduler]
time_limit_s = 10.0
gap = 0.0
"""
AGENTS = "agent,name,team,contract,cost_per_h\n" + "".join(f"a{n},P{n},red,full,20\n" for n in range(1, 5))
SHIFTS = "shift,start,end,paid_h\nE,06:00,14:00,8\nL,14:00,22:00,8\n"
COVER = "date,shift,required,under_cost,over_cost\n" + "".join(
    f"2026-03-{day:02d},{shift},{2 if day != 8 else 1},300,20\n" for day in range(2, 9) for shift in "EL"
)


def write_heads(folder: Path, tables: Mapping[str, str] | None = None, settings: str = "") -> Path:
    """Write the desk, with other ``tables`` in place of or beside its own and more ``settings``; the folder."""
    folder.mkdir()
    own = {"agents": AGENTS, "shifts": SHIFTS, "cover": COVER} | dict(tables or {})
    (folder / "desk.toml").write_text(SETTINGS + settings, encoding="utf-8")
    for name, text in own.items():
        if text:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
