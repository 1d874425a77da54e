"""Plays a duty plan against the forecast's paths, contact by contact."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast, Progress, Simulation
from desk.frames import empty_frame
from desk.nouns import Report
from staffing.quota import with_quotas
from staffing.shape import arrival_shape
from staffing.simulation.case import Arrivals, FloatArray, IntArray, Log, Team
from staffing.simulation.clock import Pausing, pausing, with_pauses
from staffing.simulation.contacts import contact_log
from staffing.simulation.draw import Stream, replication
from staffing.simulation.fast import fast
from staffing.simulation.parallel import cores, in_order
from staffing.simulation.people import Staff, absent, present, staff, team
from staffing.simulation.tally import Tally, service_frame, tally

Engine = Callable[[Team, Arrivals], Log]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that the runs of a simulation share.

    Parameters
    ----------
    own, full : the people, and the team they are when nobody is absent.
    paths : the forecast's paths in the order in which the runs take them.
    shapes : how each queue's arrivals are spread within the intervals.
    pausing : how the people pause.
    """

    desk: Desk
    forecast: Forecast
    own: Staff
    full: Team
    paths: IntArray
    shapes: tuple[FloatArray, ...]
    pausing: Pausing
    seed: int
    engine: Engine

    def play(self, run: int) -> tuple[Arrivals, Log]:
        """One replication, decided by the seed and its number alone."""
        stream = Stream(self.seed, run)
        path = int(self.paths[run % len(self.paths)])
        arrivals = replication(self.desk, self.forecast, path, stream, self.shapes)
        share, missed, there = self.desk.settings.rules.absence_share, None, self.full
        if share > 0.0:
            missed = absent(self.own, share, stream)
            there = team(self.desk, self.forecast, self.own, missed)
        if self.pausing.per_s.any():
            who = (present(self.own, missed), self.own.edges_s, self.own.names)
            there = there._replace(clock=with_pauses(there.clock, self.pausing, *who, stream))
        return arrivals, self.engine(there, arrivals)

    def tally(self, run: int) -> Tally:
        """What one replication comes to."""
        return tally(self.desk, self.forecast, *self.play(run), self.own.edges_s)

    def contacts(self, run: int) -> pd.DataFrame:
        """The log of one replication."""
        return contact_log(self.desk, self.forecast, *self.play(run), self.own.names, Stream(self.seed, run))


def simulate(
    desk: Desk,
    forecast: Forecast,
    duty: pd.DataFrame,
    *,
    runs: int = 20,
    seed: int = 1,
    report: Report | None = None,
    engine: Engine = fast,
    workers: int | None = None,
) -> Simulation:
    """Plays ``duty`` against ``runs`` paths of the forecast.

    Parameters
    ----------
    desk : queues, skills.
    forecast : each run takes one of its paths, in an order drawn by the seed.
    duty : table ``duty``; who has a queue's name as activity takes contacts of that queue, and of those that overflow
        to it.
    runs : replications, at least 1.
    seed : every number a contact needs comes from (seed, run, queue), whatever the plan: two plans simulated with one
        seed meet the same customers.
    report : is told how far it is; where it answers False the runs so far are the result.
    engine : `fast`, or the plain judge of it.
    workers : runs played at the same time; None: as many as there are cores. Changes nothing but the time it takes.

    Returns
    -------
    `Simulation`. ``contacts`` is the log of the first run; ``service`` has the simulated columns of table ``service``.
    Without a queue that is forecast nothing is played: no contact, no run.

    Raises
    ------
    ValueError : fewer than one run or worker.
    InputError : somebody is on a queue without the skill.

    Notes
    -----
    The desk begins empty at the start of the horizon and at its end everybody goes, finishing open contacts. A
    customer still waiting then counts as neither served nor lost.
    """
    if not forecast.queues:
        return _nothing(desk, seed)
    if runs < 1 or (workers is not None and workers < 1):
        raise ValueError("runs and workers must be at least 1")
    set_up = stage(desk, forecast, duty, seed, engine)
    tallies = []
    for one in in_order(set_up.tally, range(runs), workers or cores()):
        tallies.append(one)
        if report is not None and not report(Progress("staffing.phase.simulate", len(tallies) / runs)):
            break
    return Simulation(set_up.contacts(0), service_frame(set_up.forecast, tallies), len(tallies), seed)


def stage(desk: Desk, forecast: Forecast, duty: pd.DataFrame, seed: int = 1, engine: Engine = fast) -> Stage:
    """What the runs of a simulation share; raises as `simulate`."""
    forecast = with_quotas(desk, forecast)
    own = staff(desk, forecast, duty)
    paths = np.random.default_rng(seed).permutation(len(forecast.paths))
    shapes = tuple(arrival_shape(desk, forecast, name) for name in forecast.queues)
    full, pauses = team(desk, forecast, own), pausing(desk, forecast)
    return Stage(desk, forecast, own, full, paths, shapes, pauses, seed, engine)


def _nothing(desk: Desk, seed: int) -> Simulation:
    """No contact, no row, no run."""
    contacts, service = (empty_frame(name, desk.settings.timezone) for name in ("contacts", "service"))
    simulated = [str(name) for name in service if "_sim" in str(name)]
    return Simulation(contacts, service[["start", "queue", *simulated]], 0, seed)
