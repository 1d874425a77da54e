"""The parameters of the people of a synthetic desk."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Range = Annotated[list[Positive], Field(min_length=2, max_length=2)]


class Team(Frozen):
    """A team and the queue its members are hired for."""

    team: str
    home: str = Field(description="home queue")
    size: Annotated[int, Field(gt=0)] = Field(description="agents")


class Employment(Frozen):
    """People of one contract of desk.toml."""

    share: Share = Field(description="share of each team")
    cost_per_h: Positive = Field(description="median, currency per paid hour")
    work_days: Annotated[int, Field(ge=1, le=6)] = Field(description="days worked in the week before the horizon")
    shifts: list[str] = Field(description="shifts worked in the week before the horizon")
    joins: dt.date | None = Field(default=None, description="first day; none = always there")


class Night(Frozen):
    """Who kept the night in the week before the horizon."""

    shift: str
    agents: Annotated[int, Field(ge=0)] = Field(description="per night")


class Pinned(Frozen):
    """One shift fixed by hand for the first two of each team, its lead and deputy."""

    date: dt.date
    shift: str
    agents: Annotated[int, Field(ge=0)] = Field(description="at most so many")


class People(Frozen):
    """The whole staff."""

    cost_per_h_noise: Annotated[float, Field(ge=0)] = Field(description="log sd of wages inside a contract")
    home_proficiency: Range = Field(description="least, most")
    cross_proficiency: Range = Field(description="least, most, of a flexible role")
    cross_share: Share = Field(description="share trained for a second queue")
    leave_share: Share = Field(description="share with leave inside the horizon")
    leave_days_max: Annotated[int, Field(ge=1)] = Field(description="days of leave a person")
    leave_blocked: list[dt.date] = Field(description="days on which nobody gets leave")
    request_share: Share = Field(description="share with a wish")
    request_weight: Range = Field(description="least, most, currency")
    email_domain: str
    teams: list[Team]
    contracts: dict[str, Employment]
    night: Night
    pinned: Pinned
