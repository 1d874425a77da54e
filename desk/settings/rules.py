"""The rules of the house: how duty is cut, how much load is allowed, what unfairness costs."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen

NotNegative = Annotated[float, Field(ge=0)]


class Rules(Frozen):
    """Duty and fairness rules that hold for everybody."""

    min_block_min: Annotated[int, Field(ge=0, le=720)] = Field(default=60, description="min in a role before a switch")
    min_block_price: NotNegative | None = Field(
        default=None, description="currency per minute that a block lacks; none = hard"
    )
    max_switches: Annotated[int, Field(ge=0, le=20)] = Field(default=2, description="role switches per shift")
    max_switches_price: NotNegative | None = Field(
        default=None, description="currency per switch beyond max_switches; none = hard"
    )
    break_window_price: NotNegative | None = Field(
        default=None, description="currency per minute that a break lies outside its window; none = hard"
    )
    switch_price: NotNegative = Field(default=2.0, description="currency per role switch")
    min_presence: dict[str, NotNegative] = Field(default={}, description="queue -> agents while it is open")
    presence_price: NotNegative = Field(default=500.0, description="currency per agent short and interval")
    attendance_price: NotNegative = Field(
        default=200.0, description="currency per person who works in an activity's window and does not attend"
    )
    overload_limit: Annotated[float, Field(gt=0)] = Field(default=1.3, description="offered load / capacity")
    occupancy_limit: Annotated[float, Field(gt=0, le=1)] = Field(default=0.85, description="sustained occupancy")
    overload_price: NotNegative = Field(
        default=0.0, description="currency per agent-hour missing to overload_limit; 0 = not priced, only reported"
    )
    occupancy_price: NotNegative = Field(
        default=0.0, description="currency per agent-hour missing to occupancy_limit; 0 = not priced, only reported"
    )
    absence_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.0, description="share of the shifts missed without notice; people on call absorb them"
    )
    call_price: NotNegative = Field(
        default=0.0, description="currency per call of somebody on call, besides the wage of the shift"
    )
    fairness_price: NotNegative = Field(default=0.0, description="currency per unpopular shift above the fair share")
    unpopular: list[str] = Field(default=[], description="shifts to be shared fairly")
    fairness_night_price: NotNegative = Field(default=0.0, description="currency per night above the fair share")
    fairness_weekend_price: NotNegative = Field(
        default=0.0, description="currency per Saturday or Sunday above the fair share"
    )
    fairness_memory_days: Annotated[int, Field(ge=0, le=366)] = Field(
        default=28, description="days of table worked that count towards the fair share"
    )
    on_duty: dict[str, NotNegative] = Field(default={}, description="certificate -> holders on shift while open")
    on_duty_price: NotNegative = Field(default=100.0, description="currency per holder short and interval")
    change_price: NotNegative = Field(default=0.0, description="currency per day that differs from table published")
    duty_change_price: NotNegative | None = Field(
        default=None,
        description="currency that new breaks or roles in a shift that stays must save; none = a tenth of change_price",
    )
    call_in_from: datetime | None = Field(
        default=None,
        description="local moment; sooner only those begin who were told: pinned or published",
    )

    @property
    def least_saved(self) -> float:
        """Currency that a change of breaks or roles must save, per person and day, where plans are made anew."""
        return 0.1 * self.change_price if self.duty_change_price is None else self.duty_change_price
