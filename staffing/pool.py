"""Queues whose people help each other out at once are one queue to those who wait."""

from collections.abc import Mapping

import numpy as np

from desk.settings import Queue

EVEN, NONE = [1.0] * 24, [0.0] * 24


def pools(queues: Mapping[str, Queue]) -> list[tuple[str, ...]]:
    """The queues by pool, in order; most are pools of one.

    Two live queues pool where each names the other in ``overflow_to`` without a wait (``overflow_after_s`` = 0), and
    both let an agent hold as many contacts.
    """
    found: list[tuple[str, ...]] = []
    for name, queue in queues.items():
        other = queues.get(queue.overflow_to or "")
        if other is None or not _both_ways(name, queue, other):
            found.append((name,))
        elif (queue.overflow_to, name) not in found:
            found.append((name, str(queue.overflow_to)))
    return found


def _both_ways(name: str, one: Queue, other: Queue) -> bool:
    at_once = one.overflow_after_s == other.overflow_after_s == 0.0
    alike = one.kind == other.kind == "live" and len(one.aht_s) == len(other.aht_s)
    return other.overflow_to == name and at_once and alike


def together(one: Queue, other: Queue, share: float) -> Queue:
    """Both as one queue, ``share`` of whose contacts are of the first: mean handle times, by hour too, the stricter
    target, the patience of the larger part, and as many away as on average."""
    parts = np.array([share, 1.0 - share])
    handle_s = parts @ np.array([one.aht_s, other.aht_s])
    weight = parts * np.array([one.aht_s[-1], other.aht_s[-1]])
    effort = weight @ np.array([own.aht_by_hour or EVEN for own in (one, other)]) / weight.sum()
    away = weight @ np.array([own.shrinkage_by_hour or NONE for own in (one, other)]) / weight.sum()
    larger = one if share >= 0.5 else other
    stricter = max((one.target, other.target), key=lambda target: (target.share, -target.within_s))
    hours = {"aht_by_hour": effort.tolist(), "shrinkage_by_hour": away.tolist()}
    return larger.model_copy(update={"aht_s": handle_s.tolist(), "target": stricter} | hours)
