"""Queues whose history ends before that of the others: renamed, merged into another, closed, or not yet exported."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from desk import Desk, Finding
from forecast.series import Ints, Series

LEAST_DAYS, TOLD_DAYS = 2, 14
"""Days that a queue must lack which others have; a history that ends longer before the horizon is told as such."""
RENAMED_DAYS, NEW_DAYS = 7, 28
"""A queue that begins so few days from another's end, and so long after the desk, may be that one by a new name."""


def ended(desk: Desk, found: Mapping[str, Series | None]) -> Iterator[Finding]:
    """Queues without rows on the last days of which others have some, though they are forecast to go on.

    Parameters
    ----------
    found : the series of every queue, all from the same first day.
    """
    known = {queue: own for queue, own in found.items() if own is not None and own.totals.sum() > 0}
    until = max((len(own.offered) for own in known.values()), default=0)
    for queue, own in known.items():
        lacking = _open_days(own, np.arange(len(own.offered), until))
        if len(lacking) < LEAST_DAYS:
            continue
        facts: dict[str, object] = {"queue": queue, "date": f"{own.days[-1]:%Y-%m-%d}", "days": len(lacking)}
        heirs = [name for name, other in known.items() if _first(other) >= NEW_DAYS and _follows(other, own)]
        if heirs:
            yield Finding("queue_renamed", "warning", "history", facts=facts | {"other": ", ".join(heirs)})
        elif pd.Timestamp(desk.settings.horizon.start) - own.days[-1] <= pd.Timedelta(days=TOLD_DAYS):
            yield Finding("queue_ended", "warning", "history", facts=facts)


def _open_days(own: Series, days: Ints) -> Ints:
    """Those of ``days`` on whose weekday the queue is usually open."""
    return days[own.is_open[(own.first.day_of_week + days) % 7].any(axis=1)]


def _first(own: Series) -> int:
    return int(np.flatnonzero(own.counted)[0])


def _follows(other: Series, own: Series) -> bool:
    """Whether ``other`` begins about when ``own`` ends."""
    return abs(_first(other) - len(own.offered)) <= RENAMED_DAYS
