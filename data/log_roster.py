"""Who was on duty in the days of the contact log: shifts by turns, as a planner without tools does it."""

from collections.abc import Collection, Hashable, Mapping
from itertools import cycle
from typing import Any

import pandas as pd

from data.chat_floor import Worker
from data.log_spec import Log
from data.people import Staff

DAY_S = 86_400


def workers(log: Log, people: Staff, shifts: pd.DataFrame, queues: Collection[str]) -> list[Worker]:
    """Every agent with the spans worked and the speed in each of ``queues``.

    The first agents keep the night; each n-th has the first day off.
    """
    by_shift = {str(own["shift"]): own for own in shifts.to_dict("records")}
    turns: dict[str, Any] = {contract: cycle(own) for contract, own in log.shifts.items()}
    speeds = _speeds(people, queues)
    days = (log.after_last - log.first).days
    found = []
    for number, row in enumerate(people.agents.to_dict("records")):
        shift = log.night_shift if number < log.night_agents else next(turns[str(row["contract"])])
        first = 1 if log.rest_every and number % log.rest_every == log.night_agents else -1
        spans = [span for day in range(first, days) for span in spans_s(by_shift[shift], day, number)]
        found.append(Worker(str(row["agent"]), tuple(spans), speeds.get(str(row["agent"]), {}), str(row["home"])))
    return found


def spans_s(shift: Mapping[Hashable, str], day: int, turn: int) -> list[tuple[float, float]]:
    """On-duty spans in s since the log's first midnight; breaks are staggered over the window by ``turn``."""
    start, end = clock_min(shift["start"]), clock_min(shift["end"])
    base, length = day * DAY_S, int(shift["break_min"])
    if length == 0:
        return [(base + start * 60.0, base + end * 60.0)]
    opens, closes = clock_min(shift["break_from"]), clock_min(shift["break_to"])
    pause = opens + turn % ((closes - opens) // length) * length
    return [(base + start * 60.0, base + pause * 60.0), (base + (pause + length) * 60.0, base + end * 60.0)]


def clock_min(text: str) -> int:
    """Minutes after midnight of a shift's clock time such as ``02:00+1``."""
    clock, _, next_day = text.partition("+")
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute) + 1440 * int(next_day or 0)


def _speeds(people: Staff, queues: Collection[str]) -> dict[str, dict[str, float]]:
    """True speed by agent and queue: the known proficiency times what it doesn't tell."""
    home = people.skills[people.skills["home"] == 1].set_index("agent")["proficiency"]
    hidden = people.truth.set_index("agent")["speed"] / home
    found: dict[str, dict[str, float]] = {}
    for row in people.skills[people.skills["queue"].isin(queues)].to_dict("records"):
        found.setdefault(str(row["agent"]), {})[str(row["queue"])] = float(row["proficiency"] * hidden[row["agent"]])
    return found
