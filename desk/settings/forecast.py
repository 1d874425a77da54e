"""How the forecast is made."""

from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen


class ForecastSettings(Frozen):
    """Settings of the room ``forecast``."""

    paths: Annotated[int, Field(ge=50, le=20_000)] = Field(default=500, description="sample paths")
    seed: Annotated[int, Field(ge=0)] = 1
    country: str = Field(default="CN", description="ISO code of the public holidays; none = no calendar")
    history_days: Annotated[int, Field(ge=28, le=3660)] = Field(
        default=1100, description="days of history learned from, counted back from its end; three years by default"
    )
    drivers: dict[str, list[str]] | None = Field(
        default=None, description="queue -> driver columns that may enter; none = all that a back-test admits"
    )
