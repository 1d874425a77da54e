"""The past forecast again: at each origin what was known then, every model's forecast, and what came."""

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Literal

import numpy as np
import pandas as pd

from desk import Desk, Progress
from desk.grid import at_clock
from desk.nouns import Report
from desk.settings import Horizon
from forecast.known import drivers_known, history_known
from forecast.metric import LEVELS
from forecast.model import fit
from forecast.pool import deaf_from_birth, one_thread_each
from forecast.rival import RIVALS, WEEK
from forecast.series import Floats, Series, every_series
from forecast.setting import setting_of
from forecast.spread import Places, first_parts, places

OURS = "peakdesk"
FEWEST_DAYS = 14
PHASE = "forecast.phase.backtest"
QUANTILES = [f"q{level}" for level in LEVELS]
COLUMNS = ["origin", "model", "queue", "start", "actual", "mean", "point", "naive_error", "below", "upto", *QUANTILES]

Basis = Literal["plan", "actual"]
"""Which drivers the days ahead have: as planned then, or as they came."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every origin is asked for.

    Parameters
    ----------
    desk : with the whole history.
    models : names.
    horizon_days : days ahead.
    drivers : basis of the drivers of the days ahead.
    kept : what came, once asked for: every origin asks the same.
    """

    desk: Desk
    models: tuple[str, ...]
    horizon_days: int
    drivers: Basis
    kept: dict[str, Series] = field(default_factory=dict)

    def came(self) -> dict[str, Series]:
        """The whole history of every queue that has one."""
        if not self.kept:
            self.kept.update((queue, own) for queue, own in every_series(self.desk).items() if own is not None)
        return self.kept


def rolling(task: Task, origins: int, workers: int = 1, report: Report | None = None) -> Iterator[pd.DataFrame]:
    """For each origin, in the order in which they are done, one row per model, queue and row of the history.

    Parameters
    ----------
    origins : number of weekly origins, counted back from the end of the history.
    workers : processes that share the origins; the rows do not depend on it.
    report : called at the start and after each origin; returning False stops with what is there.

    Returns
    -------
    Frames of ``COLUMNS``: ``below`` and ``upto`` are the shares of paths below, and not above, what came.
    """
    days = origins_of(task, origins)
    if report is not None and not report(Progress(PHASE, 0.0)):
        return
    done = _parallel(task, days, workers) if workers > 1 and len(days) > 1 else (one_origin(task, day) for day in days)
    for index, rows in enumerate(done):
        yield rows
        if report is not None and not report(Progress(PHASE, (index + 1) / len(days))):
            return


def origins_of(task: Task, origins: int) -> list[pd.Timestamp]:
    """The days of the weekly origins, oldest first; fewer than ``origins`` where the history is short."""
    return origin_days(task.came().values(), task.horizon_days, origins)


def origin_days(actual: Iterable[Series], horizon_days: int, origins: int) -> list[pd.Timestamp]:
    """Origins at weekly distance back from the last that leaves ``horizon_days``, oldest first."""
    own = list(actual)
    if not own:
        return []
    end = max(series.days[np.flatnonzero(series.counted)[-1]] for series in own)
    first = min(series.first for series in own) + pd.Timedelta(days=FEWEST_DAYS)
    last = end + pd.Timedelta(days=1 - horizon_days)
    days = [last - pd.Timedelta(days=WEEK * index) for index in range(origins)]
    return [day for day in reversed(days) if day >= first]


def _parallel(task: Task, days: Sequence[pd.Timestamp], workers: int) -> Iterator[pd.DataFrame]:
    """The origins spread over processes of one thread each; Ctrl-C is the caller's to hear."""
    with one_thread_each():
        pool = ProcessPoolExecutor(min(workers, len(days)), get_context("spawn"), _begin, (replace(task, kept={}),))
        with deaf_from_birth():
            waiting: list[Future[pd.DataFrame]] = [pool.submit(_next, day) for day in days]
        try:
            yield from (future.result() for future in as_completed(waiting))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_TASK: list[Task] = []
"""In a worker process: the task, handed over once."""


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _TASK.append(task)


def _next(day: pd.Timestamp) -> pd.DataFrame:
    return one_origin(_TASK[-1], day)


