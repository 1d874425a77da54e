"""How many people answer for a plan before it is published."""

from typing import Annotated

from pydantic import Field

from desk.settings.base import Frozen


class SignOff(Frozen):
    """The check before publishing."""

    steps: Annotated[int, Field(ge=1, le=4)] = Field(
        default=4, description="people who sign: setter, second person, peer, other department; small teams take fewer"
    )
