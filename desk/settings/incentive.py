"""How agents are scored and paid."""

from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen

NotNegative = Annotated[float, Field(ge=0)]


class IncentiveSettings(Frozen):
    """Settings of the room ``incentive``."""

    budget: NotNegative = Field(default=0.0, description="currency for the period")
    weights: dict[str, NotNegative] = Field(
        default={"speed": 0.25, "overload": 0.25, "overtime": 0.15, "conversion": 0.2, "rating": 0.15},
        description="measure -> share of the budget",
    )
