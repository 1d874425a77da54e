"""What the roster of a day covers, for the rows under the week."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from desk import Desk, Plan
from desk.grid import local_midnights
from planner.headcounts import headcounts


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One row: a value a day, and whether the day falls short.

    Parameters
    ----------
    key : catalogue key of its label.
    queue : the queue or shift named in the label; empty where it is about all.
    values : indexed by naive midnight.
    short : days to be marked.
    """

    key: str
    queue: str
    values: "pd.Series[float]"
    short: frozenset[pd.Timestamp] = frozenset()


def coverage_rows(desk: Desk, plan: Plan) -> list[CoverageRow]:
    """People and paid hours a day; per queue the effective agent hours planned and required, and the overload; fixed
    headcounts and who is there.

    Returns
    -------
    list of CoverageRow
        In the order in which they stand under the week.
    """
    paid_h = desk.table("shifts").set_index("shift")["paid_h"]
    worked = plan.roster[plan.roster["shift"].isin(paid_h.index)]
    days = worked.assign(paid_h=worked["shift"].map(paid_h)).groupby("date")["paid_h"]
    rows = [CoverageRow("people", "", days.count().astype("float64")), CoverageRow("paid_h", "", days.sum())]
    for queue, service in plan.service.groupby("queue", sort=False):
        rows += _queue_rows(str(queue), service, desk.settings.interval_min / 60)
    return [*rows, *_headcount_rows(desk, plan)]


def _headcount_rows(desk: Desk, plan: Plan) -> Iterator[CoverageRow]:
    """For each shift, or queue, with fixed headcounts: how many are there, and how many were asked for.

    Of a queue, whose headcounts are by interval, in agent hours.
    """
    if not desk.has("cover"):
        return
    counted, interval_h = headcounts(desk, plan.roster, plan.duty), desk.settings.interval_min / 60
    for column, key, factor in (("shift", "heads", 1.0), ("queue", "heads_h", interval_h)):
        for name, own in counted.dropna(subset=column).groupby(column, sort=True):
            days = own.groupby("date")[["there", "required", "short"]].sum() * factor
            yield CoverageRow(key, str(name), days["there"], frozenset(days.index[days["short"] > 0]))
            yield CoverageRow(f"{key}_required", str(name), days["required"])


def _queue_rows(queue: str, service: pd.DataFrame, interval_h: float) -> list[CoverageRow]:
    hours = service[["effective_agents", "required"]] * interval_h
    days = hours.assign(over=service["overload"] > 0).groupby(local_midnights(service["start"])).sum()
    short = frozenset(days.index[days["effective_agents"] < days["required"] - 0.05])
    overloaded = days["over"] * interval_h
    return [
        CoverageRow("planned_h", queue, days["effective_agents"], short),
        CoverageRow("required_h", queue, days["required"]),
        CoverageRow("overload_h", queue, overloaded, frozenset(days.index[overloaded > 0])),
    ]
