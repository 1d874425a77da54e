"""How the forecast is made."""

from typing import Annotated, Literal

from pydantic import Field

from desk.settings.base import Frozen


class ExpectedLevel(Frozen):
    """What is expected of a queue that has no history."""

    queue: str
    a_day: Annotated[float, Field(gt=0)] = Field(description="inquiries on a usual day")
    spread: Annotated[float, Field(gt=0, le=1.5)] = Field(
        default=0.4, description="log sd; 0.4 = four times of five within a factor of 1.7"
    )
    like: list[str] = Field(default=[], description="queues whose hours and lifts are borrowed; none = all others")


class ExpectedLift(Frozen):
    """How a kind of phase that was never seen is expected to lift a queue, while it lasts."""

    phase: str
    lift: Annotated[float, Field(gt=0, le=100)] = Field(description="times the usual; 3-7 on days of big promotions")
    queue: str | None = Field(default=None, description="none = every queue")
    spread: Annotated[float, Field(gt=0, le=1.5)] = Field(
        default=0.4, description="log sd; 0.4 = four times of five within a factor of 1.7"
    )


class ForecastSettings(Frozen):
    """Settings of the room ``forecast``."""

    paths: Annotated[int, Field(ge=50, le=20_000)] = Field(default=500, description="sample paths")
    seed: Annotated[int, Field(ge=0)] = 1
    country: str | None = Field(
        default=None, description="ISO code of the public holidays; none = no calendar; absent = the timezone's country"
    )
    history_days: Annotated[int, Field(ge=28, le=3660)] = Field(
        default=1100, description="days of history learned from, counted back from its end; three years by default"
    )
    model: Literal["auto", "peakdesk", "mean4", "median6", "naive", "glm", "negbin"] = Field(
        default="auto",
        description="model of every queue; auto = ours, unless a simple one did better in the queue's past",
    )
    expected_levels: list[ExpectedLevel] = Field(default=[], description="queues without history")
    expected_lifts: list[ExpectedLift] = Field(default=[], description="kinds of phase that were never seen")
    drivers: dict[str, list[str]] | None = Field(
        default=None, description="queue -> driver columns that may enter; none = all that a back-test admits"
    )
