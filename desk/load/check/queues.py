"""Queues: how long customers wait for a live one, and when it is open."""

from collections.abc import Mapping
from itertools import pairwise

from desk.basis import is_stated
from desk.hours import hours_min
from desk.load.draft import Draft
from desk.settings import Queue

_SHORTEST_S = 10.0
_LONGEST_S = 4 * 3600.0
"""Handle times, and patience, that are likely in seconds."""


def check_queues(draft: Draft) -> None:
    """Note patience missing or useless, contacts at once that slow each other too much, and overflow in a circle.

    Hours are noted that can't be read or lie off the grid.
    Where headcounts are stated nobody's patience is needed.
    """
    if draft.settings is None:
        return
    for name, queue in draft.settings.queues.items():
        stated = (queue.patience_s, queue.patience, queue.patience_curve)
        if queue.kind == "live" and all(one is None for one in stated) and not is_stated(draft.has):
            draft.setting("patience_missing", "queues", name, queue=name)
        if queue.kind == "deferrable" and any(one is not None for one in stated):
            draft.setting("patience_unused", "queues", name, severity="warning", queue=name)
        if not is_stated(draft.has):
            _check_units(draft, name, queue)
        _check_pace(draft, name, queue)
        _check_price(draft, name, queue)
        _check_hours(draft, name, queue, draft.settings.interval_min)
    for circle in overflow_circles(draft.settings.queues):
        draft.setting("overflow_circle", "queues", circle[0], "overflow_to", queues=" → ".join([*circle, circle[0]]))


def overflow_circles(queues: Mapping[str, Queue]) -> list[tuple[str, ...]]:
    """Queues whose overflow comes back to themselves, each circle once; two that help each other are none."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name in queues:
        chain = [name]
        while (after := queues[chain[-1]].overflow_to) in queues and after not in chain:
            chain.append(str(after))
        if after == name and len(chain) != 2:
            found.setdefault(frozenset(chain), tuple(chain))
    return list(found.values())


def _check_units(draft: Draft, name: str, queue: Queue) -> None:
    """Lengths of time that nobody has in seconds: minutes or thousandths were written."""
    if not _SHORTEST_S <= queue.aht_s[0] <= _LONGEST_S:
        facts = {"queue": name, "value": f"{queue.aht_s[0]:g}", "least": f"{_SHORTEST_S:g}", "most": f"{_LONGEST_S:g}"}
        draft.setting("handle_time_odd", "queues", name, "aht_s", severity="warning", **facts)
    if queue.patience_s is not None and queue.patience_s < _SHORTEST_S:
        facts = {"queue": name, "value": f"{queue.patience_s:g}", "least": f"{_SHORTEST_S:g}"}
        draft.setting("patience_odd", "queues", name, "patience_s", severity="warning", **facts)


def _check_pace(draft: Draft, name: str, queue: Queue) -> None:
    """More contacts at once are to close more an hour; mostly ``aht_s`` is then stated for all of them together."""
    per_s = [held / aht_s for held, aht_s in enumerate(queue.aht_s, start=1)]
    slower = next((held for held, (fewer, more) in enumerate(pairwise(per_s), start=1) if more < fewer), None)
    if slower is not None:
        facts = {"queue": name, "fewer": slower, "chats": slower + 1}
        draft.setting("parallel_slower", "queues", name, "aht_s", severity="warning", **facts)


def _check_price(draft: Draft, name: str, queue: Queue) -> None:
    """Where rosters are weighed in money, what is worth nothing gets nobody."""
    setting = "late_value" if queue.kind == "deferrable" else "lost_value"
    if draft.has("shifts") and not draft.has("cover") and getattr(queue, setting) == 0:
        draft.setting("nothing_lost", "queues", name, severity="warning", queue=name, price=setting)


def _check_hours(draft: Draft, name: str, queue: Queue, interval_min: int) -> None:
    path = ("queues", name, "hours")
    try:
        start, end = hours_min(queue.hours)
    except ValueError:
        draft.setting("wrong_hours", *path, value=queue.hours)
        return
    if start % interval_min or end % interval_min:
        draft.setting("hours_off_grid", *path, value=queue.hours, interval=interval_min)
