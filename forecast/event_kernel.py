"""What is learned of each kind of phase: its lift by hour and by day since the start, and the earlier events.

A kind's kernel is what the model would forecast of one more phase of it, as long as the latest, at intensity 1, in a
promotion of its own, some weeks after the history: the mean of the promotions' part of the log level and the bend
within the day, with the sd of that part.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk
from forecast.daylevel import posterior
from forecast.event import LEAD_DAYS, Phase
from forecast.intensity import usual_intensities
from forecast.lifted import inside, promotion_part, usual_slots
from forecast.outlook import outlook
from forecast.queue import QueueModel, extended
from forecast.series import Floats, Ints

KERNELS = ("phase", "cut", "since", "promotion", "start", "log_lift", "low", "high", "usual")
AFTER_DAYS, APART_DAYS = 7, 63
"""Days of tail that are told, and days between the history's end and the phase that is imagined."""
LONGEST_H = 72
TENTH = 1.2816
"""Standard normal quantile at 90 %: low and high hold four fifths."""
LEAST_USUAL = 1.0
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Imagined:
    """One more phase of a kind, and the model that knows of it."""

    phase: Phase
    model: QueueModel


def kernels_of(desk: Desk, model: QueueModel) -> pd.DataFrame:
    """Kernel and earlier events of every kind of phase that the queue has seen.

    Returns
    -------
    One row per kind, cut and step: ``phase``; ``cut`` (``hour`` or ``day``); ``since`` the start (whole hours; days,
    negative before it); ``promotion`` and ``start`` of an earlier event, empty for the kernel itself; ``log_lift`` at
    intensity 1, ``low`` and ``high`` (80 %; kernel only); ``usual`` inquiries behind an earlier event's value.
    """
    past = [phase for phase in model.setting.phases if phase.start_d < len(model.setting.past) and phase.end_d > 0]
    found: list[dict[str, object]] = []
    usual = usual_slots(model, beyond_drivers=True) if past else np.zeros(0)
    for kind in sorted({phase.name for phase in past}):
        own = [phase for phase in past if phase.name == kind]
        rows = [row for phase in own for row in _earlier(model, phase, usual)]
        if rows:
            found += [*_learned(_imagined(desk, model, own[-1])), *rows]
    return pd.DataFrame(found, columns=list(KERNELS))


def _imagined(desk: Desk, model: QueueModel, like: Phase) -> _Imagined:
    series = model.setting.series
    past = len(series.offered)
    shift = np.ceil((past + APART_DAYS - like.start_d) / 7) * 7
    phase = replace(like, start_d=like.start_d + shift, end_d=like.end_d + shift, promotion="", intensity=1.0)
    table = desk.table("promotions")
    known = table[table["start"].dt.tz_localize(None) < series.first + past * DAY]
    zone, moments = desk.settings.timezone, [series.first + number * DAY for number in (phase.start_d, phase.end_d)]
    start, end = (
        moment.round("s").tz_localize(zone, ambiguous=True, nonexistent="shift_forward") for moment in moments
    )
    unit = usual_intensities(desk).get(phase.name, 1.0)
    row = pd.DataFrame({"promotion": [""], "phase": [phase.name], "start": [start], "end": [end], "intensity": [unit]})
    dtypes = {name: table[name].dtype for name in ("start", "end")}
    imagined = replace(desk, tables=dict(desk.tables) | {"promotions": pd.concat([known, row.astype(dtypes)])})
    last = series.first + (int(np.ceil(phase.end_d)) + AFTER_DAYS) * DAY
    bare = replace(model, drivers=(), kernel=None)
    return _Imagined(phase, extended(imagined, bare, last, ()))


def _learned(own: _Imagined) -> Iterator[dict[str, object]]:
    """The kernel by hour inside the phase, and by day from the days that lead up to it to those after it."""
    model, phase = own.model, own.phase
    first, last = int(np.floor(phase.start_d)) - LEAD_DAYS, int(np.ceil(phase.end_d)) + AFTER_DAYS
    days: Ints = np.arange(first, last)
    ahead = outlook(model, days)
    sd = _sd(model, days)
    slots = ahead.promotion.shape[1]
    per_h = slots / 24
    share = inside(phase, len(model.setting.days), slots)[days]
    usual = ahead.weights / np.maximum(ahead.promotion, 1e-9)
    start = phase.start_d * 24
    hours = np.floor((days[:, None] * 24 + (np.arange(slots) + 0.5) / per_h) - start).astype(int)
    for since in range(min(LONGEST_H, int(np.ceil((phase.end_d - phase.start_d) * 24)))):
        here = (hours == since) & (share > 0) & (usual > 0)
        if here.any():
            mean = float(np.log(np.average(ahead.promotion[here], weights=usual[here])))
            yield _row(phase.name, "hour", since, mean, float(np.average(sd[np.where(here)[0]])))
    whole = (usual * ahead.promotion).sum(axis=1) / np.maximum(usual.sum(axis=1), 1e-9)
    for index in np.flatnonzero(usual.sum(axis=1) > 0):
        since = int(days[index] - np.floor(phase.start_d))
        yield _row(phase.name, "day", since, float(np.log(max(whole[index], 1e-9))), float(sd[index]))


def _row(phase: str, cut: str, since: int, mean: float, sd: float) -> dict[str, object]:
    bounds = {"log_lift": mean, "low": mean - TENTH * sd, "high": mean + TENTH * sd}
    return {"phase": phase, "cut": cut, "since": since, "promotion": "", "start": pd.NaT} | bounds


def _sd(model: QueueModel, days: Ints) -> Floats:
    """Sd of the promotions' part of the days' log level, given all that was observed."""
    table = model.setting.table
    coming, known = table.take(days), table.take(model.level.observed.days)
    own = promotion_part(model, coming, coming)
    _, covariance = posterior(model.level.solved, promotion_part(model, coming, known), own)
    return np.asarray(np.sqrt(np.maximum(np.diag(covariance), 0.0)))


def _earlier(model: QueueModel, phase: Phase, usual: Floats) -> Iterator[dict[str, object]]:
    """What came over what was usual, by hour and by day since the start of an earlier phase, at intensity 1."""
    offered = model.setting.series.offered
    days, slots = offered.shape
    known = ~np.isnan(offered) & ~np.isnan(usual)
    start = model.setting.series.first + pd.Timedelta(minutes=round(phase.start_d * 1440))
    first, last = int(np.floor(phase.start_d)), int(np.ceil(phase.end_d))
    rows = np.arange(max(first - LEAD_DAYS, 0), min(last + AFTER_DAYS, days))
    hours = np.floor(rows[:, None] * 24 + (np.arange(slots) + 0.5) * 24 / slots - phase.start_d * 24).astype(int)
    within = (hours >= 0) & (hours < min(LONGEST_H, (phase.end_d - phase.start_d) * 24)) & known[rows]
    since_day = np.broadcast_to((rows - first)[:, None], hours.shape)
    for cut, step, here in (("hour", hours, within), ("day", since_day, known[rows])):
        for since in np.unique(step[here]):
            own = here & (step == since)
            expected = float(usual[rows][own].sum())
            if expected >= LEAST_USUAL and phase.intensity > 0:
                lift = float(np.log((offered[rows][own].sum() + 0.5) / expected)) / phase.intensity
                told = {"phase": phase.name, "cut": cut, "since": int(since), "promotion": phase.promotion}
                yield told | {"start": start, "log_lift": lift, "usual": expected}
