"""A queue: what it must achieve and what an inquiry costs it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desk.settings.base import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Ratios = Annotated[list[Annotated[float, Field(gt=0, le=20)]], Field(min_length=24, max_length=24)]
Absences = Annotated[list[Annotated[float, Field(ge=0, le=0.9)]], Field(min_length=24, max_length=24)]
SHARES_ROUNDING = 1e-6


class Target(Frozen):
    """Share of the inquiries offered that are to be served within a time."""

    share: Share = Field(description="share of the offered inquiries")
    within_s: Annotated[float, Field(ge=0)] = Field(description="s")


USUAL = Target(share=0.8, within_s=60.0)


class Patience(Frozen):
    """A stated pair: after waiting ``wait_s`` a share ``share_lost`` of the customers has left."""

    wait_s: Positive = Field(description="s")
    share_lost: Annotated[float, Field(gt=0, lt=1)] = Field(description="share")


class PatienceCurve(Frozen):
    """A survival curve: after waiting ``wait_s[i]`` the share ``share_lost[i]`` of the customers has left.

    Between the points customers leave at a constant rate, beyond the last as between the last two.
    """

    wait_s: Annotated[list[Positive], Field(min_length=1, max_length=60)] = Field(description="s, rising")
    share_lost: Annotated[list[Annotated[float, Field(ge=0, lt=1)]], Field(min_length=1, max_length=60)] = Field(
        description="shares, rising; the last above the one before"
    )

    @model_validator(mode="after")
    def _rising(self) -> Self:
        waits, shares = [0.0, *self.wait_s], [0.0, *self.share_lost]
        fits = len(waits) == len(shares) and shares[-1] > shares[-2]
        if not fits or any(a >= b for a, b in pairwise(waits)) or any(a > b for a, b in pairwise(shares)):
            raise PydanticCustomError("patience_curve_bent", "wait_s and share_lost must rise, pair by pair")
        return self


class Opening(Frozen):
    """How the arrivals of an opening (the interval in which a phase of a promotion begins) are spread over it."""

    shares: Annotated[list[Annotated[float, Field(ge=0)]], Field(min_length=2, max_length=60)] = Field(
        description="parts of the interval's arrivals, one for each of as many equal parts of it"
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(sum(self.shares) - 1.0) > SHARES_ROUNDING:
            raise PydanticCustomError("shares_not_one", "shares add up to {total}", {"total": sum(self.shares)})
        return self


class Outcomes(Frozen):
    """What comes of a contact in a simulation; assumptions to be replaced by the desk's own log."""

    reply_s: Positive = Field(default=8.0, description="s; mean from taking a contact to the first reply")
    conversion: Share = Field(default=0.2, description="share of the contacts served at once that become an order")
    conversion_loss_per_min: Share = Field(default=0.09, description="share of the orders lost per minute waited")
    rated_share: Share = Field(default=0.3, description="share of the served who rate")
    rating: Annotated[float, Field(ge=1, le=5)] = Field(default=4.5, description="mean rating without a wait")
    rating_loss_per_min: Annotated[float, Field(ge=0)] = Field(default=0.1, description="rating points per min waited")
    spread: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.15, description="spread between agents: log of reply time and conversion, points of rating"
    )


