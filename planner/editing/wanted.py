"""What somebody wants of a day or of some hours, and a plan as it stands while they want it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from store import Edit

OFF = "OFF"
ON_BREAK = "break"
Cell = tuple[str, pd.Timestamp]
"""Agent, and the zone-aware start of an interval."""


@dataclass(frozen=True, slots=True)
class DayShift:
    """``agent`` is to work ``shift`` (OFF: none) on ``date``, a naive midnight."""

    agent: str
    date: pd.Timestamp
    shift: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """``agent`` is to do ``activity`` (None: nothing) from ``start`` until before ``end``, both zone-aware, inside a
    shift."""

    agent: str
    start: pd.Timestamp
    end: pd.Timestamp
    activity: str | None


Wanted = DayShift | Stretch


@dataclass(frozen=True)
class Standing:
    """A plan's tables ``roster`` and ``duty`` as they stand, and how often each cell was edited."""

    roster: pd.DataFrame
    duty: pd.DataFrame
    versions: Mapping[Cell, int] = field(default_factory=dict)

    def of(self, agent: str) -> "Standing":
        """One person's rows."""
        roster, duty = self.roster[self.roster["agent"] == agent], self.duty[self.duty["agent"] == agent]
        return Standing(roster, duty, self.versions)

    def day(self, agent: str, date: Any) -> pd.DataFrame:
        """The rows of duty of one person's shift."""
        own: pd.DataFrame = self.duty[(self.duty["agent"] == agent) & (self.duty["date"] == date)]
        return own

    def shift(self, agent: str, date: Any) -> str:
        """The code of one person's shift of a day; OFF where there is none."""
        own = self.roster[(self.roster["agent"] == agent) & (self.roster["date"] == date)]
        return str(own["shift"].iloc[0]) if len(own) else OFF


def versions_seen(edits: Iterable[Edit], newest: int) -> dict[Cell, int]:
    """How often each cell had been edited by entry ``newest`` of the journal, for who has seen it no further."""
    return {(edit.agent, pd.Timestamp(edit.start)): edit.version for edit in edits if edit.id <= newest}
