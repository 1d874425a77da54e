"""Suppositions about overtime: hours added by day where a queue is fullest, while the roster stays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast, Plan
from desk.settings import Contract
from planner.busy import kept_busy
from planner.verdict import replanned_at
from planner.whatif.supposition import Supposition, refused

FloatArray = npt.NDArray[np.float64]
OVERTIME = "overtime"
MOST_H = 100
_HOUR_MIN = 60
_OWN = "+overtime"
"""Contract, shifts and people of the hours that are supposed."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Overtime as people of its own, each an hour a day.

    Parameters
    ----------
    desk, plan : with those people; without them they are as they were.
    paid_h : h. amount : currency, with the overtime premium.
    """

    desk: Desk
    plan: Plan
    paid_h: float
    amount: float


def overtime(desk: Desk, plan: Plan, forecast: Forecast, suppositions: Sequence[Supposition]) -> Hours:
    """Desk and plan with so many hours a day more in a queue, each where its people have most work at that moment.

    An hour is that of a standard agent (proficiency 1) at the queue's mean wage with overtime premium. Who would work
    it, and whether rest and limits allow it, is another roster's business.

    Raises
    ------
    InputError : an unknown queue, one without anybody, or no whole number of hours.
    """
    hours = Hours(desk, plan, 0.0, 0.0)
    for number, own in enumerate(suppositions):
        if own.rest not in desk.settings.queues:
            raise refused(own, "whatif_unknown", known=", ".join(desk.settings.queues))
        if own.op != "+" or own.value != int(own.value) or not 0 <= own.value <= MOST_H:
            raise refused(own, "whatif_overtime", most=MOST_H)
        wages = _wages(desk, own.rest)
        if not len(wages):
            raise refused(own, "whatif_people", there=0)
        hours = _added(hours, forecast, own.rest, int(own.value), float(wages.mean()), f"{_OWN}{number}-")
    return hours


def _wages(desk: Desk, queue: str) -> FloatArray:
    """Currency per hour of standard work with overtime premium, of each who can take the queue."""
    premium = {name: own.overtime_premium for name, own in desk.settings.contracts.items()}
    skills = desk.table("skills")
    both = skills[skills["queue"] == queue].merge(desk.table("agents"), on="agent")
    paid = both["cost_per_h"] * both["contract"].map(premium) / both["proficiency"]
    return paid.to_numpy(dtype=np.float64)


def _added(hours: Hours, forecast: Forecast, queue: str, each_day: int, wage: float, code: str) -> Hours:
    starts = list(_busiest(hours.desk, hours.plan, forecast, queue, each_day))
    if not starts:
        return hours
    rows = pd.DataFrame(starts, columns=["agent", "date", "hour"])
    rows["agent"] = code + rows["agent"].astype(str)
    rows["shift"] = _OWN + rows["hour"].astype(str)
    desk = _with_people(hours.desk, sorted(rows["agent"].unique()), queue, wage)
    desk = _with_shifts(desk, sorted(rows["hour"].unique()))
    duty = _duty(rows, desk, queue)
    plan = replace(
        hours.plan, roster=_under(hours.plan.roster, rows), duty=_under(hours.plan.duty, duty)
    )  # fmt: skip
    return Hours(desk, plan, hours.paid_h + len(rows), hours.amount + len(rows) * wage)


def _busiest(
    desk: Desk, plan: Plan, forecast: Forecast, queue: str, each_day: int
) -> Iterator[tuple[int, pd.Timestamp, int]]:
    """Number within the day, date and clock hour of each hour added: always the one with most work per agent then; in a
    plan for the rest of a horizon none that has passed."""
    local, then = forecast.starts.tz_localize(None), replanned_at(plan)
    cells = [local.normalize(), local.hour]
    ahead = True if then is None else np.asarray(forecast.starts >= then)
    work = pd.Series(_work(desk, forecast, queue) * ahead, index=forecast.starts).groupby(cells).mean().unstack()
    there = pd.Series(_there(desk, plan, forecast.starts, queue), index=forecast.starts).groupby(cells).mean().unstack()
    for (day, load), (_, present) in zip(work.iterrows(), there.iterrows(), strict=True):
        come, agents = load.to_numpy(dtype=np.float64), present.to_numpy(dtype=np.float64).copy()
        for number in range(each_day if np.nansum(come) > 0 else 0):
            hour = int(np.nanargmax(come / np.maximum(agents, 1e-6)))
            agents[hour] += 1.0
            yield number, pd.Timestamp(str(day)), int(load.index[hour])


def _work(desk: Desk, forecast: Forecast, queue: str) -> FloatArray:
    """Effective agents that an interval's mean inquiries keep fully busy."""
    mean = forecast.paths[:, :, forecast.queues.index(queue)].mean(axis=0, dtype=np.float64)
    return kept_busy(desk, queue, mean * 60.0 / forecast.interval_min, forecast.starts)


def _there(desk: Desk, plan: Plan, starts: pd.DatetimeIndex, queue: str) -> FloatArray:
    """Effective agents on the queue per interval."""
    on = plan.duty[plan.duty["activity"] == queue].merge(desk.table("skills").query("queue == @queue"), on="agent")
    return on.groupby("start")["proficiency"].sum().reindex(starts, fill_value=0.0).to_numpy(dtype=np.float64)


def _with_people(desk: Desk, codes: Sequence[str], queue: str, wage: float) -> Desk:
    people = {"agent": codes, "name": codes, "contract": _OWN, "cost_per_h": wage}
    skills = {"agent": codes, "queue": queue, "proficiency": 1.0, "home": True}
    own = desk.settings.model_copy(update={"contracts": {**desk.settings.contracts, _OWN: Contract()}})
    agents, able = (
        _under(desk.table(name), pd.DataFrame(new)) for name, new in (("agents", people), ("skills", skills))
    )
    return replace(desk, settings=own, tables={**desk.tables, "agents": agents, "skills": able})


def _with_shifts(desk: Desk, hours: Sequence[int]) -> Desk:
    """One shift of an hour for each clock hour that is used."""
    known = desk.table("shifts")
    codes, starts = [f"{_OWN}{hour}" for hour in hours], [float(_HOUR_MIN * hour) for hour in hours]
    own = {"shift": codes, "start": starts, "paid_h": 1.0, "break_min": 0.0, "kind": "regular"}
    new = pd.DataFrame(own | {"end": [start + _HOUR_MIN for start in starts]})
    new["contracts"] = new["shift"].map(lambda _: (_OWN,))
    new["needs"] = new["shift"].map(lambda _: ())
    new = new[~new["shift"].isin(known["shift"])]
    return replace(desk, tables={**desk.tables, "shifts": _under(known, new)})


def _duty(rows: pd.DataFrame, desk: Desk, queue: str) -> pd.DataFrame:
    """The queue in every interval of each hour."""
    parts = range(0, _HOUR_MIN, desk.settings.interval_min)
    each = rows.loc[rows.index.repeat(len(parts))].reset_index(drop=True)
    minutes = _HOUR_MIN * each["hour"] + np.tile(np.array(parts), len(rows))
    wall = each["date"] + pd.to_timedelta(minutes, unit="min").astype("timedelta64[us]")
    zoned = wall.dt.tz_localize(desk.settings.timezone, ambiguous=True, nonexistent="shift_forward")
    return each.assign(start=zoned, activity=queue).drop_duplicates(["agent", "start"])


def _under(frame: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """``new`` below ``frame``, in its columns and types."""
    if new.empty:
        return frame
    fitted = new.reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    return pd.concat([frame, fitted], ignore_index=True)
