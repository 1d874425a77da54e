"""Parts of an incentive scheme: gates, exempt windows, attribution of orders, guards against gaming."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desk.settings.base import Frozen

Share = Annotated[float, Field(ge=0, le=1)]
NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]


class Gate(Frozen):
    """The claim in ``measure`` is multiplied by a ramp on the adjusted ``by``: ``least`` at ``low``, 1 at ``high``."""

    measure: Literal["speed", "overload", "overtime", "conversion", "rating"]
    by: Literal["speed", "conversion", "rating"]
    low: Share
    high: Share
    least: Share = 0.0

    @model_validator(mode="after")
    def _a_ramp(self) -> Self:
        if self.low >= self.high:
            raise PydanticCustomError("gate_is_cliff", "low {low} is not below high {high}",
                                      {"low": self.low, "high": self.high})  # fmt: skip
        if self.measure == self.by:
            raise PydanticCustomError("gate_on_itself", "{measure} is gated by itself", {"measure": self.measure})
        return self


class Exempt(Frozen):
    """From ``start`` until before ``end`` (local unless with an offset) contacts don't count for ``measures``; without
    names for all shares and response times.
    """

    start: datetime
    end: datetime
    measures: list[str] = Field(default=[])
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.start.tzinfo is None) != (self.end.tzinfo is None):
            raise PydanticCustomError("exempt_half_zoned", "one of start and end has an offset")
        if self.start >= self.end:
            raise PydanticCustomError("exempt_reversed", "start is not before end")
        return self


class Attribution(Frozen):
    """Whose an order is."""

    agent: Literal["first", "last"] = Field(
        default="last", description="of several who served the customer, the first or the last before the event"
    )
    event: Literal["payment", "order"] = Field(default="payment", description="what counts as conversion")
    window_h: Positive = Field(default=24.0, description="h from the contact to the event")
    refund_days: NotNegative = Field(default=7.0, description="days; refunded within them is no conversion")
    one_a_day: bool = Field(default=True, description="one credit for a customer and day")


class Guards(Frozen):
    """What is taken for no honest contact, where the log has the columns to tell."""

    off: list[Literal["greeting", "hang_up", "transfer", "self_invited", "split", "repeat", "merged"]] = Field(
        default=[], description="guards that are not applied"
    )
    greeting_answers: Annotated[int, Field(ge=0)] = Field(
        default=1, description="messages; an agent who wrote no more to a customer who asked twice only greeted"
    )
    hang_up_s: Positive = Field(default=20.0, description="s after the reply; an agent who ends sooner hangs up")
    split_min: NotNegative = Field(
        default=10.0, description="min after the end; the same customer, agent and queue sooner is the same contact"
    )
    repeat_max: Annotated[int, Field(ge=1)] = Field(
        default=3, description="contacts of a customer with an agent on a day that count"
    )
    merged_h: Positive = Field(default=12.0, description="h; a contact open longer holds several")
    duration_limits_s: list[Positive] = Field(
        default=[], description="s; rules on duration that contacts could be ended just before"
    )
    bunch_s: Positive = Field(default=15.0, description="s before such a limit that are looked at")