class Queue(Frozen):
    """One queue.

    ``aht_s[k-1]`` is the handle time of a contact while its agent holds k chats in parallel; its length is the
    number of parallel chats an agent may hold.
    """

    kind: Literal["live", "deferrable"] = "live"
    target: Target = Field(default=USUAL, description="of a deferrable queue by default: within deadline_h")
    aht_s: Annotated[list[Annotated[float, Field(gt=0, le=86_400)]], Field(min_length=1, max_length=20)]
    patience_s: Positive | None = Field(default=None, description="s; mean patience, exponential")
    patience: Patience | None = None
    patience_curve: PatienceCurve | None = None
    silent_share: Share = Field(default=0.0, description="share of the leaving who say nothing; 0 = all are seen to go")
    silent_s: Positive = Field(default=60.0, description="s; an agent's time for a contact whose customer has left")
    opening: Opening | None = None
    aht_cv: Annotated[float, Field(ge=0, le=5)] | None = Field(
        default=None, description="standard deviation / mean of handle times, then lognormal; none = exponential"
    )
    aht_by_hour: Ratios | None = Field(
        default=None, description="handle time in each hour of the day relative to aht_s, 0:00 first; none = all alike"
    )
    shrinkage_by_hour: Absences | None = Field(
        default=None,
        description="share of the agents on duty who take nothing, breaks apart, in each hour of the day",
    )
    pause_s: Positive = Field(default=600.0, description="s; mean length of the pauses of shrinkage_by_hour")
    redial_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.0, description="share of those who left who come again; 0 = nobody"
    )
    redial_after_s: Positive = Field(default=600.0, description="s; mean time until they do")
    overflow_to: str | None = Field(default=None, description="queue whose people help out; none = nobody does")
    overflow_after_s: Annotated[float, Field(ge=0)] = Field(default=120.0, description="s waited before they may")
    lost_value: Annotated[float, Field(ge=0)] = Field(default=0.0, description="currency per inquiry lost")
    late_value: Annotated[float, Field(ge=0)] = Field(default=0.0, description="currency per inquiry served late")
    deadline_h: Positive | None = Field(default=None, description="h; deferrable queues only")
    ageing_value: Annotated[float, Field(ge=0)] = Field(
        default=0.0, description="currency per inquiry and hour that it waits; deferrable queues only"
    )
    daily_quota: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="call-backs to be made a day, there from the opening on; none = arrivals are forecast"
    )
    priority: int = Field(default=1, description="1 is served first")
    hours: str | None = Field(default=None, description="daily opening, HH:MM-HH:MM; none = all day")
    outcomes: Outcomes = Outcomes()

    @model_validator(mode="before")
    @classmethod
    def _usual_target(cls, own: Any) -> Any:
        """What a target does not say is as usual: what may wait is in time within its deadline."""
        target = own.get("target") if isinstance(own, Mapping) else None
        if not isinstance(own, Mapping) or not isinstance(target, Mapping | None):
            return own
        within_s, deadline_h = USUAL.within_s, own.get("deadline_h")
        if own.get("kind") == "deferrable":
            if isinstance(deadline_h, bool) or not isinstance(deadline_h, int | float) or not deadline_h > 0:
                return own
            within_s = 3600.0 * deadline_h
        return {**own, "target": {"share": USUAL.share, "within_s": within_s, **(target or {})}}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if sum(one is not None for one in (self.patience_s, self.patience, self.patience_curve)) > 1:
            raise PydanticCustomError("patience_twice", "more than one of patience_s, patience, patience_curve is set")
        if self.kind == "deferrable" and self.deadline_h is None:
            raise PydanticCustomError("deadline_missing", "a deferrable queue needs deadline_h")
        if self.kind == "live" and self.deadline_h is not None:
            raise PydanticCustomError("deadline_on_live", "deadline_h belongs to deferrable queues")
        if self.kind == "live" and (self.ageing_value > 0 or self.daily_quota is not None):
            raise PydanticCustomError("deferrable_only", "ageing_value and daily_quota belong to deferrable queues")
        if self.kind == "deferrable" and (self.aht_by_hour or self.shrinkage_by_hour):
            raise PydanticCustomError("live_only", "aht_by_hour and shrinkage_by_hour belong to live queues")
        if self.kind == "deferrable" and self.lost_value > 0:
            raise PydanticCustomError("lost_on_deferrable", "lost_value belongs to live queues")
        if self.kind == "live" and self.late_value > self.lost_value:
            raise PydanticCustomError("late_dearer_than_lost", "late_value is above lost_value")
        return self
