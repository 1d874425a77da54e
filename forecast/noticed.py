"""What the forecaster noticed and a person should see."""

from collections.abc import Iterator

import numpy as np

from desk import Finding
from forecast.choice import OURS
from forecast.queue import QueueModel
from forecast.series import Ints

OUTLYING_WEIGHT = 0.4
MOST_NAMED = 5
SHORT_DAYS = 28
LONG_GAP_DAYS = 14


def noticed(model: QueueModel, days: Ints) -> tuple[Finding, ...]:
    """Findings on one queue's history and on the days forecast (``days``: numbers since the history's first)."""
    return (*_history(model, days), *_choice(model), *_promotions(model, days), *_drivers(model, days))


def _history(model: QueueModel, days: Ints) -> Iterator[Finding]:
    series, observed = model.setting.series, model.level.observed
    facts = {"queue": series.queue}
    counted = int(series.counted.sum())
    if series.totals.sum() == 0:
        yield Finding("history_all_zero", "warning", "history", facts=facts)
    elif counted < SHORT_DAYS:
        yield Finding("history_short", "warning", "history", facts=facts | {"days": counted})
    gap = int(days[0]) - int(observed.days[-1]) - 1 if len(observed.days) else 0
    if gap > LONG_GAP_DAYS:
        yield Finding("history_ends_early", "warning", "history", facts=facts | {"days": gap})
    for shift, size in shift_sizes(model):
        own = facts | {"date": f"{series.days[shift]:%Y-%m-%d}", "change": f"{100 * np.expm1(size):+.0f} %"}
        yield Finding("level_shift", "warning", "history", facts=own)
    outlying = observed.days[observed.weight < OUTLYING_WEIGHT]
    if len(outlying):
        named = ", ".join(f"{day:%Y-%m-%d}" for day in series.days[outlying[-MOST_NAMED:]])
        yield Finding("outlying_days", "note", "history", facts=facts | {"days": len(outlying), "dates": named})


def shift_sizes(model: QueueModel) -> list[tuple[int, float]]:
    """Number of the day of each shift of the level, and its log size."""
    level = model.level
    own = (level.observed.days[:, None] >= level.shifts[None, :]).astype(np.float64)
    sizes = level.scales.shift**2 * (own.T @ level.solved.alpha)
    return list(zip(level.shifts.tolist(), sizes.tolist(), strict=True))


def _choice(model: QueueModel) -> Iterator[Finding]:
    """Where a simple model forecasts instead of ours."""
    choice = model.choice
    chosen = [trial for trial in choice.trials if trial.chosen]
    if choice.model != OURS and chosen:
        [trial] = chosen
        shares = {"wape": f"{100 * trial.wape:.1f} %", "wape_ours": f"{100 * trial.wape_ours:.1f} %"}
        facts = {"queue": model.setting.series.queue, "model": choice.model} | shares
        yield Finding("simple_model", "note", "history", facts=facts)


def _promotions(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Phases that come but were never seen before."""
    past = len(model.setting.past)
    seen = {phase.name for phase in model.setting.phases if phase.start_d < past and phase.end_d > 0}
    coming = [phase for phase in model.setting.phases if phase.end_d > days[0] and phase.start_d <= days[-1]]
    for name in sorted({phase.name for phase in coming} - seen):
        yield Finding("phase_without_precedent", "warning", "promotions", column="phase", value=name)


def _drivers(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Admitted drivers that have no plan for the days ahead."""
    for driver in model.drivers:
        if driver.unplanned[driver.known_days : int(days[-1]) + 1].any():
            facts = {"queue": model.setting.series.queue, "driver": driver.name}
            yield Finding("driver_unplanned", "warning", "drivers", column=driver.name, facts=facts)
