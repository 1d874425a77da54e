"""The day level of a series against an exposure: profile, observations, scales, and the process given them."""

from dataclasses import dataclass, replace

import numpy as np

from forecast.calibration import Width, day_width
from forecast.covariance import DayTable, Parts, Scales, parts, rescaled
from forecast.daylevel import Observed, Solved, observe, solve
from forecast.event_lift import past_lifts
from forecast.profile import Profile, fit_profile
from forecast.regular import Key, find_regular, regular_days, turned_weekdays, which_days, with_regular
from forecast.series import Floats
from forecast.setting import KINDS, Setting
from forecast.shift import find_fading, find_new, find_shifts
from forecast.step import Shift, shifted
from forecast.tuning import Past, tune, weekly_origins
from forecast.unlike import unlike_scale

CALIBRATION_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Level:
    """A fitted day level.

    Parameters
    ----------
    exposure : what it was fitted against, shape (day, slot), past days.
    profile : how a day spreads over its slots.
    observed : the counted days as observations.
    expected : inquiries expected at log level 0 on the counted days, in the slots counted.
    scales : strength of each part.
    prior : covariance of the counted days' levels.
    solved : the process given the observations.
    width : how wide past origins had to be.
    shifts : how the level shifted.
    regular : days of month or fortnight that differ.
    new : first day and log size of a change too young to be known from one that passes; None where there is none.
    """

    exposure: Floats
    profile: Profile
    observed: Observed
    expected: Floats
    scales: Scales
    prior: Floats
    solved: Solved
    width: Width
    shifts: tuple[Shift, ...]
    regular: tuple[Key, ...] = ()
    new: tuple[int, float] | None = None

    def table(self, setting: Setting) -> DayTable:
        """What is known of the days of ``setting``, with what was found of this past."""
        return _table(setting, self.shifts, self.regular)


def day_parts(setting: Setting) -> Parts:
    """Covariance parts among the counted days of the past."""
    days = np.flatnonzero(setting.series.counted)
    counted, lifts = setting.table.take(days), past_lifts(setting.phases, len(setting.past))
    whole = len(days) == len(setting.past)
    kept = {name: own if whole else own[np.ix_(days, days)] for name, own in lifts.items()}
    return replace(parts(counted, counted), kept=kept)


def fit_level(
    setting: Setting, found: Parts, exposure: Floats, start: Scales, *, tuned: bool = True, doubt: Floats | None = None
) -> Level:
    """Fit the day level.

    Parameters
    ----------
    found : ``day_parts`` of the setting.
    exposure : shape (day, slot) of the past; a day with 0 throughout is not used.
    start : scales to begin with.
    tuned : whether past origins choose the scales.
    doubt : variance of the log of each past day's exposure; none where not told.
    """
    series, past = setting.series, setting.past
    days = np.flatnonzero(series.counted)
    kind, on_event = setting.kind[past], setting.on_event[past]
    profile = fit_profile(series.offered, exposure, kind, KINDS, on_event, setting.apart)
    known = ~np.isnan(series.offered)
    expected = (np.where(known, exposure, 0.0) * profile.of_past(kind)).sum(axis=1)[days]
    prior = rescaled(found.usual(), found, Scales(), start)
    trusted = np.isin(days, setting.ordinary)
    unsure = np.zeros(len(days)) if doubt is None else doubt[days]
    observed = observe(days, series.totals[days], expected, prior, start.noise, trusted, unsure)
    solved = solve(observed, prior, start.noise)
    shifts = find_shifts(solved, prior, start.noise, setting.shift, setting.steady)
    if shifts:
        prior = prior + start.shift**2 * shifted(days, shifts)
        observed = observe(days, series.totals[days], expected, prior, start.noise, trusted, unsure)
        solved = solve(observed, prior, start.noise)
    fading = find_fading(solved, shifts)
    if fading:
        prior, shifts = prior + start.shift**2 * shifted(days, fading), (*shifts, *fading)
        observed = observe(days, series.totals[days], expected, prior, start.noise, trusted, unsure)
        solved = solve(observed, prior, start.noise)
    new = find_new(solved, shifts, ~(on_event | setting.kinds.is_holiday[past])[days], setting.steady)
    regular = _regular(setting, solved, prior, start)
    table = _table(setting, shifts, regular).take(days)
    moved = replace(found, a=table, b=table)
    if regular:
        prior = prior + start.month**2 * (moved["month"] - found["month"])
        observed = observe(days, series.totals[days], expected, prior, start.noise, trusted, unsure)
        solved = solve(observed, prior, start.noise)
    scales = start
    if tuned:
        with_events = bool(on_event.any())
        scales = tune(moved, prior, observed, Past(series.totals[days], expected), start, with_events)
        prior = rescaled(prior, moved, start, scales)
    if scales != start:
        solved = solve(observed, prior, scales.noise)
    unlike = unlike_scale(found, prior, solved, scales)
    if unlike:
        scales, prior = replace(scales, unlike=unlike), prior + unlike**2 * found["unlike"]
        observed = observe(days, series.totals[days], expected, prior, scales.noise, trusted, unsure)
        solved = solve(observed, prior, scales.noise)
    origins = weekly_origins(len(past), CALIBRATION_WEEKS)
    width = day_width(solved, np.diag(prior), scales.noise, kind, KINDS, on_event, origins)
    return Level(exposure, profile, observed, expected, scales, prior, solved, width, shifts, regular, new)


def _table(setting: Setting, shifts: tuple[Shift, ...], regular: tuple[Key, ...]) -> DayTable:
    month = setting.table.month
    if regular:
        month = with_regular(month, [which_days(key, setting.days, setting.country) for key in regular])
    return replace(setting.table, shifts=shifts, month=month)


def _regular(setting: Setting, solved: Solved, prior: Floats, scales: Scales) -> tuple[Key, ...]:
    days = regular_days(setting.days[0], setting.days[-1], setting.country)
    own = solved.observed.days
    found = find_regular(solved, prior, scales.noise, days, ~setting.on_event[own])
    return found + turned_weekdays(solved, scales.noise, setting.table.weekday[own], ~setting.apart[own])
