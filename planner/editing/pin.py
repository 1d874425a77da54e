"""The part of a roster that is to stay, as pins of its desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from desk import Desk
from planner.editing.wanted import OFF
from planner.rows import rows


@dataclass(frozen=True, slots=True)
class Keeping:
    """What of a roster is chosen: days (naive midnights), people and teams; any of the three is enough.

    Parameters
    ----------
    others : whether the rest is to stay instead of what is chosen.
    """

    days: tuple[pd.Timestamp, ...] = ()
    agents: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    others: bool = False

    @classmethod
    def read(cls, request: Mapping[str, Any]) -> "Keeping":
        """From a job's request."""
        days = tuple(pd.Timestamp(day) for day in request.get("days", ()))
        agents, teams = (tuple(map(str, request.get(name, ()))) for name in ("agents", "teams"))
        return cls(days, agents, teams, bool(request.get("others", False)))

    def request(self) -> dict[str, Any]:
        """For a job's request."""
        days = [f"{day:%Y-%m-%d}" for day in self.days]
        return {"days": days, "agents": list(self.agents), "teams": list(self.teams), "others": self.others}


def kept_days(desk: Desk, roster: pd.DataFrame, keeping: Keeping) -> pd.DataFrame:
    """Table ``pinned`` of what is to stay: everybody's chosen days, days off too, as far as ``desk`` still has the
    person employed, the day in its horizon, and the shift.
    """
    agents = desk.table("agents")
    everyone = agents[["agent", "team", "from", "to"]].merge(pd.DataFrame({"date": desk.dates}), how="cross")
    employed = ~(everyone["date"] < everyone["from"]) & ~(everyone["date"] >= everyone["to"])
    chosen = everyone["date"].isin(keeping.days) | everyone["agent"].isin(keeping.agents)
    chosen |= everyone["team"].isin(keeping.teams)
    own = everyone.loc[employed & (chosen ^ keeping.others), ["agent", "date"]]
    known = roster[roster["shift"].isin(desk.table("shifts")["shift"])]
    joined = own.merge(known[["agent", "date", "shift"]], on=["agent", "date"], how="left")
    return joined.assign(shift=joined["shift"].fillna(OFF)).sort_values(["agent", "date"], ignore_index=True)


def with_pins(desk: Desk, pins: pd.DataFrame) -> pd.DataFrame:
    """Table ``pinned`` of the desk with these; of a day that was pinned before the new pin counts."""
    before = desk.table("pinned")
    both = pd.concat([before, pins.astype(before.dtypes[["agent", "date", "shift"]].to_dict())], ignore_index=True)
    return both.drop_duplicates(["agent", "date"], keep="last").sort_values(["agent", "date"], ignore_index=True)


def without_pins(desk: Desk, released: Sequence[tuple[str, pd.Timestamp]]) -> pd.DataFrame:
    """Table ``pinned`` of the desk without those of some people's days."""
    before = desk.table("pinned")
    gone = set(released)
    kept: pd.DataFrame = before[[(row.agent, row.date) not in gone for row in rows(before)]]
    return kept.reset_index(drop=True)
