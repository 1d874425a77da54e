"""Verdicts on odd days name a queue, or a column of the drivers."""

import numpy as np

from desk.load.draft import Draft
from desk.load.header import closest
from desk.tables import table


def check_verdicts(draft: Draft) -> None:
    """Note verdicts on what is neither a queue nor a driver."""
    if not draft.has("verdicts", "queue") or "queues" not in draft.names:
        return
    drivers = (
        set(draft.frames["drivers"].columns) - set(table("drivers").columns) if "drivers" in draft.frames else set()
    )
    known, names = draft.names["queues"] | drivers, draft.frames["verdicts"]["queue"]
    unknown = np.asarray(names.notna() & ~names.isin(known), dtype=bool)
    draft.mark(
        "unknown_queue",
        "verdicts",
        "queue",
        unknown,
        facts=lambda place: {"name": names.iloc[place], "known": closest(str(names.iloc[place]), sorted(known))},
    )
