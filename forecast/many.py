"""Many queues at once: processes fit and draw them one by one and keep nothing but what the forecast needs.

First every queue is fitted and looked ahead; what comes back is without the matrices of its fit. What the queues'
past surprises have in common is then told to all, and every queue is drawn. The figures are those of
``fit(desk).predict()``.
"""

import signal
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk, Finding, Forecast, Progress
from desk.nouns import Report
from desk.quota import with_quotas
from forecast.borrow import Loan, lent
from forecast.choice import AUTO, OURS
from forecast.correlation import day_correlation
from forecast.draw import Drawn, Prepared, draw_unknown, drawn_from, prepared
from forecast.driver import driver_names
from forecast.evidence import evidence_frame
from forecast.first_lift import Sighting, first_lifts, sighting
from forecast.foreseen import foreseen_drivers
from forecast.foresight import Driver
from forecast.model import distinct
from forecast.pool import deaf_from_birth, one_thread_each
from forecast.queue import QueueModel, fit_borrowed, fit_queue
from forecast.series import Floats, Series, every_series
from forecast.simple import settled
from forecast.teller import FirstLift
from forecast.together import missed_of, shocks
from forecast.told import told_of_desk

FITTING, DRAWING = "forecast.phase.fit", "forecast.phase.draw"
AHEAD = 2
"""Tasks that wait per process: more would only fill the memory."""


class StoppedError(Exception):
    """The caller's report asked to stop."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all queues need: the desk without history and log, the drivers by slot length, and the model wanted."""

    desk: Desk
    drivers: Mapping[int, tuple[Driver, ...]]
    wanted: str


