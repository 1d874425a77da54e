"""What the desk wants of its roster: curves, deferrable work, fixed headcounts, presence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk
from desk.grid import epoch_s
from desk.hours import within_hours
from scheduler.backlog import Work, read_work
from scheduler.curve import Curve, Places, read_curves
from scheduler.facts import day_of
from scheduler.floor import raised, read_floors
from scheduler.on_call import absences
from scheduler.shift_cover import ShiftCover

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heads:
    """Fixed headcounts of one queue per interval: ``required`` (0 where nothing is asked), cost of one short and of
    one over."""

    required: Array
    under_cost: Array
    over_cost: Array

    def beyond(self, heads: Array) -> "Heads":
        """What is wanted beyond ``heads``; negative where there are too many."""
        return replace(self, required=self.required - heads)

    def value(self, heads: Array, intervals: Places) -> Array:
        """Cost of the people missing or too many in each of ``intervals``, one number an interval."""
        short = self.required[intervals] - heads
        under = self.under_cost[intervals] * np.maximum(0.0, short)
        return np.asarray(under + self.over_cost[intervals] * np.maximum(0.0, -short))


@dataclass(frozen=True)
class Demand:
    """Everything wanted, on the grid of the horizon's ``n`` intervals.

    Parameters
    ----------
    queues : all queues of the desk, in its order.
    curves, work, cover, presence : by queue; a queue without them is absent. ``presence`` is the minimum presence
        while the queue is open.
    shift_cover : headcounts by date and shift; of shifts on call, the absences that they absorb.
    """

    queues: tuple[str, ...]
    n: int
    interval_h: float
    curves: Mapping[str, Curve]
    work: Mapping[str, Work]
    cover: Mapping[str, Heads]
    presence: Mapping[str, Heads]
    shift_cover: tuple[ShiftCover, ...]

    @property
    def counts_heads_only(self) -> bool:
        """Whether nothing depends on proficiency."""
        return not self.curves and not self.work

    def interval_cost(self, number: int, effective: Array, heads: Array, intervals: Places) -> Array:
        """Cost of queue ``number`` in each of ``intervals``, late work aside, with the effective agents and heads
        there."""
        queue = self.queues[number]
        total = np.zeros(len(intervals))
        if queue in self.curves:
            total += self.curves[queue].value(effective, intervals)
        for wanted in (self.cover.get(queue), self.presence.get(queue)):
            if wanted is not None:
                total += wanted.value(heads, intervals)
        return total

    def beyond(self, effective: Array, heads: Array, on_shift: Mapping[tuple[int, str], int]) -> "Demand":
        """What is wanted of further people where some sit already: ``effective`` agents and ``heads`` per interval and
        queue, and heads per (day, shift)."""
        number = {queue: place for place, queue in enumerate(self.queues)}
        sitting_h = {queue: self.interval_h * effective[:, number[queue]] for queue in self.work}
        return replace(
            self,
            curves={queue: own.beyond(effective[:, number[queue]]) for queue, own in self.curves.items()},
            work={queue: replace(own, standing_h=sitting_h[queue]) for queue, own in self.work.items()},
            cover={queue: own.beyond(heads[:, number[queue]]) for queue, own in self.cover.items()},
            presence={queue: own.beyond(heads[:, number[queue]]) for queue, own in self.presence.items()},
            shift_cover=tuple(
                replace(own, required=own.required - on_shift.get((own.day, own.shift), 0)) for own in self.shift_cover
            ),
        )

    def part(self, share: float) -> "Demand":
        """A ``share`` of everything wanted, at the same prices a unit."""
        return replace(
            self,
            curves={queue: own.part(share) for queue, own in self.curves.items()},
            work={queue: own.part(share) for queue, own in self.work.items()},
            cover={queue: replace(own, required=share * own.required) for queue, own in self.cover.items()},
            presence={queue: replace(own, required=share * own.required) for queue, own in self.presence.items()},
            shift_cover=tuple(replace(own, required=share * own.required) for own in self.shift_cover),
        )


def read_demand(desk: Desk, curves: Curves | None) -> Demand:
    """The demand of a desk, from the curves where there are some, and from its ``cover`` and presence."""
    interval_h = desk.settings.interval_min / 60
    served = {} if curves is None else read_curves(curves.points, desk.starts)
    return Demand(
        queues=tuple(desk.settings.queues),
        n=len(desk.starts),
        interval_h=interval_h,
        curves=raised(served, read_floors(desk, curves)),
        work={} if curves is None else read_work(curves.work, desk.starts, interval_h),
        cover=_interval_cover(desk),
        presence=_presence(desk),
        shift_cover=(*_shift_cover(desk), *absences(desk, served)),
    )


def _interval_cover(desk: Desk) -> dict[str, Heads]:
    rows = desk.table("cover").dropna(subset=["start", "queue"])
    place = {second: index for index, second in enumerate(epoch_s(desk.starts))}
    found: dict[str, Heads] = {}
    for second, row in zip(epoch_s(pd.DatetimeIndex(rows["start"])), rows.to_dict("records"), strict=True):
        heads = found.setdefault(row["queue"], Heads(*np.zeros((3, len(place)))))
        if second in place:
            at = place[second]
            heads.required[at] = row["required"]
            heads.under_cost[at], heads.over_cost[at] = row["under_cost"], row["over_cost"]
    return found


def _shift_cover(desk: Desk) -> tuple[ShiftCover, ...]:
    first = desk.settings.horizon.start
    rows = desk.table("cover").dropna(subset=["date", "shift"]).to_dict("records")
    return tuple(
        ShiftCover(day_of(row["date"], first), row["shift"], row["required"], row["under_cost"], row["over_cost"])
        for row in rows
        if 0 <= day_of(row["date"], first) < len(desk.dates)
    )


def _presence(desk: Desk) -> dict[str, Heads]:
    rules = desk.settings.rules
    found = {}
    for queue, wanted in rules.min_presence.items():
        required = wanted * opening(desk, queue)
        found[queue] = Heads(required, np.full_like(required, rules.presence_price), np.zeros_like(required))
    return found


def opening(desk: Desk, queue: str) -> Array:
    """1 in the intervals that begin while the queue is open, else 0."""
    return within_hours(desk.settings.queues[queue].hours, desk.starts).astype(np.float64)
