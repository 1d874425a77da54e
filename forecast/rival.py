"""Simple forecasters by name, to be beaten: each gives one number per day and slot."""

import warnings
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from forecast.series import Bools, Floats, Ints
from forecast.setting import Setting

WEEK = 7
GLM_WEEKS = 26
GLM_HALF_LIFE_D = 42.0
GLM_TINY = 0.05
"""Added to every count, so that a slot in which nothing ever came has a finite log rate."""
LEAST_DISPERSION = 1e-4

Rival = Callable[[Setting, Ints], Floats]
"""Setting of a queue and numbers of days to forecast -> inquiries, shape (day, slot)."""


def last_weeks(setting: Setting, days: Ints, weeks: int, how: Callable[..., Floats]) -> Floats:
    """``how`` over the last ``weeks`` days of the same weekday on which something was counted."""
    offered = setting.series.offered
    counted = np.flatnonzero(~np.isnan(offered).all(axis=1))
    blank = np.full((1, offered.shape[1]), np.nan)
    rows = np.full((len(days), weeks), len(offered))
    for row, day in enumerate(days):
        own = counted[(counted % WEEK == day % WEEK) & (counted < day)][-weeks:]
        rows[row, : len(own)] = own
    return _over(np.concatenate([offered, blank])[rows], how)


def _over(rows: Floats, how: Callable[..., Floats]) -> Floats:
    """``how`` per day and slot over the weeks in which it was counted, ``rows`` of shape (day, week, slot); 0 where it
    never was."""
    never = np.asarray(np.isnan(rows).all(axis=1))
    return np.where(never, 0.0, how(np.where(never[:, None], 0.0, rows), axis=1))


def naive(setting: Setting, days: Ints) -> Floats:
    """The last same weekday."""
    return last_weeks(setting, days, 1, np.nanmean)


def mean4(setting: Setting, days: Ints) -> Floats:
    """Mean of the last four same weekdays."""
    return last_weeks(setting, days, 4, np.nanmean)


def median6(setting: Setting, days: Ints) -> Floats:
    """Median of the last six same weekdays."""
    return last_weeks(setting, days, 6, np.nanmedian)


def glm(setting: Setting, days: Ints) -> Floats:
    """Poisson regression of counts on weekday x slot and holiday, weights halving in six weeks (statsmodels GLM)."""
    return _regression(setting, days, dispersed=False)


def negbin(setting: Setting, days: Ints) -> Floats:
    """The same with negative binomial counts: busy hours weigh less where they scatter more than Poisson."""
    return _regression(setting, days, dispersed=True)


def _regression(setting: Setting, days: Ints, *, dispersed: bool) -> Floats:
    offered = setting.series.offered
    rows = np.arange(max(len(offered) - GLM_WEEKS * WEEK, 0), len(offered))
    known = ~np.isnan(offered[rows])
    age = np.repeat(len(offered) - rows, offered.shape[1])[known.ravel()]
    columns = _occurring(setting, rows, known)
    design = _design(setting, rows, known, columns)
    counts = offered[rows][known] + GLM_TINY
    weights = 0.5 ** (age / GLM_HALF_LIFE_D)
    effects = _effects(counts, design, weights, dispersed=dispersed)
    ahead = _design(setting, days, np.ones((len(days), offered.shape[1]), dtype=bool), columns)
    foretold = np.exp(ahead @ effects) * (ahead[:, columns < 7 * offered.shape[1]].sum(axis=1) > 0)
    return np.asarray(foretold.reshape(len(days), offered.shape[1]))


def _effects(counts: Floats, design: Floats, weights: Floats, *, dispersed: bool) -> Floats:
    """Log effects of the columns of ``design``; a perfect fit is no fault, nor that none of its scatter is left."""
    from statsmodels.genmod.families import NegativeBinomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    of_none: Literal["ignore", "warn"] = "ignore" if len(counts) <= design.shape[1] else "warn"
    with warnings.catch_warnings(), np.errstate(divide=of_none, invalid=of_none):
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = GLM(counts, design, family=Poisson(), var_weights=weights).fit()
        if dispersed:
            mu = fitted.fittedvalues
            excess = float(np.average(((counts - mu) ** 2 - mu) / mu**2, weights=weights * mu))
            family = NegativeBinomial(alpha=max(excess, LEAST_DISPERSION))
            fitted = GLM(counts, design, family=family, var_weights=weights).fit(start_params=fitted.params)
    return np.asarray(fitted.params, dtype=np.float64)


def _occurring(setting: Setting, days: Ints, wanted: Bools) -> Ints:
    """Cells (weekday x slot, and last the holiday) that occur among the wanted slots, so that all can be told apart."""
    holiday = np.broadcast_to(setting.kinds.is_holiday[days][:, None], wanted.shape)
    on, off = (_cells(setting, days, wanted & own) for own in (holiday, ~holiday))
    cells = np.union1d(on, off)
    return np.append(cells, 7 * wanted.shape[1]) if np.isin(on, off).any() else cells


def _cells(setting: Setting, days: Ints, wanted: Bools) -> Ints:
    weekday = np.asarray(setting.days[days].day_of_week, dtype=np.int64)
    return np.asarray((weekday[:, None] * wanted.shape[1] + np.arange(wanted.shape[1]))[wanted])


def _design(setting: Setting, days: Ints, wanted: Bools, columns: Ints) -> Floats:
    """Dummies of the cells ``columns``, one row a wanted slot."""
    found = (_cells(setting, days, wanted)[:, None] == columns).astype(np.float64)
    if columns[-1] == 7 * wanted.shape[1]:
        found[:, -1] = np.broadcast_to(setting.kinds.is_holiday[days][:, None], wanted.shape)[wanted]
    return np.asarray(found)


RIVALS: Mapping[str, Rival] = {"naive": naive, "mean4": mean4, "median6": median6, "glm": glm, "negbin": negbin}
"""Rivals by name."""
