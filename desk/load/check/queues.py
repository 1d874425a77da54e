"""Queues: how long customers wait for a live one, and when it is open."""

from desk.hours import hours_min
from desk.load.draft import Draft
from desk.settings import Queue


def check_queues(draft: Draft) -> None:
    """Note live queues without patience, and opening hours that can't be read or lie off the grid."""
    if draft.settings is None:
        return
    for name, queue in draft.settings.queues.items():
        stated = (queue.patience_s, queue.patience, queue.patience_curve)
        if queue.kind == "live" and all(one is None for one in stated):
            draft.setting("patience_missing", "queues", name, queue=name)
        _check_hours(draft, name, queue, draft.settings.interval_min)


def _check_hours(draft: Draft, name: str, queue: Queue, interval_min: int) -> None:
    path = ("queues", name, "hours")
    try:
        start, end = hours_min(queue.hours)
    except ValueError:
        draft.setting("wrong_hours", *path, value=queue.hours)
        return
    if start % interval_min or end % interval_min:
        draft.setting("hours_off_grid", *path, value=queue.hours, interval=interval_min)
