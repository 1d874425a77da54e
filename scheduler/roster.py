"""A finished roster as the checkers read it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.imported import days, names


@dataclass(frozen=True, slots=True)
class Stray:
    """A row of a roster that can't count: ``reason`` is unreadable (a blank, or no date), unknown_agent,
    unknown_shift, outside_horizon or second_shift."""

    agent: str
    day: int | None
    shift: str
    reason: str


@dataclass(frozen=True)
class Roster:
    """Who works what: agent -> day -> shift code, for the horizon's days; and the rows that don't count."""

    facts: Facts
    lines: Mapping[str, Mapping[int, str]]
    strays: tuple[Stray, ...] = ()

    def shifts(self, agent: Agent) -> dict[int, Shift]:
        """Day -> shift of one person, with the known days before the horizon, in the order of days."""
        known = self.facts.shifts
        past = {day: known[code] for day, code in agent.past.items() if code in known}
        planned = {day: known[code] for day, code in self.lines.get(agent.code, {}).items()}
        return dict(sorted((past | planned).items()))

    def frame(self) -> pd.DataFrame:
        """Table ``roster``, ordered by agent and date."""
        rows = [
            (agent, pd.Timestamp(self.facts.date(day)), code)
            for agent, line in self.lines.items()
            for day, code in sorted(line.items())
        ]
        frame = pd.DataFrame(rows, columns=["agent", "date", "shift"])
        return frame.astype({"agent": "str", "date": "datetime64[us]", "shift": "str"})


def read_roster(facts: Facts, frame: pd.DataFrame) -> Roster:
    """A roster from table ``roster``, ours or another's; what can't be read becomes a stray, a day off is no row."""
    lines: dict[str, dict[int, str]] = {}
    strays = []
    when = days(frame, "date", facts.first, facts.desk.settings.timezone)
    for agent, day, code in zip(names(frame, "agent"), when, names(frame, "shift"), strict=True):
        if agent is None or code is None or day is None:
            strays.append(Stray(agent or "", day, code or "", "unreadable"))
        elif code != OFF:
            reason = _stray(facts, lines, agent, day, code)
            if reason:
                strays.append(Stray(agent, day, code, reason))
            else:
                lines.setdefault(agent, {})[day] = code
    return Roster(facts, lines, tuple(strays))


def _stray(facts: Facts, lines: Mapping[str, Mapping[int, str]], agent: str, day: int, code: str) -> str:
    if agent not in facts.agents:
        return "unknown_agent"
    if code not in facts.shifts:
        return "unknown_shift"
    if not 0 <= day < facts.n_days:
        return "outside_horizon"
    return "second_shift" if day in lines.get(agent, {}) else ""
