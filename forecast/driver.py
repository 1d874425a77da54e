"""Drivers on the grid of days and slots: measured, and as planned."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk
from desk.tables import table
from forecast.campaign import promotion_of_days
from forecast.known import drivers_beforehand
from forecast.profile import fit_profile
from forecast.series import DAY_MIN, Bools, Floats, Ints, Series, day_and_slot, whole
from forecast.setting import KINDS, Setting, setting_of
from forecast.shape import fit_shape

PLAN_LEAD = pd.Timedelta(days=7)
"""Plans that were corrected are judged as they stood a week before."""
LEAST_DAYS = 14
"""Days of finer rows from which a driver's own profile is learned."""
LEAST_IDLE_DAYS = 2
"""A driver of which nothing came on so many days may be planned as nothing."""

LEAST_JUDGED, OTHER_UNIT = 14, 1.0
"""Days by which plans are judged, and how far (log) plans usually lie from what came where their unit is another."""
STRANGE, LEAST_STRANGE = 20.0, 3
"""Plans of so many coming days or more that are usually this many times the largest day that came, or by as much below
nearly all of them, are in another unit."""
EXACT, UNLIKE_SHARE, IDLE_SHARE = 1e-4, 0.9, 0.1
"""Up to this error (log) a plan is what came, and the share of such days that differ from each other where it was
filled in afterwards; what is decided comes as planned, in few and round numbers, or pauses on more days than this share
of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One driver as the desk's table holds it, n days (past and to come) of S slots.

    Parameters
    ----------
    name : its column.
    setting : its measured past as a series, with calendar and promotions.
    shape : weight of each slot of each day, from its own fine rows, shape (n, S).
    measured, planned : values, shape (n, S); NaN where there are none.
    promotion : number of the promotion that each day lies in, -1 where in none.
    missed : log of each day's measured total over its planned one; NaN where either is unknown or 0, or where it tells
        nothing since such plans were filled in afterwards.
    times : what plans were of what came where they are in another unit, and were brought to that of the measured rows.
    copied : days whose plans were filled in afterwards.
    strange : what the plans of the days to come are of all that ever came, where they are left out for it; else 1.
    """

    name: str
    setting: Setting
    shape: Floats
    measured: Floats
    planned: Floats
    promotion: Ints
    missed: Floats
    times: float = 1.0
    copied: int = 0
    strange: float = 1.0


def driver_names(desk: Desk) -> tuple[str, ...]:
    """Columns of the table ``drivers`` that hold a driver."""
    return tuple(column for column in desk.table("drivers").columns if column not in table("drivers").columns)