@dataclass(frozen=True, slots=True)
class Own:
    """What one queue needs: its series, loan and contact log, and what to expect of kinds of phase never seen."""

    series: Series
    loan: Loan | None
    contacts: pd.DataFrame
    first_lifts: tuple[FirstLift, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """What comes back of a queue: ready to be drawn, without what only its fit needs, and the names of its drivers."""

    ready: Prepared
    drivers: tuple[str, ...]
    evidence: pd.DataFrame
    missed: Mapping[int, float]
    seen: Sighting


def forecast_many(desk: Desk, *, workers: int = 1, report: Report | None = None) -> Forecast:
    """The forecast of the desk's horizon, its queues shared by processes.

    Parameters
    ----------
    workers : processes; the figures do not depend on it.
    report : told after every queue, fitted and drawn; returning False gives up.

    Returns
    -------
    As ``fit(desk).predict()``.

    Raises
    ------
    StoppedError : ``report`` returned False.
    InputError : a history that can't be used as it stands.
    """
    series = every_series(desk)
    wanted = desk.settings.forecast.model
    loans = lent(desk, series) if wanted in (AUTO, OURS) else {}
    last = pd.Timestamp(desk.settings.horizon.end) - pd.Timedelta(days=1)
    steps = {one.step_min for queue, one in series.items() if one is not None and queue not in loans}
    drivers = {step: foreseen_drivers(desk, step, driver_names(desk), last) for step in sorted(steps)}
    log, tasks = desk.table("contacts"), {}
    for queue, one in series.items():
        own, loan = loans.get(queue, (one, None))
        if own is not None:
            contacts = (
                log[(log["queue"] == queue) & log["reason"].notna()] if len(log) and loan is None else log.iloc[:0]
            )
            tasks[queue] = Own(own, loan, contacts)
    with _Team(Shared(_bare(desk), drivers, wanted), workers, report) as team:
        fitted = _fitted(desk, tasks, team)
        told = told_of_desk(desk, drivers, series, {queue: own.seen.unseen for queue, own in fitted.items()})
        del tasks, series, loans
        return _drawn(desk, fitted, team, told)


def _bare(desk: Desk) -> Desk:
    """The desk without the tables that only one queue needs a part of."""
    tables = {name: own for name, own in desk.tables.items() if name not in ("history", "superseded", "contacts")}
    return Desk(desk.settings, tables, desk.source)


def _fitted(desk: Desk, tasks: Mapping[str, Own], team: "_Team") -> dict[str, Fitted]:
    """Every queue fitted; those that must be told of kinds of phase never seen once more, knowing what others saw."""
    found = dict(team.each(_fit, tasks, FITTING))
    seen = {queue: own.seen for queue, own in found.items()}
    lifts = {queue: first_lifts(desk, queue, seen) for queue in tasks if seen[queue].unseen}
    again = {queue: replace(tasks[queue], first_lifts=own) for queue, own in lifts.items()}
    both = found | dict(team.each(_fit, again, FITTING))
    return {queue: both[queue] for queue in tasks}


def _drawn(desk: Desk, fitted: dict[str, Fitted], team: "_Team", findings: tuple[Finding, ...]) -> Forecast:
    """Every queue drawn, each into its place among the paths as it comes."""
    settings, days, queues = desk.settings.forecast, len(desk.dates), tuple(desk.settings.queues)
    evidence = [own.evidence for own in fitted.values() if len(own.evidence)]
    paths = np.empty((settings.paths, len(desk.starts), len(queues)), dtype=np.float32)
    explanation, noticed = dict[str, pd.DataFrame](), dict[str, tuple[Finding, ...]]()
    for queue, own in _each_drawn(desk, fitted, team, days):
        paths[:, :, queues.index(queue)] = own.counts
        explanation[queue], noticed[queue] = own.explanation, own.findings
    made = Forecast(
        starts=desk.starts,
        queues=queues,
        paths=paths,
        interval_min=desk.settings.interval_min,
        evidence=pd.concat(evidence, ignore_index=True) if evidence else evidence_frame({}),
        explanation=pd.concat([explanation[queue] for queue in queues], ignore_index=True),
        findings=distinct([*findings, *(own for queue in queues for own in noticed[queue])]),
    )
    return with_quotas(desk, made)


def _each_drawn(desk: Desk, fitted: dict[str, Fitted], team: "_Team", days: int) -> Iterator[tuple[str, Drawn]]:
    """Every queue as it is drawn; of those without history, what hands say."""
    paths = desk.settings.forecast.paths
    correlation = day_correlation([own.missed for own in fitted.values()])
    rng = np.random.default_rng(desk.settings.forecast.seed)
    surprises = shocks(correlation, paths, days, rng) if fitted else np.zeros((0, paths, days))
    tasks = {queue: (own, common) for (queue, own), common in zip(fitted.items(), surprises, strict=True)}
    yield from team.each(_draw, tasks, DRAWING)
    for queue in desk.settings.queues:
        if queue not in tasks:
            yield queue, draw_unknown(desk, queue, desk.starts, paths, _rng(desk, queue))


_SHARED: list[Shared] = []
"""In a worker process: what all queues need, handed over once."""


def _begin(shared: Shared) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _SHARED.append(shared)


def _fit(shared: Shared, own: Own) -> Fitted:
    desk, last = shared.desk, pd.Timestamp(shared.desk.settings.horizon.end) - pd.Timedelta(days=1)
    known = replace(desk, tables=dict(desk.tables) | {"contacts": own.contacts})
    if own.loan is not None:
        model = fit_borrowed(known, own.series, own.loan, last)
    else:
        model = fit_queue(known, own.series, last, shared.drivers[own.series.step_min], shared.wanted)
    model, seen = settled(replace(model, first_lifts=own.first_lifts)), sighting(model)
    ready, evidence = prepared(model, desk.starts), evidence_frame({own.series.queue: model})
    names = tuple(driver.name for driver in model.drivers)
    return Fitted(replace(ready, model=_lean(model)), names, evidence, missed_of(model), seen)


def _draw(shared: Shared, task: tuple[Fitted, Floats]) -> Drawn:
    own, surprises = task
    series = own.ready.model.setting.series
    known = {driver.name: driver for driver in shared.drivers[series.step_min]} if own.drivers else {}
    model = replace(own.ready.model, drivers=tuple(known[name] for name in own.drivers))
    rng = _rng(shared.desk, series.queue)
    found = drawn_from(shared.desk, replace(own.ready, model=model), shared.desk.starts, surprises, rng)
    return replace(found, counts=found.counts.astype(np.float32))


def _rng(desk: Desk, queue: str) -> np.random.Generator:
    return np.random.default_rng([desk.settings.forecast.seed, zlib.crc32(queue.encode())])


def _lean(model: QueueModel) -> QueueModel:
    """The model as drawing needs it: without the days of the past, its matrices and the drivers, which all share."""
    none, setting = np.zeros((0, 0)), model.setting
    bare = replace(setting, series=replace(setting.series, offered=none), table=setting.table.take(np.arange(0)))
    profile = replace(model.level.profile, shares=none)
    level = replace(model.level, exposure=none, prior=none, profile=profile)
    solved = replace(level.solved, factor=none)
    return replace(model, setting=bare, drivers=(), level=replace(level, solved=solved))


class _Team:
    """Processes that share tasks, few waiting at a time; in this process where one is enough."""

    def __init__(self, shared: Shared, workers: int, report: Report | None) -> None:
        self._shared, self._workers, self._report = shared, workers, report
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "_Team":
        if self._workers > 1:
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, (self._shared,))
        return self

    def __exit__(self, *trouble: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def each(
        self, work: Callable[[Shared, Any], Any], tasks: Mapping[str, Any], phase: str
    ) -> Iterator[tuple[str, Any]]:
        """``work`` on every task with its name, as they are done; tells the report of each."""
        for number, (name, made) in enumerate(self._done(work, tasks)):
            yield name, made
            if self._report is not None and not self._report(Progress(phase, (number + 1) / len(tasks))):
                raise StoppedError

    def _done(self, work: Callable[[Shared, Any], Any], tasks: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if self._pool is None:
            yield from ((name, work(self._shared, task)) for name, task in tasks.items())
            return
        waiting: dict[Future[Any], str] = {}
        left = iter(tasks.items())
        with one_thread_each():
            while True:
                while len(waiting) < AHEAD * self._workers and (task := next(left, None)) is not None:
                    with deaf_from_birth():
                        waiting[self._pool.submit(_in_worker, work, task[1])] = task[0]
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()


def _in_worker(work: Callable[[Shared, Any], Any], task: Any) -> Any:
    return work(_SHARED[-1], task)
