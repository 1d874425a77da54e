"""How the roster is optimised."""

from typing import Annotated, Literal

from pydantic import Field

from desk.settings.base import Frozen


class SchedulerSettings(Frozen):
    """Settings of the room ``scheduler``."""

    time_limit_s: Annotated[float, Field(gt=0)] = Field(default=120.0, description="s")
    gap: Annotated[float, Field(ge=0, lt=1)] = Field(default=0.005, description="stop at this relative gap")
    solver: Literal["highs", "cbc"] = "highs"
    seed: Annotated[int, Field(ge=0)] = 1
    steps: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="steps of each search; a run that ends by them repeats exactly; none = by time only"
    )
    threads: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="threads of the solver")
