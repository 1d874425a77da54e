"""A queue that a simple model forecasts: it knows no promotions and no drivers, which is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from desk import Finding
from forecast.choice import OURS
from forecast.outlook import outlook
from forecast.queue import QueueModel
from forecast.series import Ints


def settled(model: QueueModel) -> QueueModel:
    """The model as it forecasts: a simple one without drivers, with what ours says of promotions to come."""
    if model.choice.model == OURS:
        return model
    ours: Mapping[int, float] = {}
    if model.setting.to_come.any():
        ours = _totals(replace(model, choice=replace(model.choice, model=OURS)), np.flatnonzero(model.setting.to_come))
    return replace(model, drivers=(), kernel=None, reasons=None, choice=replace(model.choice, ours=ours))


def _totals(model: QueueModel, days: Ints) -> Mapping[int, float]:
    """Mean inquiries of each of ``days``."""
    ahead = outlook(model, np.arange(days[0], days[-1] + 1))
    variance = np.diag(ahead.covariance) + ahead.noise_sd**2
    totals = np.exp(ahead.mean + variance / 2) * ahead.weights.sum(axis=1)
    return {int(day): float(totals[day - days[0]]) for day in days}


def simple_model(model: QueueModel, days: Ints) -> Iterator[Finding]:
    """Where a simple model forecasts ``days`` instead of ours: why, and what it does not know."""
    choice, queue = model.choice, model.setting.series.queue
    if choice.model == OURS:
        return
    facts: dict[str, object] = {"queue": queue, "model": choice.model}
    trial = next((own for own in choice.trials if own.chosen), None)
    if trial is None:
        yield Finding("simple_model_untried", "note", "history", facts=facts)
    else:
        facts |= {"wape": f"{100 * trial.wape:.1f} %", "wape_ours": f"{100 * trial.wape_ours:.1f} %"}
        code = "simple_model_by_hand" if choice.by_hand else "simple_model"
        yield Finding(code, "warning" if trial.wape > trial.wape_ours else "note", "history", facts=facts)
    coming = np.intersect1d(days, np.flatnonzero(model.setting.to_come))
    if len(coming):
        theirs = outlook(model, coming).weights.sum()
        told = [choice.ours[day] for day in coming.tolist() if day in choice.ours]
        facts |= {"days": len(coming), "theirs": f"{theirs:,.0f}", "ours": f"{sum(told):,.0f}"}
        code = "simple_model_promotions" if len(told) == len(coming) else "simple_model_more_promotions"
        yield Finding(code, "warning", "promotions", facts=facts)
