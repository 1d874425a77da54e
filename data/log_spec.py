"""The parameters of the contact log of one past promotion."""

from datetime import date
from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Reply(Frozen):
    """How fast an agent writes the first meaningful reply once a contact is assigned."""

    median_s: Positive = Field(description="s, an average agent with one chat")
    per_chat: NotNegative = Field(description="share added by every further chat held")
    sd: NotNegative = Field(description="log, per contact")
    template_share: Share = Field(description="share of contacts opened by a template or greeting")
    template_s: Positive = Field(description="s, a template's delay")


class Sale(Frozen):
    """When an inquiry ends in an order: log-odds."""

    queues: list[str] = Field(description="queues whose inquiries may end in an order")
    base: float = Field(description="log-odds, no wait, one chat, average agent")
    wait: NotNegative = Field(description="log-odds lost per unit of log(1 + wait / 30 s)")
    per_chat: NotNegative = Field(description="log-odds lost per further chat held")
    value_median: Positive = Field(description="currency")
    value_sd: NotNegative = Field(description="log")
    refund_share: Share = Field(description="share of the orders refunded later")


class Rating(Frozen):
    """What rating a served customer leaves: ordered logit."""

    response_share: Share = Field(description="share of the served who rate")
    wait: NotNegative = Field(description="log-odds lost per unit of log(1 + wait / 30 s)")
    cuts: Annotated[list[float], Field(min_length=4, max_length=4)] = Field(
        description="log-odds of rating above 1, 2, 3, 4"
    )


class Log(Frozen):
    """A contact log over whole days."""

    first: date
    after_last: date
    silent_share: Share = Field(description="share of the leavers who say nothing and are still assigned")
    silent_s: Positive = Field(description="s an agent spends on a customer who has left silently")
    work_sd: NotNegative = Field(description="log, handle time of a contact around its mean")
    repeat_share: Share = Field(description="share of contacts by a customer seen shortly before")
    repeat_reach: Annotated[int, Field(gt=0)] = Field(description="contacts back from which a repeat comes")
    shifts: dict[str, list[str]] = Field(description="contract -> shifts worked by turns")
    night_shift: str = Field(description="kept by the first agents, from the night before on")
    night_agents: Annotated[int, Field(ge=0)] = Field(description="agents on the night shift")
    rest_every: Annotated[int, Field(ge=0)] = Field(description="each n-th agent is off the first day; 0 = none")
    reasons: dict[str, dict[str, Share]] = Field(description="queue -> reason -> share, where orders give none")
    reply: Reply
    sale: Sale
    rating: Rating