def read_driver(desk: Desk, name: str, first: pd.Timestamp, step_min: int, last: pd.Timestamp) -> Reading | None:
    """Driver ``name`` on days ``first`` to ``last`` in slots of ``step_min``.

    Measured rows that stand for several slots are spread evenly over them, planned ones by the driver's own shape of
    the day, where its rows show one; each row keeps its total. None where the driver was never measured, or is negative
    somewhere.
    """
    rows = drivers_beforehand(desk, PLAN_LEAD).dropna(subset=[name])
    if not (rows["basis"] == "actual").any() or (rows[name] < 0).any():
        return None
    size = ((last - first) // pd.Timedelta(days=1) + 1, DAY_MIN // step_min)
    actual, plan = (_on_grid(rows[rows["basis"] == basis], name, first, step_min, size) for basis in ("actual", "plan"))
    even = np.full(size, 1 / size[1])
    measured = actual.spread(even, step_min)
    if np.isnan(measured).all():
        return None
    setting = setting_of(desk, _series(name, first, step_min, measured), last)
    whole_days = ~np.isnan(actual.totals)
    shape = _day_shape(setting, size, ~whole_days) if actual.row_min < DAY_MIN else even
    if whole_days.any():
        measured = actual.spread(np.where(whole_days[:, None], shape, even), step_min)
        setting = replace(setting, series=_series(name, first, step_min, measured))
    planned = believed(plan.spread(shape, step_min), measured)
    promotion, missed = promotion_of_days(setting.phases, len(planned)), _missed(measured, planned)
    times = _times(missed)
    planned, missed = planned / times, missed + np.log(times)
    copied = _copied(missed, measured)
    missed = np.where(copied, np.nan, missed)
    coming = np.arange(len(planned)) >= len(setting.past)
    strange = _strange(planned[coming], measured)
    planned = planned if strange == 1 else np.where(coming[:, None], np.nan, planned)
    return Reading(name, setting, shape, measured, planned, promotion, missed, times, int(copied.sum()), strange)


def believed(planned: Floats, measured: Floats) -> Floats:
    """The plans; a day planned as nothing has none where that only stands for a plan that was not made.

    It is meant where nothing came on at least half of such days, or, where none has come yet, on two days or more.
    """
    nothing, came = planned.sum(axis=1) == 0, measured.sum(axis=1)
    judged = nothing & ~np.isnan(came)
    meant = 2 * (came[judged] == 0).sum() >= judged.sum() if judged.any() else (came == 0).sum() >= LEAST_IDLE_DAYS
    return planned if meant else np.where(nothing[:, None], np.nan, planned)


def _missed(measured: Floats, planned: Floats) -> Floats:
    came, plan = (np.nan_to_num(own.sum(axis=1)) for own in (measured, planned))
    known = (came > 0) & (plan > 0)
    return np.where(known, np.log(np.where(known, came, 1.0) / np.where(known, plan, 1.0)), np.nan)


def _times(missed: Floats) -> float:
    """What plans were of what came, where they lie so far apart that their unit must be another; else 1."""
    known = missed[~np.isnan(missed)]
    apart = float(np.median(known)) if len(known) >= LEAST_JUDGED else 0.0
    return float(np.exp(-apart)) if abs(apart) > OTHER_UNIT else 1.0


def _strange(planned: Floats, measured: Floats) -> float:
    """What plans usually are of the days that came, where they lie so far beyond all of these that their unit differs.

    Days of nothing do not count: mails that are sent once a month are planned far above what is usual.
    """
    plan, came = planned.sum(axis=1), measured.sum(axis=1)
    plan, came = plan[np.nan_to_num(plan) > 0], came[np.nan_to_num(came) > 0]
    if len(plan) < LEAST_STRANGE or not len(came):
        return 1.0
    (low, usual, high), now = np.quantile(came, [0.05, 0.5, 1.0]), float(np.median(plan))
    return float(now / usual) if now > STRANGE * high or now < low / STRANGE else 1.0


def _copied(missed: Floats, measured: Floats) -> Bools:
    """Days whose plan is what came, where that holds of most and hardly two are alike: plans are not that good.

    What pauses, as mails do, is decided beforehand and comes as planned.
    """
    exact, came = np.abs(missed) < EXACT, measured.sum(axis=1)
    enough = exact.sum() >= max(LEAST_JUDGED, 0.5 * (~np.isnan(missed)).sum(), (came == 0).sum() / IDLE_SHARE)
    return np.asarray(exact & enough & (len(np.unique(came[exact])) > UNLIKE_SHARE * exact.sum()))


def _series(name: str, first: pd.Timestamp, step_min: int, values: Floats) -> Series:
    """The measured past of a driver, as if it were a queue that never closes."""
    days = int(np.flatnonzero(~np.isnan(values).all(axis=1))[-1]) + 1
    is_open = np.ones((7, values.shape[1]), dtype=bool)
    none = np.zeros(days, dtype=bool)
    return Series(name, first, step_min, values[:days], is_open, none, none)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of one driver on n days of S slots.

    Parameters
    ----------
    values : their sums per slot, shape (n, S); NaN where there is none.
    row_min : minutes that a row stands for.
    totals : of the days that are told as a whole, shape (n,); NaN on the others.
    """

    values: Floats
    row_min: int
    totals: Floats

    def spread(self, shape: Floats, step_min: int) -> Floats:
        """Rows that stand for several slots spread by the slots' weights, each keeping its total."""
        found = _spread(self.values, shape, self.row_min, step_min)
        weight = shape / np.maximum(shape.sum(axis=1, keepdims=True), 1e-12)
        return np.where(np.isnan(self.totals)[:, None], found, self.totals[:, None] * weight)


def _on_grid(rows: pd.DataFrame, name: str, first: pd.Timestamp, step_min: int, size: tuple[int, int]) -> _Grid:
    """Values summed into slots, as long as most rows are apart; a slot that lacks one of its finer rows is unknown.

    Whole days are told by days in a row of which each has one row alone, and by rows that no slots fit.
    """
    gaps = whole(rows["start"].sort_values().diff().dropna(), pd.Timedelta(minutes=1))
    gaps = gaps[(gaps > 0) & (gaps <= DAY_MIN)]
    minutes = int(np.bincount(gaps).argmax()) if len(gaps) else DAY_MIN
    day, slot = day_and_slot(rows["start"], first, step_min)
    inside = (day >= 0) & (day < size[0])
    cell, values = day[inside] * size[1] + slot[inside], rows[name].to_numpy(dtype=np.float64)[inside]
    counted = np.bincount(cell, minlength=size[0] * size[1]).reshape(size)
    sums = np.bincount(cell, weights=values, minlength=size[0] * size[1]).reshape(size)
    least = step_min // minutes if step_min % minutes == 0 else 1
    a_day, fits = counted.sum(axis=1), minutes <= step_min or not (DAY_MIN % minutes or minutes % step_min)
    told = _days_in_a_row(a_day == 1) if fits else (a_day > 0) & (a_day >= np.median(a_day[a_day > 0], keepdims=True))
    told &= minutes < DAY_MIN
    by_slot = np.where((counted >= least) & ~told[:, None] & fits, sums, np.nan)
    return _Grid(by_slot, minutes if fits else DAY_MIN, np.where(told, sums.sum(axis=1), np.nan))


def _days_in_a_row(days: Bools) -> Bools:
    """Those of ``days`` that follow, or are followed by, another one."""
    beside = np.pad(days, 1)
    return np.asarray(days & (beside[:-2] | beside[2:]))


def _day_shape(setting: Setting, size: tuple[int, int], fine: Bools) -> Floats:
    """Weight of each slot of each day, learned from the days of ``fine`` rows; even where too few are known."""
    offered = np.where(fine[setting.past, None], setting.series.offered, np.nan)
    if (~np.isnan(offered)).all(axis=1).sum() < LEAST_DAYS:
        return np.full(size, 1 / size[1])
    past = setting.past
    kind, on_event = setting.kind[past], setting.on_event[past]
    profile = fit_profile(offered, np.ones(offered.shape), kind, KINDS, on_event, setting.apart)
    usual = profile.shape[setting.kind]
    usual[past] = profile.of_past(kind)
    bend = fit_shape(offered, usual[past], setting.phases).bend(setting.phases, *size)
    return np.asarray(usual * bend)


def _spread(values: Floats, shape: Floats, row_min: int, step_min: int) -> Floats:
    """Spread rows that stand for several slots by the slots' weights, keeping each row's total."""
    each = row_min // step_min
    if each <= 1:
        return values
    blocks = (values.shape[0], values.shape[1] // each, each)
    total = np.nansum(values.reshape(blocks), axis=2, keepdims=True)
    known = ~np.isnan(values.reshape(blocks)).all(axis=2, keepdims=True)
    weight = np.maximum(shape.reshape(blocks), 1e-12)
    return np.where(known, total * weight / weight.sum(axis=2, keepdims=True), np.nan).reshape(values.shape)
