"""What was handled and lost beside what a plan expected, over the same intervals."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.planned import Planned

_CAME = ["offered", "handled", "abandoned"]
_PLAN = {"offered": "offered_plan", "lost": "predicted", "lost_sim": "simulated"}


def service_beside(planned: Planned, came: pd.DataFrame) -> pd.DataFrame:
    """Lost and handled inquiries as they came beside the plan's, per queue.

    Parameters
    ----------
    came : table ``history``; its rows may be shorter or longer than the plan's intervals.

    Returns
    -------
    queue, ``offered, handled, abandoned`` as they came, ``predicted, simulated``: lost in the plan, and
    ``planned_handled``, over the same intervals; only queues whose actuals have abandoned or handled inquiries. What
    the plan expects moves with how many came: the plan's numbers are those of its forecast.
    """
    both = pd.concat(list(_both(planned, came)), ignore_index=True)
    known = both[both[["abandoned", "handled"]].notna().any(axis=1)]
    sums = known.assign(planned_handled=known["offered_plan"] - known["predicted"]).drop(columns="offered_plan")
    return sums.groupby("queue", as_index=False, sort=False).sum(min_count=1)


def _both(planned: Planned, came: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Of each queue what came and what was planned, on the longer rows of the two."""
    from forecast.seen import row_minutes

    each = planned.desk.settings.interval_min
    yield pd.DataFrame({"queue": pd.Series(dtype="str")}).assign(**dict.fromkeys([*_CAME, *_PLAN.values()], 0.0))
    service = planned.plan.service.reindex(columns=["start", "queue", *_PLAN]).rename(columns=_PLAN)
    for queue, rows in came.groupby("queue", sort=False):
        own, plan = _counted(rows), service[service["queue"] == queue].sort_values("start").drop(columns="queue")
        row_min = row_minutes(own["start"], each)
        longest = max(row_min, each)
        left = _summed(own, plan["start"] if row_min < each else own["start"], longest, longest // row_min)
        right = _summed(plan, own["start"] if each < row_min else plan["start"], longest, longest // each)
        yield left.join(right, how="inner").reset_index(drop=True).assign(queue=queue)


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """What came in order of time; of what is counted at all, nothing in closed rows."""
    own = rows.sort_values("start")
    shut = ~own["open"].to_numpy(dtype=bool)
    closed = pd.DataFrame({name: shut & bool(own[name].notna().any()) for name in _CAME}, index=own.index)
    return own[["start"]].join(own[_CAME].mask(closed & own[_CAME].isna(), 0.0))


def _summed(rows: pd.DataFrame, starts: "pd.Series[pd.Timestamp]", length_min: int, parts: int) -> pd.DataFrame:
    """Sums of ``rows`` by the stretches of ``length_min`` from ``starts`` on; those that all their ``parts`` fill."""
    at = pd.DatetimeIndex(starts)
    place = at.searchsorted(pd.DatetimeIndex(rows["start"]), side="right") - 1
    inside = (place >= 0) & np.asarray(rows["start"] < at[np.maximum(place, 0)] + pd.Timedelta(minutes=length_min))
    own = rows.drop(columns="start")[inside].groupby(at[place[inside]])
    found: pd.DataFrame = own.sum(min_count=parts)[own.size() == parts]
    return found
