"""What has begun can't be changed: its days are pinned, its hours are frozen, and what was announced has a price."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk, Plan
from desk.grid import at_clock
from planner.desk_change import changed_desk
from planner.editing.away import there
from planner.editing.pin import Keeping, kept_days, with_pins
from planner.editing.wanted import OFF
from planner.planned import Planned
from planner.rest.came import Came
from planner.rows import rows

Array = npt.NDArray[np.float64]
_KEY = ["agent", "date"]
_CELL = ["agent", "start", "activity", "shift"]
_DAY_MIN = 1440
_FIRM = 10.0
"""How much dearer it is to take somebody out of an hour that has passed than anything that could be gained by it."""


@dataclass(frozen=True)
class Held:
    """A plan and the moment until which it is past.

    Parameters
    ----------
    begun : agent, date: the shifts that have begun.
    """

    plan: Plan
    now: pd.Timestamp
    begun: pd.DataFrame

    @property
    def duty(self) -> pd.DataFrame:
        """The duty of the shifts that have begun."""
        return self.plan.duty.merge(self.begun, on=_KEY)


def held_back(desk: Desk, plan: Plan, now: pd.Timestamp) -> Held:
    """The shifts of a plan that had begun by ``now``, but of those who have leave."""
    clock = desk.table("shifts").set_index("shift")["start"]
    worked = there(desk, plan.roster[plan.roster["shift"].isin(clock.index)])
    kinds = worked[["date", "shift"]].drop_duplicates()
    zone = desk.settings.timezone
    begun = [at_clock(row.date, int(clock[row.shift]), zone) < now for row in rows(kinds)]
    return Held(plan, now, worked.merge(kinds[np.array(begun, dtype=np.bool_)], on=["date", "shift"])[_KEY])


def standing_desk(
    came: Came, old: Planned, change_price: float | None = None, call_in_h: float | None = None
) -> tuple[Desk, int]:
    """The desk with the days before ``came.free_from`` pinned and the whole roster as announced; how many are pinned.

    Who has leave by now is not held to a shift. Who had no shift was announced days off; who came since, nothing.
    From today on who is off, or on call, may be called in where ``call_in_h`` is given: for shifts that begin so many
    hours from now or later.
    """
    desk, days = came.desk, [day for day in came.desk.dates if day < came.free_from]
    pins = kept_days(desk, old.plan.roster, Keeping(days=tuple(days)))
    pins = there(desk, pins if call_in_h is None else _not_callable(came, pins, own_pins(came.desk, old.plan)))
    told = kept_days(desk, old.plan.roster, Keeping(others=True))
    told = told[told["agent"].isin(old.desk.table("agents")["agent"])]
    own: dict[tuple[str, ...], Any] = {} if change_price is None else {("rules", "change_price"): change_price}
    if call_in_h is not None or desk.settings.rules.call_in_from is not None:
        own["rules", "call_in_from"] = _called_from(came, call_in_h)
    tables = {"pinned": with_pins(desk, pins), "published": told.reset_index(drop=True)}
    return changed_desk(desk, tables, own), len(pins)


def own_pins(desk: Desk, plan: Plan) -> list[tuple[str, str]]:
    """Who is pinned on which date by the desk itself, not by a plan for the rest that was made before."""
    again = plan.meta.get("replanned", {})
    known = {(str(agent), str(date)) for agent, date in again.get("own_pins", [])}
    dates = [(row.agent, f"{row.date:%Y-%m-%d}") for row in rows(desk.table("pinned"))]
    free_from = str(again.get("free_from", ""))
    return [own for own in dates if own[1] >= free_from or own in known]


def _not_callable(came: Came, pins: pd.DataFrame, own: Collection[tuple[str, str]]) -> pd.DataFrame:
    """The pins but those of days from today on that were announced off or on call; what the desk itself pins stays."""
    may_come = waits(came.desk, pins) & (pins["date"] >= today(came))
    decided = [(row.agent, f"{row.date:%Y-%m-%d}") in set(own) for row in rows(pins)]
    kept: pd.DataFrame = pins[~may_come | np.array(decided, dtype=np.bool_)]
    return kept


def waits(desk: Desk, pins: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows are days off, or on call."""
    shifts = desk.table("shifts")
    return pins["shift"].isin([OFF, *shifts.loc[shifts["kind"] == "on_call", "shift"]])


def today(came: Came) -> pd.Timestamp:
    """The day on which it is now, a naive midnight."""
    return came.now.tz_localize(None).normalize()


