"""Rolling-origin back-test: what would have been forecast, with what was known then, against what came."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from desk import Desk, Finding, InputError, Progress
from desk.grid import at_clock
from desk.nouns import Report
from desk.settings import Horizon
from forecast.metric import LEVELS, scores
from forecast.model import fit
from forecast.rival import RIVALS, WEEK
from forecast.series import Floats, Series, queue_series
from forecast.setting import setting_of
from forecast.spread import places

OURS = "peakdesk"
MODELS = (OURS, "mean4", "naive", "median6")
METRICS = ("wape", "bias", "mase", "pinball", "coverage80", "coverage95", "floor")
ALL = "all"
FEWEST_DAYS = 14


def backtest(
    desk: Desk,
    *,
    horizon_days: int = 7,
    origins: int = 8,
    models: Sequence[str] | None = None,
    report: Report | None = None,
) -> pd.DataFrame:
    """Judge models by weekly origins counted back from the end of the history.

    Parameters
    ----------
    horizon_days : days ahead that every origin forecasts.
    origins : number of origins, a week apart; fewer where the history is too short.
    models : names among ``peakdesk, mean4, naive, median6, glm``; the first four where not given.
    report : called after each origin; returning False stops with what is there.

    Returns
    -------
    One row per model and queue, and per model one of queue ``all``: ``wape, bias, floor`` (shares), ``mase``,
    ``pinball`` (inquiries), ``coverage80, coverage95`` (shares; missing for models without intervals).

    Notes
    -----
    Each origin sees history and measured drivers before it, every promotion, and for the days ahead the planned
    drivers where plan rows exist, else the measured ones as if they had been planned. Overrides are left out.

    Raises
    ------
    InputError : an unknown model name.
    """
    names = tuple(models or MODELS)
    known = (OURS, *RIVALS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(Finding("unknown_model", value=name, facts={"known": ", ".join(known)}) for name in unknown)
    return scored(pd.concat([_EMPTY, *rolling(desk, names, horizon_days, origins, report)], ignore_index=True))


def scored(rows: pd.DataFrame) -> pd.DataFrame:
    """Measures per model and queue from the rows of ``rolling``."""
    found = []
    for model, own in rows.groupby("model", sort=False):
        groups = [*own.groupby("queue", sort=False), (ALL, own)]
        found += [{"model": model, "queue": queue} | scores(part) for queue, part in groups]
    return pd.DataFrame(found, columns=["model", "queue", *METRICS])


_QUANTILES = [f"q{level}" for level in LEVELS]
_COLUMNS = ["origin", "model", "queue", "start", "actual", "mean", "point", "naive_error", *_QUANTILES]
_EMPTY = pd.DataFrame(columns=_COLUMNS)


def rolling(
    desk: Desk, models: Sequence[str], horizon_days: int, origins: int, report: Report | None = None
) -> Iterator[pd.DataFrame]:
    """For each origin, oldest first, every model's forecast beside what came: one row per model, queue and interval
    that was counted."""
    every = {queue: queue_series(desk, queue) for queue in desk.settings.queues}
    actual = {queue: series for queue, series in every.items() if series is not None}
    days = _origin_days(actual.values(), horizon_days, origins)
    for index, day in enumerate(days):
        yield _one_origin(known_at(desk, day, horizon_days), actual, models, day)
        if report is not None and not report(Progress("forecast.phase.backtest", (index + 1) / len(days))):
            return


def _origin_days(actual: Iterable[Series], horizon_days: int, origins: int) -> list[pd.Timestamp]:
    """Origins at weekly distance back from the last that leaves ``horizon_days``, oldest first."""
    own = list(actual)
    if not own:
        return []
    end = max(series.days[np.flatnonzero(~np.isnan(series.offered).all(axis=1))[-1]] for series in own)
    first = min(series.first for series in own) + pd.Timedelta(days=FEWEST_DAYS)
    last = end + pd.Timedelta(days=1 - horizon_days)
    days = [last - pd.Timedelta(days=WEEK * index) for index in range(origins)]
    return [day for day in reversed(days) if day >= first]


def known_at(desk: Desk, day: pd.Timestamp, horizon_days: int) -> Desk:
    """The desk as it was at midnight of ``day``, with the next ``horizon_days`` as its horizon."""
    until = day + pd.Timedelta(days=horizon_days)
    moment, end = (at_clock(midnight, 0, desk.settings.timezone) for midnight in (day, until))
    horizon = Horizon(start=day.date(), end=until.date())
    tables = {name: frame for name, frame in desk.tables.items() if name != "overrides"}
    history = desk.table("history")
    tables["history"] = history[history["start"] < moment]
    if desk.has("drivers"):
        tables["drivers"] = _drivers_at(desk.table("drivers"), moment, end)
    return replace(desk, settings=desk.settings.model_copy(update={"horizon": horizon}), tables=tables)


def _drivers_at(drivers: pd.DataFrame, moment: pd.Timestamp, until: pd.Timestamp) -> pd.DataFrame:
    """Measured rows before ``moment``, all plans, and measured rows of the days ahead as plans where none exists."""
    measured = drivers["basis"] == "actual"
    planned_days = set(drivers.loc[~measured, "start"].dt.normalize())
    ahead = drivers[measured & (drivers["start"] >= moment) & (drivers["start"] < until)]
    bare = ahead[~ahead["start"].dt.normalize().isin(planned_days)].assign(basis="plan")
    found: pd.DataFrame = pd.concat([drivers[~measured | (drivers["start"] < moment)], bare], ignore_index=True)
    return found


def _one_origin(known: Desk, actual: dict[str, Series], models: Sequence[str], day: pd.Timestamp) -> pd.DataFrame:
    starts, parts = known.starts, []
    forecast = fit(known).predict() if OURS in models else None
    for queue, whole in actual.items():
        past = queue_series(known, queue)
        if past is None:
            continue
        where = places(starts, whole.first, whole.step_min, known.settings.interval_min)
        inside = where.day < len(whole.offered)
        came = np.where(inside, whole.offered[np.minimum(where.day, len(whole.offered) - 1), where.slot], np.nan)
        base = {"origin": day, "queue": queue, "start": starts, "actual": came / where.parts}
        base["naive_error"] = _naive_error(past) / where.parts
        if forecast is not None:
            own = forecast.paths[:, :, forecast.queues.index(queue)].astype(np.float64)
            parts.append(_rows(OURS, base, own.mean(axis=0), np.quantile(own, LEVELS, axis=0).T))
        setting = setting_of(known, past, pd.Timestamp(known.settings.horizon.end) - pd.Timedelta(days=1))
        days = np.unique(where.day)
        for name in models:
            if name in RIVALS:
                foretold = RIVALS[name](setting, days)[where.day - days[0], where.slot] / where.parts
                parts.append(_rows(name, base, foretold, np.repeat(foretold[:, None], len(LEVELS), axis=1)))
    rows = pd.concat(parts, ignore_index=True) if parts else _EMPTY
    return rows[rows["actual"].notna()]


def _rows(model: str, base: dict[str, object], mean: Floats, quantiles: Floats) -> pd.DataFrame:
    point = quantiles[:, LEVELS.index(0.5)]
    found = pd.DataFrame(base | {"model": model, "mean": mean, "point": point})
    found[_QUANTILES] = quantiles
    return found[_COLUMNS]


def _naive_error(past: Series) -> float:
    """Mean absolute error of the weekly naive forecast within the history."""
    error = np.abs(past.offered[WEEK:] - past.offered[:-WEEK])
    known = error[~np.isnan(error)]
    return float(known.mean()) if len(known) else float("nan")