def known_at(desk: Desk, day: pd.Timestamp, horizon_days: int, drivers: Basis = "plan") -> Desk:
    """The desk as it was at midnight of ``day``, with the next ``horizon_days`` as its horizon.

    Parameters
    ----------
    drivers : ``plan`` leaves plans as the only word on the days ahead, ``actual`` gives what was measured on them.
    """
    until = day + pd.Timedelta(days=horizon_days)
    moment, end = (at_clock(midnight, 0, desk.settings.timezone) for midnight in (day, until))
    horizon = Horizon(start=day.date(), end=until.date())
    tables = {name: frame for name, frame in desk.tables.items() if name != "overrides"}
    tables["history"] = history_known(desk, moment)
    if desk.has("superseded_drivers"):
        old = desk.table("superseded_drivers")
        tables["superseded_drivers"] = old[old["recorded_at"] <= moment]
    if desk.has("drivers"):
        table, measured_until = drivers_known(desk, moment), end if drivers == "actual" else moment
        tables["drivers"] = table[(table["basis"] != "actual") | (table["start"] < measured_until)]
    return replace(desk, settings=desk.settings.model_copy(update={"horizon": horizon}), tables=tables)


def one_origin(task: Task, day: pd.Timestamp) -> pd.DataFrame:
    """Every model's forecast from ``day`` on beside what came, each queue on the rows of its history."""
    known = known_at(task.desk, day, task.horizon_days, task.drivers)
    forecast = fit(known).predict() if OURS in task.models else None
    parts: list[pd.DataFrame] = []
    pasts = every_series(known)
    for queue, whole in task.came().items():
        past = pasts[queue]
        if past is None:
            continue
        where = places(known.starts, whole.first, whole.step_min, known.settings.interval_min)
        first = first_parts(where)
        where = where.take(first)
        base = _base(day, queue, known.starts[first], _came(whole, where), _naive_error(past))
        if forecast is not None:
            paths = forecast.paths[:, :, forecast.queues.index(queue)].astype(np.float64)
            parts.append(_ours(base, np.add.reduceat(paths, first, axis=1)))
        parts += [_rival(base, name, known, past, where) for name in task.models if name in RIVALS]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    return rows[rows["actual"].notna()]


def _came(whole: Series, where: Places) -> Floats:
    inside = where.day < len(whole.offered)
    slots = whole.offered[np.minimum(where.day, len(whole.offered) - 1), where.slot]
    return np.asarray(np.where(inside, slots, np.nan))


def _base(
    day: pd.Timestamp, queue: str, starts: pd.DatetimeIndex, came: Floats, naive_error: float
) -> Mapping[str, object]:
    return {"origin": day, "queue": queue, "start": starts, "actual": came, "naive_error": naive_error}


def _ours(base: Mapping[str, object], paths: Floats) -> pd.DataFrame:
    came = np.asarray(base["actual"])
    shares = {"below": (paths < came).mean(axis=0), "upto": (paths <= came).mean(axis=0)}
    return _rows(OURS, dict(base) | shares, paths.mean(axis=0), np.quantile(paths, LEVELS, axis=0).T)


def _rival(base: Mapping[str, object], name: str, known: Desk, past: Series, where: Places) -> pd.DataFrame:
    setting = setting_of(known, past, pd.Timestamp(known.settings.horizon.end) - pd.Timedelta(days=1))
    days = np.unique(where.day)
    foretold = RIVALS[name](setting, days)[where.day - days[0], where.slot]
    blank = {"below": np.nan, "upto": np.nan}
    return _rows(name, dict(base) | blank, foretold, np.repeat(foretold[:, None], len(LEVELS), axis=1))


def _rows(model: str, base: Mapping[str, object], mean: Floats, quantiles: Floats) -> pd.DataFrame:
    point = quantiles[:, LEVELS.index(0.5)]
    found = pd.DataFrame(dict(base) | {"model": model, "mean": mean, "point": point})
    found[QUANTILES] = quantiles
    return found[COLUMNS]


def _naive_error(past: Series) -> float:
    """Mean absolute error of the weekly naive forecast within the history."""
    error = np.abs(past.offered[WEEK:] - past.offered[:-WEEK])
    known = error[~np.isnan(error)]
    return float(known.mean()) if len(known) else float("nan")