def _called_from(came: Came, call_in_h: float | None) -> datetime | None:
    """The first moment at which somebody called now can begin, by the desk's clock; None where nobody is called."""
    if call_in_h is None:
        return None
    moment: datetime = (came.now + pd.Timedelta(hours=call_in_h)).tz_localize(None).ceil("min").to_pydatetime()
    return moment


def frozen(desk: Desk, curves: Curves, held: Held) -> Curves:
    """Curves by which nobody is worth moving in an hour that has passed: fewer agents on a queue than there were cost
    more than anything to come, more of them are worth nothing.
    """
    past = curves.points[curves.points["start"] < held.now]
    sat = _effective(desk, held)
    firm = _FIRM * (1.0 + _dearest(desk, curves))
    parts = [_floor(own, sat.pop(key, 0.0), firm) for key, own in past.groupby(["start", "queue"], sort=False)]
    parts += list(_rest(sat, past, firm))
    points = pd.concat([*parts, curves.points[curves.points["start"] >= held.now]], ignore_index=True)
    return replace(curves, points=points[list(curves.points.columns)])


def _dearest(desk: Desk, curves: Curves) -> float:
    """As much as an hour spent otherwise could be worth by anything that has a price."""
    rules, cover = desk.settings.rules, desk.table("cover")
    by_minute = (rules.min_block_price or 0.0) + (rules.break_window_price or 0.0)
    fixed = rules.presence_price + rules.switch_price + (rules.max_switches_price or 0.0) + _DAY_MIN * by_minute
    named = [(curves.points, "cost"), (curves.work, "late_value"), (desk.table("agents"), "cost_per_h")]
    named += [(cover, "under_cost"), (cover, "over_cost")]
    return fixed + sum(float(frame[name].max()) for frame, name in named if len(frame))


def _effective(desk: Desk, held: Held) -> dict[Any, float]:
    """(start, queue) -> effective agents in the hours that have passed."""
    own = held.duty[held.duty["start"] < held.now]
    skilled = own.merge(desk.table("skills"), left_on=["agent", "activity"], right_on=["agent", "queue"])
    return dict(skilled.groupby(["start", "queue"])["proficiency"].sum())


def _floor(points: pd.DataFrame, sat: float, firm: float) -> pd.DataFrame:
    """The curve of one interval and queue with ``sat`` agents as its only demand: no load of what has passed can be
    mended."""
    agents, first = np.unique([0.0, sat, float(points["agents"].max())]), points.iloc[0]
    cost = firm * np.maximum(0.0, sat - agents)
    return pd.DataFrame(
        {"start": first["start"], "queue": first["queue"], "agents": agents, "cost": cost, **_nothing(points)}
    )


def _nothing(points: pd.DataFrame) -> dict[str, float]:
    return dict.fromkeys((name for name in points.columns if name not in ("start", "queue", "agents", "cost")), 0.0)


def _rest(sat: dict[Any, float], like: pd.DataFrame, firm: float) -> Iterator[pd.DataFrame]:
    """The same for queues without a curve, whose work may wait."""
    for (start, queue), agents in sat.items():
        at, cost = np.array([0.0, agents]), np.array([firm * agents, 0.0])
        yield pd.DataFrame({"start": start, "queue": queue, "agents": at, "cost": cost, **_nothing(like)})


def restored(duty: pd.DataFrame, held: Held) -> pd.DataFrame:
    """A new duty in which what has passed is as it was: where a shift that has begun was spent otherwise until now, all
    of it is as it was.
    """
    before = held.duty
    day = duty.merge(held.begun, on=_KEY)
    same = _passed(day, held.now).merge(_passed(before, held.now), on=_CELL, how="outer", indicator=True)
    other = same.loc[same["_merge"] != "both", ["agent", "start"]]
    owners = pd.concat([day, before])[["agent", "start", "date"]].drop_duplicates()
    wrong = pd.MultiIndex.from_frame(other.merge(owners, on=["agent", "start"])[_KEY].drop_duplicates())
    there = pd.MultiIndex.from_frame(duty[_KEY]).isin(wrong)
    was = before[pd.MultiIndex.from_frame(before[_KEY]).isin(wrong)]
    both = pd.concat([duty[~there], was[list(duty.columns)]], ignore_index=True)
    return both.sort_values(["agent", "start"], ignore_index=True)


def _passed(duty: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    own: pd.DataFrame = duty.loc[duty["start"] < now, _CELL]
    return own
