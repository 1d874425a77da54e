"""The few numbers that a manager asks for first, worked out once for the page, the report and plan.json."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk, Forecast, Plan
from planner.agreement import Agreement, agreements
from planner.phase import phase_of_intervals

_WORST = 5
_SLIGHT = 1e-4
"""What a share may lack of its target: a target of 100 % is met by all but one in ten thousand."""


@dataclass(frozen=True, slots=True)
class QueueService:
    """One queue over the horizon.

    Parameters
    ----------
    offered, low, high : inquiries: mean, and the range that holds four times in five.
    share : predicted share served within the target time; NaN where there is no such target.
    lost, lost_sim, late : inquiries.
    below : intervals whose predicted share is below the target, of ``intervals`` with inquiries.
    """

    queue: str
    target_share: float
    within_s: float
    offered: float
    low: float
    high: float
    share: float
    lost: float
    lost_sim: float
    late: float
    below: int
    intervals: int

    @property
    def is_below(self) -> bool:
        """Whether the predicted share misses the target."""
        return self.share < self.target_share - _SLIGHT


@dataclass(frozen=True, slots=True)
class Headline:
    """A plan in brief.

    Parameters
    ----------
    people, shifts : who works at all, and how often. paid_h : h.
    volumes : one row a phase and queue, in time: group, queue, mean, q10, q50, q90; the group of the days outside
        every promotion is empty.
    over : rows of table ``service``: the intervals of live queues with more load than the desk's limit, most
        inquiries lost or late first. (What may wait is not overload.)
    """

    people: int
    shifts: int
    paid_h: float
    volumes: pd.DataFrame
    queues: tuple[QueueService, ...]
    agreements: tuple[Agreement, ...]
    over: pd.DataFrame

    @property
    def overloaded(self) -> int:
        """How many intervals have more load than the desk's limit."""
        return len(self.over)

    @property
    def unmanned(self) -> int:
        """How many of these have inquiries and nobody there."""
        return int(np.isinf(self.over["load"]).sum())

    @property
    def worst(self) -> pd.DataFrame:
        """The few most overloaded intervals."""
        return self.over.head(_WORST)


def headline(desk: Desk, forecast: Forecast, plan: Plan) -> Headline:
    """The plan in brief."""
    service, paid_h = plan.service, desk.table("shifts").set_index("shift")["paid_h"]
    worked = plan.roster[plan.roster["shift"].isin(paid_h.index)]
    live = [name for name, queue in desk.settings.queues.items() if queue.kind == "live"]
    over = service[service["queue"].isin(live) & (service["load"] > desk.settings.rules.overload_limit)]
    return Headline(
        people=int(worked["agent"].nunique()),
        shifts=len(worked),
        paid_h=float(paid_h.reindex(worked["shift"]).sum()),
        volumes=_volumes(desk, forecast),
        queues=tuple(_queue(desk, forecast, service, queue) for queue in forecast.queues),
        agreements=tuple(agreements(desk, service)),
        over=_worst_first(over),
    )


def _worst_first(over: pd.DataFrame) -> pd.DataFrame:
    """Most inquiries lost or late first."""
    order = (over["lost"] + over["late"]).sort_values(ascending=False, kind="stable").index
    return over.loc[order].reset_index(drop=True)


def _volumes(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    labels = phase_of_intervals(desk, "")
    totals = forecast.totals(by=labels)
    order = {label: index for index, label in enumerate(labels.unique())}
    return totals.sort_values("group", key=lambda group: group.map(order), kind="stable", ignore_index=True)


def _queue(desk: Desk, forecast: Forecast, service: pd.DataFrame, queue: str) -> QueueService:
    target = desk.settings.queues[queue].target
    total = forecast.totals().set_index("queue").to_dict("index")[queue]
    return QueueService(
        queue=queue,
        target_share=target.share,
        within_s=target.within_s,
        offered=float(total["mean"]),
        low=float(total["q10"]),
        high=float(total["q90"]),
        **_served(service, queue, target.share),
    )


def _served(service: pd.DataFrame, queue: str, target_share: float) -> dict[str, Any]:
    """What becomes of the queue's inquiries in the intervals of ``service``."""
    own = service[(service["queue"] == queue) & (service["offered"] > 0)]
    rated = own[own["share_within"].notna()]
    share = (rated["share_within"] * rated["offered"]).sum() / rated["offered"].sum() if len(rated) else float("nan")
    return {
        "share": float(share),
        "lost": float(own["lost"].sum()),
        "lost_sim": float(own["lost_sim"].sum(min_count=1)),
        "late": float(own["late"].sum()),
        "below": int((rated["share_within"] < target_share - _SLIGHT).sum()),
        "intervals": len(rated),
    }


def from_then_on(brief: Headline, service: pd.DataFrame, then: pd.Timestamp) -> Headline:
    """The brief with its queues and overload as they are from ``then`` on: what has passed is nobody's to mend."""
    rest = service[service["start"] >= then]
    queues = tuple(replace(own, **_served(rest, own.queue, own.target_share)) for own in brief.queues)
    return replace(brief, queues=queues, over=brief.over[brief.over["start"] >= then].reset_index(drop=True))
