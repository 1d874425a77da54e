"""What the forecaster noticed and a person should see."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from desk import Finding
from forecast.borrow import YOUNG_DAYS, Loan
from forecast.choice import OURS
from forecast.odd import outlying
from forecast.queue import QueueModel
from forecast.regular import SD, which_days
from forecast.series import Floats, Ints
from forecast.shut import ended_weekdays, half_shut_holidays, shut_holidays, shut_since, shut_weekdays
from forecast.silence import silent_end
from forecast.simple import simple_model
from forecast.step import steps
from forecast.teller import DRIVERS, OTHER_KINDS, OTHER_QUEUES, STATED, FirstLift

MOST_NAMED, LATEST = 5, 3
SHORT_DAYS = 28
LONG_GAP_DAYS = 14
NINE_TENTHS = 1.2816
"""Standard normal quantile at 90 %."""


def noticed(model: QueueModel, days: Ints) -> tuple[Finding, ...]:
    """Findings on one queue's history and on the days forecast (``days``: numbers since the history's first)."""
    return (*_history(model, days), *simple_model(model, days), *_promotions(model, days), *_drivers(model, days))


def borrowings(model: QueueModel, days: Ints) -> tuple[Finding, ...]:
    """What the forecast of ``days`` rests on that is not the queue's own."""
    loan = () if model.loan is None else (_loan(model.setting.series.queue, model.loan),)
    return (*loan, *_promotions(model, days))


def _history(model: QueueModel, days: Ints) -> Iterator[Finding]:
    series, observed = model.setting.series, model.level.observed
    facts = {"queue": series.queue}
    counted = int(series.counted[series.borrowed :].sum())
    if model.loan is not None:
        yield _loan(series.queue, model.loan)
    elif series.totals.sum() == 0:
        yield Finding("history_all_zero", "warning", "history", facts=facts)
    elif counted < SHORT_DAYS:
        yield Finding("history_short", "warning", "history", facts=facts | {"days": counted})
    if not series.is_open.any():
        yield Finding("queue_closed", "warning", "history", facts=facts)
    if int(days[-1]) < len(series.offered) - 1 and counted:
        yield Finding("horizon_past", "note", "history", facts=facts | {"date": f"{series.days[-1]:%Y-%m-%d}"})
    silent = silent_end(series.offered, series.shut | model.setting.kinds.is_holiday[: len(series.offered)])
    if silent is not None:
        since = series.first + silent[0] * pd.Timedelta(minutes=series.step_min)
        own = facts | {"start": f"{since:%Y-%m-%d %H:%M}", "usual": f"{silent[1]:,.0f}"}
        yield Finding("history_ends_silent", "warning", "history", column="offered", facts=own)
    gap = int(days[0]) - int(observed.days[-1]) - 1 if len(observed.days) else 0
    shut = shut_since(model.setting)
    if shut is not None:
        yield Finding("queue_shut", "warning", "history", facts=facts | {"date": f"{series.days[shut]:%Y-%m-%d}"})
    elif gap > LONG_GAP_DAYS:
        yield Finding("history_ends_early", "warning", "history", facts=facts | {"days": gap})
    yield from _shifts(model)
    turn = model.level.profile.turn
    if turn is not None and model.loan is None:
        yield Finding("hours_turned", "note", "history", facts=facts | {"date": f"{series.days[turn.day]:%Y-%m-%d}"})
    yield from _regular(model, days)
    yield from _shut(model, days)
    odd = outlying(model)
    if len(odd):
        named = ", ".join(f"{day:%Y-%m-%d}" for day in series.days[odd[-MOST_NAMED:]])
        yield Finding("outlying_days", "note", "history", facts=facts | {"days": len(odd), "dates": named})


