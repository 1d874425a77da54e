"""Rewards for carrying the load: over-volume in overloaded intervals, and overtime; by agent and day, capped."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk
from desk.grid import epoch_s
from incentive.covered import within
from incentive.log import Flags, Floats, Ints, Log, live_queues
from incentive.shifts import laid, shift_day
from incentive.workload import Workload

IDLE = ("break", "off")
_AGENT_SHIFT = 1 << 36
_COLUMNS = ["contacts", "done_min", "quota_min", "credit_min", "most_min"]


def over_volume(desk: Desk, log: Log, around: Workload, duty: pd.DataFrame | None, valid: Flags) -> pd.DataFrame:
    """Standard minutes handled above quota in overloaded intervals, one row per agent and day with quota or work.

    The quota Q is minutes there in overloaded intervals x ``[rules].occupancy_limit``; minutes beyond
    (1 + ``overload_cap``) Q are not credited. Both count by the weight of the queue, in live queues. A day is that of
    the shift, also after midnight (``shifts.shift_day``).

    Returns
    -------
    Columns agent, day, contacts, done_min, quota_min, credit_min, most_min (what could have been credited at most).
    """
    there = around.presence
    flagged = around.presence_flagged & live_queues(desk, log)[there.queue]
    weight = queue_weight(desk, log)
    own = laid(desk, log, desk.table("duty") if duty is None else duty)
    day = shift_day(desk, own, there.agent[flagged], there.start_s[flagged])
    asked = there.minutes[flagged] * weight[there.queue[flagged]] * desk.settings.rules.occupancy_limit
    done = log.standard_min * weight[log.queue]
    counted = valid & around.flagged
    done_day = shift_day(desk, own, log.agent[counted], log.start_s[counted])
    days = _by_day(log, counted, done_day, done, there.agent[flagged], day, asked)
    most = desk.settings.incentive.overload_cap * days["quota_min"]
    credit = (days["done_min"] - days["quota_min"]).clip(lower=0).clip(upper=most)
    return days.assign(credit_min=credit, most_min=most)[["agent", "day", *_COLUMNS]]


def overtime(desk: Desk, log: Log, around: Workload, duty: pd.DataFrame | None, valid: Flags) -> pd.DataFrame:
    """Minutes beyond the shift, credited as far as they were filled with work, one row per agent and day with any.

    Overtime are the intervals of an overtime shift beyond the contract's normal day, and those off the duty plan in
    which the agent took contacts. Of T minutes of it on a day, W / occupancy_limit count, W being the standard minutes
    handled in them, at most T and at most ``overtime_max_h_day``; a month's minutes beyond ``overtime_max_h_month``
    are cut in proportion. A day is that of the shift here, too.
    """
    planned = _planned_overtime(desk, log, duty)
    own = laid(desk, log, desk.table("duty") if duty is None else duty)
    on_duty = np.array([], dtype=np.int64) if duty is None else own.key
    key = log.agent * _AGENT_SHIFT + log.start_s
    off_plan = within(log.start_s, around.covered.planned) & ~np.isin(key, on_duty)
    extra = valid & (off_plan | np.isin(key, planned))
    active = np.union1d(planned, key[extra])
    day = shift_day(desk, own, active // _AGENT_SHIFT, active % _AGENT_SHIFT)
    minutes = np.full(len(active), float(desk.settings.interval_min))
    done_day = day[np.searchsorted(active, key[extra])]
    days = _by_day(log, extra, done_day, log.standard_min, active // _AGENT_SHIFT, day, minutes)
    return _credited_overtime(desk, days)[["agent", "day", *_COLUMNS]]


REWARDS: Mapping[str, Callable[[Desk, Log, Workload, pd.DataFrame | None, Flags], pd.DataFrame]] = {
    "over_volume": over_volume,
    "overtime": overtime,
}


def queue_weight(desk: Desk, log: Log) -> Floats:
    """``[incentive].queue_weights`` in the order of the log's queues."""
    return np.array([desk.settings.incentive.queue_weights.get(name, 1.0) for name in log.queues])


def _by_day(
    log: Log, counted: Flags, done_day: Ints, work: Floats, agent: Ints, day: Ints, quota: Floats
) -> pd.DataFrame:
    done = pd.DataFrame({"agent": log.agent[counted], "day": done_day, "done_min": work[counted]})
    done = done.assign(contacts=1).groupby(["agent", "day"]).sum()
    asked = pd.DataFrame({"agent": agent, "day": day, "quota_min": quota}).groupby(["agent", "day"]).sum()
    return done.join(asked, how="outer").fillna(0.0).reset_index()


def _credited_overtime(desk: Desk, days: pd.DataFrame) -> pd.DataFrame:
    settings, occupancy = desk.settings.incentive, desk.settings.rules.occupancy_limit
    most = days["quota_min"].clip(upper=60 * settings.overtime_max_h_day)
    month = [days["agent"], pd.to_datetime(days["day"], unit="D").dt.to_period("M")]
    filled = (days["done_min"] / occupancy).clip(upper=most)
    credit, most = (_within_month(one, month, 60 * settings.overtime_max_h_month) for one in (filled, most))
    return days.assign(quota_min=occupancy * days["quota_min"], credit_min=credit, most_min=most)


def _within_month(minutes: "pd.Series[float]", month: list["pd.Series[Any]"], most_min: float) -> "pd.Series[float]":
    whole = minutes.groupby(month).transform("sum")
    return minutes * (most_min / whole.clip(lower=1e-9)).clip(upper=1.0)


def _planned_overtime(desk: Desk, log: Log, duty: pd.DataFrame | None) -> Ints:
    rows = _known(log, duty if duty is not None else desk.table("duty"))
    shifts, agents = desk.table("shifts"), desk.table("agents")
    extra = set(shifts.loc[shifts["kind"] == "overtime", "shift"])
    rows = rows[rows["shift"].isin(extra) & ~rows["activity"].isin(IDLE)].sort_values("start")
    normal_h = {name: contract.normal_h_day for name, contract in desk.settings.contracts.items()}
    contract = rows["agent"].map(dict(zip(agents["agent"], agents["contract"], strict=True)))
    worked_min = (rows.groupby(["agent", "date"]).cumcount() + 1) * desk.settings.interval_min
    return _row_keys(log, rows[(worked_min > 60 * contract.map(normal_h).astype("float64")).to_numpy(dtype=bool)])


def _known(log: Log, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["agent"].isin(log.agents)]


def _row_keys(log: Log, rows: pd.DataFrame) -> Ints:
    agent: Ints = log.agents.get_indexer(pd.Index(rows["agent"])).astype(np.int64)
    start_s: Ints = epoch_s(pd.DatetimeIndex(rows["start"])).astype(np.int64)
    return agent * _AGENT_SHIFT + start_s
