"""How agents are scored and paid."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desk.settings.base import Frozen
from desk.settings.scheme import Attribution, Exempt, Gate, Guards

NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
PaidMeasure = Literal["speed", "overload", "overtime", "conversion", "rating"]
RiskFactor = Literal["queue", "phase", "hour", "load", "weekday", "type", "source", "reason"]
ROUNDING = 1e-9


class IncentiveSettings(Frozen):
    """Settings of the room ``incentive``."""

    scheme: str = Field(default="", description="name of the scheme, as it stands on statements")
    budget: NotNegative = Field(default=0.0, description="currency for the period; 0 = scores without money")
    weights: dict[PaidMeasure, NotNegative] = Field(
        default={"speed": 0.25, "overload": 0.25, "overtime": 0.15, "conversion": 0.2, "rating": 0.15},
        description="measure -> share of the budget; what they leave below 1 stays unspent",
    )
    prices: dict[PaidMeasure, Positive] = Field(
        default={}, description="measure -> currency per unit; a part with a price is paid by the piece, at most whole"
    )
    quotas: dict[PaidMeasure, NotNegative] = Field(
        default={}, description="measure -> units of an agent in the period that are not paid"
    )
    caps: dict[PaidMeasure, Positive] = Field(default={}, description="measure -> currency for an agent at most")
    cap_agent: Positive | None = Field(default=None, description="currency for an agent in all at most; none = no cap")
    guarantee: NotNegative = Field(
        default=0.0, description="currency that every agent gets first, from the budget; 0 = no guarantee"
    )
    guarantee_contacts: Positive = Field(
        default=1.0, description="contacts handled from which on the guarantee is whole; below in proportion"
    )
    gates: list[Gate] = Field(default=[], description="ramps that lower a claim where another measure is low")
    queue_weights: dict[str, NotNegative] = Field(
        default={}, description="queue -> how much its contacts count in claims; a queue left out counts 1"
    )
    claim_max: Annotated[float, Field(ge=1)] = Field(
        default=10.0, description="good results of an average contact that one contact may count for at most"
    )
    satisfied_from: Annotated[int, Field(ge=2, le=5)] = Field(
        default=4, description="rating; from here on a customer counts as satisfied (top two boxes of five)"
    )
    reply_limits_s: list[Positive] = Field(
        default=[30.0, 60.0, 180.0, 300.0], description="s; shares of first replies within these are shown"
    )
    recontact_h: Positive = Field(default=24.0, description="h within which the same customer came again")
    hours: dict[str, str] = Field(
        default={}, description="measure -> HH:MM-HH:MM, the time of day in which its contacts count"
    )
    exempt: list[Exempt] = Field(default=[], description="windows whose contacts don't count for some measures")
    attribution: Attribution = Attribution()
    guards: Guards = Guards()
    risk_factors: list[RiskFactor] = Field(
        default=["queue", "phase", "load", "hour"],
        description="what an agent can't choose and is compared within, coarse to fine; type, source and reason only "
        "where the customer or the system states them",
    )
    load_levels: Annotated[int, Field(ge=1, le=20)] = Field(
        default=5, description="levels of load per queue, equal in contacts; fifths keep enough contacts in each"
    )
    prior_contacts: Positive = Field(
        default=20.0, description="contacts that the coarser cell counts for in a finer one; a day's contacts or so"
    )
    folds: Annotated[int, Field(ge=2, le=100)] = Field(
        default=10, description="parts of the agents, each compared with the others; fewer agents: each alone"
    )
    rounds: Annotated[int, Field(ge=1, le=50)] = Field(
        default=4, description="passes in which the skill of the others is taken off what is expected; 1 = not"
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
        if self.budget > 0 and total == 0 and self.guarantee == 0:
            raise PydanticCustomError("budget_without_weights", "there is a budget but no weight above 0")
        if len(set(self.risk_factors)) < len(self.risk_factors):
            raise PydanticCustomError("factor_twice", "a risk factor stands twice")
        return self

    @model_validator(mode="after")
    def _money(self) -> Self:
        for key, named in (("prices", self.prices), ("quotas", self.quotas), ("caps", self.caps)):
            for measure in named:
                if self.weights.get(measure, 0.0) == 0:
                    facts = {"key": key, "measure": measure}
                    raise PydanticCustomError("unpaid_measure", "{key} names {measure}, which has no weight", facts)
        if self.cap_agent is not None and self.cap_agent < self.guarantee:
            raise PydanticCustomError("cap_below_guarantee", "cap_agent is below guarantee")
        if self.overtime_max_h_month < self.overtime_max_h_day:
            raise PydanticCustomError("overtime_caps_crossed", "overtime_max_h_month is below overtime_max_h_day")
        return self

    @model_validator(mode="after")
    def _gates(self) -> Self:
        seen = set()
        for gate in self.gates:
            if self.weights.get(gate.measure, 0.0) == 0:
                facts = {"key": "gates", "measure": gate.measure}
                raise PydanticCustomError("unpaid_measure", "{key} names {measure}, which has no weight", facts)
            if (gate.measure, gate.by) in seen:
                raise PydanticCustomError("gate_twice", "{measure} is gated twice by {by}",
                                          {"measure": gate.measure, "by": gate.by})  # fmt: skip
            seen.add((gate.measure, gate.by))
        return self
