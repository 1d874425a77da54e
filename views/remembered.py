"""What is worked out of a plan, once for all who look at it; it may begin before anybody asks."""

from collections.abc import Callable
from typing import TypeVar

from views.opened import OpenPlan
from views.shared import Shared

Result = TypeVar("Result")
_MOST = 4


class Remembered(Shared[[OpenPlan], Result]):
    """``make`` of a plan, kept for the last few plans as they stand."""

    def __init__(self, make: Callable[[OpenPlan], Result]) -> None:
        super().__init__(make, lambda plan: plan.stamp, _MOST)
