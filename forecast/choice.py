"""Which model forecasts a queue: ours, or a simple one that its own past origins prove better.

At the last weekly origins ours, as rolled on its fitted scales, and the simple models that cost little foretell the
week ahead. Errors are of sums over so many slots in a row that a dozen inquiries are usual in them, at most a day:
where most slots have none or one, the absolute error of a slot is least for who always foretells none. A simple model
is chosen only if its error is lower by more than three per cent and by more than one and a half standard errors of the
paired differences, and only where no promotion is to come, of which it would know nothing; a wanted one is taken
whatever the trial says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from forecast.daylevel import Ahead, roll
from forecast.level import Level
from forecast.rival import RIVALS
from forecast.series import Floats, Ints
from forecast.setting import Setting
from forecast.tuning import AHEAD_DAYS, weekly_origins

OURS, AUTO = "peakdesk", "auto"
CHEAP = ("mean4", "median6", "naive")
"""Models that are tried; the regressions are there by name only."""
ORIGINS, FEWEST_ORIGINS = 13, 6
LEAST_GAIN, LEAST_SIGMAS = 0.03, 1.5
USUAL_SD = 0.2
LARGEST_SD = 0.6
USUAL_COUNT = 12.0
"""Inquiries usual in the slots whose sum is judged."""


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """One simple model against ours: WAPE of both over the same sums of slots, and the share of origins that it won."""

    model: str
    origins: int
    wape_ours: float
    wape: float
    wins: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The model of a queue, and why.

    Parameters
    ----------
    model : its name. trials : that led to it. by_hand : whether a person chose it.
    day_sd : log sd of a simple model's day totals.
    ours : where it is a simple one, what ours says of the days of promotions to come, by number.
    """

    model: str
    trials: tuple[ModelTrial, ...] = ()
    day_sd: float = USUAL_SD
    by_hand: bool = False
    ours: Mapping[int, float] = field(default_factory=dict)


def choose(setting: Setting, level: Level, wanted: str) -> Choice:
    """Choose the model of a queue; ``wanted`` is a model's name, or ``auto``."""
    rolled = roll(level.solved, np.diag(level.prior), weekly_origins(len(setting.past), ORIGINS), AHEAD_DAYS)
    if wanted == OURS or (wanted == AUTO and len(rolled) < FEWEST_ORIGINS):
        return Choice(OURS)
    names = CHEAP if wanted == AUTO else tuple(name for name in CHEAP if name == wanted)
    days = np.unique(np.concatenate([level.observed.days[ahead.rows] for ahead in rolled] or [np.zeros(0, np.int64)]))
    foretold = {name: RIVALS[name](setting, days) for name in names}
    trials = [_trial(setting, level, rolled, days, name, foretold[name]) for name in names if rolled]
    good = [trial for trial in trials if trial.chosen]
    model = wanted if wanted != AUTO else min(good, key=lambda trial: trial.wape).model if good else OURS
    if wanted == AUTO and setting.to_come.any():
        model = OURS
    told = tuple(_told(trial, model) for trial in trials)
    day_sd = _day_sd(setting, days, foretold[model]) if model in foretold else USUAL_SD
    return Choice(model, told, day_sd, by_hand=wanted != AUTO)


def _told(trial: ModelTrial, model: str) -> ModelTrial:
    return ModelTrial(trial.model, trial.origins, trial.wape_ours, trial.wape, trial.wins, trial.model == model)


def _trial(
    setting: Setting, level: Level, rolled: Sequence[Ahead], days: Ints, name: str, foretold: Floats
) -> ModelTrial:
    """Errors of both at every origin; ``foretold`` by the simple model on ``days``."""
    ours, theirs, counts = [], [], []
    slots = _slots_together(setting.series.offered[days])
    for ahead in rolled:
        day = level.observed.days[ahead.rows]
        came = setting.series.offered[day]
        ours.append(_missed(_hours(level, setting, ahead, day) - came, slots))
        theirs.append(_missed(foretold[np.searchsorted(days, day)] - came, slots))
        counts.append(float(np.nansum(came)))
    gain, total = np.array(ours) - np.array(theirs), max(sum(counts), 1.0)
    spread = float(gain.std(ddof=1) / np.sqrt(len(gain))) if len(gain) > 1 else float("inf")
    better = sum(theirs) < (1 - LEAST_GAIN) * sum(ours) and float(gain.mean()) > LEAST_SIGMAS * spread
    return ModelTrial(name, len(gain), sum(ours) / total, sum(theirs) / total, float((gain > 0).mean()), better)


def _slots_together(offered: Floats) -> int:
    """Slots in a row that usually hold ``USUAL_COUNT`` inquiries; all of a day at most."""
    known = ~np.isnan(offered)
    usual = float(offered[known].mean()) if known.any() else 0.0
    return int(np.clip(np.ceil(USUAL_COUNT / max(usual, 1e-9)), 1, offered.shape[1]))


def _missed(over: Floats, slots: int) -> float:
    """Absolute errors of the sums over so many slots in a row; ``over`` is too much by day and slot."""
    sums = np.add.reduceat(np.nan_to_num(over), np.arange(0, over.shape[1], slots), axis=1)
    return float(np.abs(sums).sum())


def _hours(level: Level, setting: Setting, ahead: Ahead, day: Ints) -> Floats:
    """What ours foretold of the slots of the days ``day``."""
    then = level.profile.of_past(setting.kind[setting.past])[day]
    shares = np.where(np.isnan(level.profile.shares[day]), then, level.profile.shares[day])
    return np.asarray(level.exposure[day] * shares * np.exp(ahead.mean + level.observed.offset)[:, None])


def _day_sd(setting: Setting, days: Ints, foretold: Floats) -> float:
    """Robust sd of the log of a day's total over what was foretold of it."""
    came = np.nansum(setting.series.offered[days], axis=1)
    expected = np.where(np.isnan(setting.series.offered[days]), 0.0, foretold).sum(axis=1)
    good = (came > 0) & (expected > 0)
    if good.sum() < AHEAD_DAYS:
        return USUAL_SD
    miss = np.log(came[good] / expected[good])
    return float(min(1.4826 * np.median(np.abs(miss - np.median(miss))), LARGEST_SD))
