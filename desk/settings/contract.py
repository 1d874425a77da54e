"""A contract: the rules of one kind of employment, each hard or priced."""

from typing import Annotated

from pydantic import Field, model_validator

from desk.settings.base import Frozen

NotNegative = Annotated[float, Field(ge=0)]
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]


class Limit(Frozen):
    """A limit; hard where it has no price, else ``price`` is paid per unit beyond it.

    In desk.toml either a number (hard) or ``{limit = 5, price = 200.0}``.
    """

    limit: NotNegative
    price: NotNegative | None = Field(default=None, description="currency per unit beyond; none = hard")

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, value: object) -> object:
        return {"limit": float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else value


class Contract(Frozen):
    """One contract; a limit left out does not bind. Weeks begin as the desk's do."""

    shifts: list[str] | None = Field(default=None, description="shifts allowed; none = all")
    min_paid_h_day: Limit | None = Field(default=None, description="h, on a day worked")
    max_paid_h_day: Limit | None = Field(default=None, description="h")
    min_paid_h_week: Limit | None = Field(default=None, description="h per full week of the horizon")
    max_paid_h_week: Limit | None = Field(default=None, description="h per week")
    min_paid_h_horizon: Limit | None = Field(default=None, description="h")
    max_paid_h_horizon: Limit | None = Field(default=None, description="h")
    min_rest_h: Limit | None = Field(default=None, description="h between two shifts")
    forbidden_successions: list[Pair] = Field(
        default=[], description="[shift, shift that may not follow the day after]"
    )
    max_start_change_h: Limit | None = Field(
        default=None, description="h between the starts of shifts on two days in a row"
    )
    max_shifts: dict[str, Limit] = Field(default={}, description="shift -> times in the horizon")
    max_consecutive_days: Limit | None = Field(default=None, description="days worked in a row")
    min_consecutive_days: Limit | None = Field(default=None, description="days worked in a row")
    min_consecutive_days_off: Limit | None = Field(default=None, description="days off in a row")
    min_days_off_week: Limit | None = Field(default=None, description="days off per full week")
    max_weekends: Limit | None = Field(default=None, description="weekends with a Saturday or Sunday worked")
    max_overtime_h_day: Limit | None = Field(default=None, description="h")
    max_overtime_h_month: Limit | None = Field(default=None, description="h per calendar month")
    normal_h_day: NotNegative = Field(default=8.0, description="h; paid hours beyond are overtime")
    overtime_premium: Annotated[float, Field(ge=1)] = Field(default=1.5, description="wage factor (PRC: 1.5)")
    night_premium: Annotated[float, Field(ge=1)] = Field(default=1.0, description="wage factor 22:00-06:00")
    leave_credit_h: NotNegative = Field(
        default=0.0, description="h that a day of leave counts towards the minimum hours; 0 = leave earns none"
    )
    min_cost_h_horizon: NotNegative = Field(default=0.0, description="h paid whether worked or not")
