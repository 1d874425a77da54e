"""Days that the model found odd, for an analyst to judge: outliers, outages, and shifts of the level."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from desk import Desk
from desk.frames import empty_frame
from forecast.daylevel import left_out_precision
from forecast.queue import QueueModel
from forecast.series import Bools, Floats, Ints
from forecast.silence import silent_runs

PLAIN_SD, ABSURD_SD = 4.0, 15.0
"""A day is odd from so many of its queue's usual deviations on; one of a promotion only where it is absurd."""
BELIEVED_DAYS = 30.0
"""How far days of a kind scatter is believed by n / (n + 30), n their number."""
TO_SD = 1.4826
"""Of the median absolute deviation."""
LEAST_USUAL = 0.3
"""Usual deviations are taken to be at least this part of what the model expects of them."""
COLUMNS = ("queue", "date", "found", "verdict", "offered", "usual", "note")


def outlying(model: QueueModel) -> Ints:
    """Numbers of the queue's own days that lie plainly beyond what its days scatter and that nobody has explained."""
    setting, days = model.setting, model.level.observed.days
    on_event, own = setting.on_event[days], days >= setting.series.borrowed
    far = model.level.observed.apart
    usual = _usual_distance(far, setting.kind[days], own & ~on_event & (model.level.expected > 0))
    odd = days[own & (far > usual * np.where(on_event, ABSURD_SD, PLAIN_SD))]
    return np.asarray(np.setdiff1d(odd, np.concatenate([setting.explained, setting.ordinary])))


def _usual_distance(far: Floats, kind: Ints, among: Bools) -> Floats:
    """How far, in sd, days of each day's kind usually lie, from the days ``among``, drawn to all by their number."""
    if not among.any():
        return np.ones(len(far))
    overall = max(TO_SD * float(np.median(far[among])), LEAST_USUAL)
    found = np.full(len(far), overall)
    for own in np.unique(kind[among]):
        alike = far[among & (kind == own)]
        belief = len(alike) / (len(alike) + BELIEVED_DAYS)
        usual = max(TO_SD * float(np.median(alike)), LEAST_USUAL)
        found[kind == own] = usual**belief * overall ** (1 - belief)
    return found


def usual_days(model: QueueModel) -> Floats:
    """What all other days make of each observed one, in the slots that were counted."""
    level = model.level
    expected_log = level.observed.z - level.solved.alpha / left_out_precision(level.solved.factor)
    return np.asarray(level.expected * np.exp(level.observed.offset + expected_log))


def silent_days(model: QueueModel) -> Ints:
    """Numbers of the observed days in which a run of slots saw next to nothing of what it usually sees."""
    level, offered = model.level, model.setting.series.offered
    rows = level.observed.days
    shape = level.profile.of_past(model.setting.kind[model.setting.past])
    base = np.where(np.isnan(offered[rows]), 0.0, (level.exposure * shape)[rows])
    total = base.sum(axis=1, keepdims=True)
    usual = base / np.where(total > 0, total, 1.0) * usual_days(model)[:, None]
    silent = silent_runs(offered[rows], usual).any(axis=1)
    return np.asarray(rows[silent & (rows >= model.setting.series.borrowed)])


def odd_days(
    desk: Desk, models: Mapping[str, QueueModel | None], shifts: Mapping[str, list[tuple[int, float]]]
) -> pd.DataFrame:
    """Rows of table ``verdicts``: those that were judged as they stand, and those that wait for a verdict.

    Parameters
    ----------
    shifts : per queue the number of the day of each shift of the level, and its log size.
    """
    judged = desk.table("verdicts")
    known = {(str(row.queue), row.date, str(row.found)) for row in judged.itertuples()}
    rows = [row for queue, model in models.items() if model is not None for row in _odd(model, shifts[queue])]
    fresh = [row for row in rows if (row["queue"], row["date"], row["found"]) not in known]
    both = [*judged[list(COLUMNS)].to_dict("records"), *fresh]
    frame = pd.DataFrame(both, columns=list(COLUMNS)).sort_values(["queue", "date", "found"], ignore_index=True)
    return frame.astype(empty_frame("verdicts", desk.settings.timezone).dtypes.to_dict())[list(COLUMNS)]


def _odd(model: QueueModel, shifts: list[tuple[int, float]]) -> Iterator[dict[str, object]]:
    observed = model.level.observed
    usual = dict(zip(observed.days.tolist(), usual_days(model).tolist(), strict=True))
    silent, odd = set(silent_days(model).tolist()), set(outlying(model).tolist())
    told = set(np.concatenate([model.setting.ordinary, model.setting.explained]).tolist())
    for day in sorted((silent | odd) - told):
        yield _row(model, day, "outage" if day in silent else "outlier", usual[day])
    for day, size in shifts:
        if day not in set(model.setting.shift.tolist()):
            near = observed.days[np.argmin(np.abs(observed.days - day))]
            yield _row(model, day, "shift", usual[int(near)] * float(np.exp(-size)))
    if model.level.new is not None:
        day, size = model.level.new
        yield _row(model, day, "shift", float(model.setting.series.totals[day] * np.exp(-size)))


def _row(model: QueueModel, day: int, found: str, usual: float) -> dict[str, object]:
    series = model.setting.series
    row: dict[str, object] = {"queue": series.queue, "date": series.days[day], "found": found, "verdict": None}
    return row | {"offered": float(series.totals[day]), "usual": round(usual, 1), "note": None}
