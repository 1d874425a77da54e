"""Deferrable work that costs more than the account states."""

from collections.abc import Iterable, Iterator

import pandas as pd

from desk import Desk, Finding
from planner.headline import QueueService

_MATERIAL = 0.01
"""Of all that the plan costs; less is not worth a sentence."""


def understated(desk: Desk, costs: pd.DataFrame, queues: Iterable[QueueService]) -> Iterator[Finding]:
    """A warning for each deferrable queue whose late inquiries, as predicted, cost materially more than its term of the
    account, in which the forecast is three cases of it and an hour counts whole, whoever comes to it.

    Parameters
    ----------
    costs : table ``costs``.
    """
    amounts, total = costs.set_index("term")["amount"], float(costs["amount"].sum())
    for queue in queues:
        own = desk.settings.queues[queue.queue]
        cost, stated = queue.late * own.late_value, float(amounts.get(f"late_work.{queue.queue}", 0.0))
        if own.kind == "deferrable" and cost - stated > _MATERIAL * total:
            facts = {"late": queue.late, "cost": cost, "stated": stated, "currency": desk.settings.currency}
            yield Finding("late_work_understated", "warning", value=queue.queue, facts=facts)