def _regular(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Days of month or fortnight that were found to differ, where some are to come: how much, and which they are."""
    level, setting = model.level, model.setting
    for key in level.regular:
        own = which_days(key, setting.days, setting.country)
        size = (level.scales.month * SD) ** 2 * float(own[level.observed.days] @ level.solved.alpha)
        past, coming = (setting.days[among[own[among]]] for among in (level.observed.days, days))
        named = {"past": past[-LATEST:], "coming": coming}
        facts = {name: ", ".join(f"{day:%Y-%m-%d}" for day in own) for name, own in named.items()}
        facts |= {"queue": setting.series.queue, "change": f"{100 * np.expm1(size):+.0f} %"}
        if len(coming):
            yield Finding("regular_days", "note", "history", facts=facts)


def _shifts(model: QueueModel) -> Iterator[Finding]:
    """Where the level changed, and where that is fading."""
    series, level = model.setting.series, model.level
    fading = {own.day for own in level.shifts if own.memory_d < np.inf}
    for shift, size in shift_sizes(model):
        facts = {"queue": series.queue, "date": f"{series.days[shift]:%Y-%m-%d}", "change": _change(size)}
        if shift in fading:
            here = [own for own in level.shifts if own.day == shift]
            last = steps(level.observed.days[-1:], here)[0]
            each = _sizes(model)[[own.day == shift for own in level.shifts]]
            facts |= {"now": _change(float(last @ each)), "stays": _change(float(each[0]))}
        yield Finding("level_fading" if shift in fading else "level_shift", "warning", "history", facts=facts)
    if level.new is not None and model.loan is None:
        day, size = level.new
        facts = {"queue": series.queue, "date": f"{series.days[day]:%Y-%m-%d}", "change": _change(size)}
        since = int((level.observed.days >= day).sum())
        yield Finding("level_new", "warning", "history", facts=facts | {"days": since})


def _change(size: float) -> str:
    return f"{round(100 * np.expm1(size)) + 0:+d} %"


def _shut(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Coming days taken to be shut, since their weekday is in some weeks only or no more, or as earlier holidays were;
    and those that may be."""
    setting, series = model.setting, model.setting.series
    usual = series.is_open[np.asarray(setting.days.day_of_week)].any(axis=1)
    found = {"shut_days": shut_weekdays(setting), "shut_weekday": ended_weekdays(setting) & usual}
    found |= {"shut_holidays": shut_holidays(setting) & usual}
    counted = np.append(series.counted, np.ones(len(setting.days) - len(series.counted), dtype=bool))
    named = {code: (np.flatnonzero(shut & ~counted), np.flatnonzero(shut)) for code, shut in found.items()}
    for code, (past, coming) in (named | {"half_shut_holidays": half_shut_holidays(setting)}).items():
        own = {"past": past[past >= series.borrowed][-LATEST:], "coming": np.intersect1d(coming, days)}
        facts = {name: ", ".join(f"{day:%Y-%m-%d}" for day in setting.days[each]) for name, each in own.items()}
        if facts["coming"]:
            yield Finding(code, "note", "history", facts=facts | {"queue": series.queue})


def shift_sizes(model: QueueModel) -> list[tuple[int, float]]:
    """Number of the day of each shift of the level, and its log size on that day."""
    days = np.array([own.day for own in model.level.shifts], dtype=np.int64)
    found = [(int(day), float(_sizes(model)[days == day].sum())) for day in np.unique(days)]
    return [(day, size) for day, size in found if day > model.setting.series.borrowed or model.loan is None]


def _sizes(model: QueueModel) -> Floats:
    """Log size of each shift."""
    level = model.level
    return np.asarray(level.scales.shift**2 * (steps(level.observed.days, level.shifts).T @ level.solved.alpha))


def _loan(queue: str, loan: Loan) -> Finding:
    """What was borrowed from whom."""
    facts = {"queue": queue, "days": loan.own_days, "lenders": ", ".join(loan.lenders), "a_day": f"{loan.a_day:g}"}
    if not loan.own_days:
        return Finding("level_stated", "warning", "history", facts=facts)
    phases = {"phases": ", ".join(loan.phases)}
    if loan.own_days >= YOUNG_DAYS:
        return Finding("phases_borrowed", "warning", "history", facts=facts | phases)
    return Finding("history_borrowed", "warning", "history", facts=facts)


def _promotions(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Phases that come but were never seen before: what is expected of them and who told it, or that it is a guess."""
    coming = {phase.name for phase in model.setting.phases if phase.end_d > days[0] and phase.start_d < days[-1] + 1}
    for lift in model.first_lifts if model.choice.model == OURS else ():
        if lift.phase in coming and lift.tellers:
            yield _first(model.setting.series.queue, lift)
        elif lift.phase in coming:
            yield Finding("phase_without_precedent", "warning", "promotions", column="phase", value=lift.phase)


def _first(queue: str, lift: FirstLift) -> Finding:
    """What is expected of a kind of phase never seen, and how much weight each teller has."""
    whole = lift.log_lift + (lift.foreseen or 0.0)
    names = {"lift": 0.0, "low": -NINE_TENTHS, "high": NINE_TENTHS}
    facts: dict[str, object] = {"queue": queue}
    facts |= {name: f"{np.exp(whole + sign * lift.sd):.2f}" for name, sign in names.items()}
    for kind in (OTHER_KINDS, OTHER_QUEUES, DRIVERS, STATED):
        own = [teller for teller in lift.tellers if teller.kind == kind]
        named = ", ".join(name for teller in own for name in teller.names)
        facts[kind] = f"{100 * sum(teller.weight for teller in own):.0f} %"
        facts[f"{kind}_named"] = f" ({named})" if named else ""
    if lift.foreseen is None:
        return Finding("lift_borrowed", "warning", "promotions", column="phase", value=lift.phase, facts=facts)
    facts["foreseen"] = f"{np.exp(lift.foreseen):.2f}"
    told = [np.exp(teller.log_lift + lift.foreseen) for teller in lift.tellers if teller.kind == STATED]
    code = "lift_beside_drivers" if told else "lift_beyond_drivers"
    facts |= {"told": f"{told[0]:.2f}"} if told else {}
    return Finding(code, "warning", "promotions", column="phase", value=lift.phase, facts=facts)


def _drivers(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Admitted drivers that have no plan for the days ahead, and those whose past was brought to today's terms."""
    for driver in model.drivers:
        facts = {"queue": model.setting.series.queue, "driver": driver.name}
        if driver.unplanned[driver.known_days : int(days[-1]) + 1].any():
            yield Finding("driver_unplanned", "warning", "drivers", column=driver.name, facts=facts)
        if driver.since is not None:
            since = {"date": f"{driver.reading.setting.days[driver.since]:%Y-%m-%d}"}
            yield Finding("driver_redefined", "warning", "drivers", column=driver.name, facts=facts | since)
