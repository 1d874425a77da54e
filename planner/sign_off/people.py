"""What to look at for each person: leave, overtime caps, briefings attended."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from desk import Desk, Plan, shifts_of
from desk.settings import Contract, Limit
from planner.rows import rows
from store import Check


def leave_checks(desk: Desk, plan: Plan) -> Iterator[Check]:
    """Everybody's days of leave in the horizon; an error where one is worked."""
    leave = desk.table("leave")
    own = leave[leave["date"].isin(desk.dates)]
    worked = set(zip(plan.roster["agent"], plan.roster["date"], strict=True))
    for agent, days in own.groupby("agent", sort=True)["date"]:
        broken = sorted(day for day in days if (agent, day) in worked)
        told = {"days": _days(days.sort_values()), "number": len(days)}
        if broken:
            yield Check("leave_worked", "error", str(agent), told | {"worked": _days(pd.Series(broken))})
        else:
            yield Check("leave", "note", str(agent), told)


def overtime_checks(desk: Desk, plan: Plan) -> Iterator[Check]:
    """Everybody's overtime beside the caps of their contract; a warning where it is beyond one."""
    contracts = dict(zip(desk.table("agents")["agent"], desk.table("agents")["contract"], strict=True))
    paid_h = {name: shift.paid_h for name, shift in shifts_of(desk).items()}
    roster = plan.roster.assign(paid_h=plan.roster["shift"].map(paid_h).fillna(0.0))
    daily = roster.groupby(["agent", "date"], as_index=False, sort=True)["paid_h"].sum()
    for agent in daily["agent"].unique():
        contract = desk.settings.contracts.get(contracts.get(agent, ""))
        if contract is not None:
            yield from _overtime(str(agent), daily[daily["agent"] == agent], contract)


def _overtime(agent: str, days: pd.DataFrame, contract: Contract) -> Iterator[Check]:
    over_h = (days["paid_h"] - contract.normal_h_day).clip(lower=0.0)
    if not over_h.any():
        return
    months_h = over_h.groupby(days["date"].dt.to_period("M")).sum()
    day, month = contract.max_overtime_h_day, contract.max_overtime_h_month
    told: dict[str, Any] = {"hours": over_h.sum(), "day_h": over_h.max(), "month_h": months_h.max()}
    told |= {"cap_day_h": _cap(day), "cap_month_h": _cap(month)}
    beyond = (day is not None and told["day_h"] > day.limit) or (month is not None and told["month_h"] > month.limit)
    yield Check("overtime_beyond" if beyond else "overtime", "warning" if beyond else "note", agent, told)


def _cap(limit: Limit | None) -> str:
    return "–" if limit is None else f"{limit.limit:g} h"


def briefing_checks(desk: Desk, plan: Plan) -> Iterator[Check]:
    """For each briefing who is to attend and does not; one line where everybody does."""
    agents = desk.table("agents")
    attended = plan.duty.groupby(["activity", "agent"]).size() * desk.settings.interval_min
    for activity in rows(desk.table("activities")):
        invited = agents[agents["agent"].isin(activity.who) | agents["team"].isin(activity.who)]["agent"]
        missing = [agent for agent in invited if attended.get((activity.activity, agent), 0) < activity.minutes]
        told = {"activity": activity.activity, "minutes": activity.minutes, "invited": len(invited)}
        yield from (Check("briefing_missed", "warning", str(agent), told) for agent in missing)
        if not missing:
            yield Check("briefing", "note", None, told)


def _days(days: "pd.Series[pd.Timestamp]") -> str:
    return ", ".join(f"{day:%m-%d}" for day in days)
