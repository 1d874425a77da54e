"""How agents are scored and paid."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desk.settings.base import Frozen

NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
PaidMeasure = Literal["speed", "overload", "overtime", "conversion", "rating"]
RiskFactor = Literal["queue", "phase", "hour", "load", "weekday", "reason"]
ROUNDING = 1e-9


class IncentiveSettings(Frozen):
    """Settings of the room ``incentive``."""

    budget: NotNegative = Field(default=0.0, description="currency for the period; 0 = scores without money")
    weights: dict[PaidMeasure, NotNegative] = Field(
        default={"speed": 0.25, "overload": 0.25, "overtime": 0.15, "conversion": 0.2, "rating": 0.15},
        description="measure -> share of the budget; what they leave below 1 stays unspent",
    )
    satisfied_from: Annotated[int, Field(ge=2, le=5)] = Field(
        default=4, description="rating; from here on a customer counts as satisfied (top two boxes of five)"
    )
    risk_factors: list[RiskFactor] = Field(
        default=["queue", "phase", "load", "hour"],
        description="what an agent can't choose and is compared within, coarse to fine; reason only where the "
        "customer states it",
    )
    load_levels: Annotated[int, Field(ge=1, le=20)] = Field(
        default=5, description="levels of load per queue, equal in contacts; fifths keep enough contacts in each"
    )
    prior_contacts: Positive = Field(
        default=20.0, description="contacts that the coarser cell counts for in a finer one; a day's contacts or so"
    )
    rounds: Annotated[int, Field(ge=1, le=50)] = Field(
        default=10, description="passes in which the skill of the others is taken off what is expected; 1 = not"
    )
    interval: Annotated[float, Field(gt=0, lt=1)] = Field(default=0.9, description="share that an interval covers")
    overload_cap: Positive = Field(
        default=0.5, description="share of the quota; over-volume beyond it is not rewarded, for the agent's sake"
    )
    overtime_max_h_day: NotNegative = Field(default=3.0, description="h a day that count (PRC labour law: 3)")
    overtime_max_h_month: NotNegative = Field(default=36.0, description="h a month that count (PRC labour law: 36)")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        total = sum(self.weights.values())
        if total > 1 + ROUNDING:
            raise PydanticCustomError("weights_above_one", "weights add up to {total}, above 1", {"total": total})
        if self.budget > 0 and total == 0:
            raise PydanticCustomError("budget_without_weights", "there is a budget but no weight above 0")
        if len(set(self.risk_factors)) < len(self.risk_factors):
            raise PydanticCustomError("factor_twice", "a risk factor stands twice")
        return self
