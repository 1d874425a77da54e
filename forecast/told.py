"""What is told of a desk as a whole, however its queues are forecast."""

from collections.abc import Mapping, Sequence

from desk import Desk, Finding
from forecast.ended import ended
from forecast.foreseen import unusable
from forecast.foresight import Driver
from forecast.series import Series
from forecast.unheard import unheard


def told_of_desk(
    desk: Desk,
    drivers: dict[int, tuple[Driver, ...]],
    found: Mapping[str, Series | None],
    unseen: Mapping[str, Sequence[str]],
) -> tuple[Finding, ...]:
    """Findings on drivers, settings, verdicts and promotions, and on queues that ended.

    Parameters
    ----------
    found : the series of every queue. unseen : per queue the kinds of phase to come that it never saw.
    """
    return (*unusable(desk, drivers), *unheard(desk, found, unseen), *ended(desk, found))
