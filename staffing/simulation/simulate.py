"""Plays a duty plan against the forecast's paths, contact by contact."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from desk import Desk, Forecast, Progress, Simulation
from desk.frames import empty_frame
from desk.nouns import Report
from desk.quota import with_quotas
from desk.timed import timed
from staffing.shape import arrival_shape
from staffing.simulation.call import There
from staffing.simulation.case import Arrivals, FloatArray, IntArray, Log, Team
from staffing.simulation.clock import Pausing, pausing, with_pauses
from staffing.simulation.contacts import contact_log
from staffing.simulation.draw import Stream, replication
from staffing.simulation.fast import fast
from staffing.simulation.order import path_order
from staffing.simulation.parallel import cores, in_order
from staffing.simulation.people import Staff, staff, team, there
from staffing.simulation.tally import Tally, service_frame, tally

Engine = Callable[[Team, Arrivals], Log]


class Played(NamedTuple):
    """One replication: who came, what became of it, and who was there."""

    arrivals: Arrivals
    log: Log
    there: There


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

    def play(self, run: int) -> Played:
        """One replication, decided by the seed and its number alone."""
        stream = Stream(self.seed, run)
        path = int(self.paths[run % len(self.paths)])
        arrivals = replication(self.desk, self.forecast, path, stream, self.shapes)
        seen = there(self.own, self.desk.settings.rules.absence_share, stream)
        at_work = self.full if seen.place is self.own.place else team(self.desk, self.forecast, self.own, seen.place)
        if self.pausing.per_s.any():
            who = (seen.place, self.own.edges_s, self.own.names)
            at_work = at_work._replace(clock=with_pauses(at_work.clock, self.pausing, *who, stream))
        return Played(arrivals, self.engine(at_work, arrivals), seen)

    def tally(self, run: int) -> Tally:
        """What one replication comes to."""
        played = self.play(run)
        own = tally(self.desk, self.forecast, played.arrivals, played.log, self.own.edges_s)
        return replace(own, absences=played.there.absences, calls=played.there.calls)

    def contacts(self, run: int) -> pd.DataFrame:
        """The log of one replication."""
        arrivals, log, _ = self.play(run)
        return contact_log(self.desk, self.forecast, arrivals, log, self.own.names, Stream(self.seed, run))


def simulate(
    desk: Desk,
    forecast: Forecast,
    duty: pd.DataFrame,
    *,
    roster: pd.DataFrame | None = None,
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
    forecast : each run takes one of its paths, quiet and busy ones as evenly as they come (`path_order`).
    duty : table ``duty``; who has a queue's name as activity takes contacts of that queue, and of those that overflow
        to it.
    roster : table ``roster``, of which only the shifts on call count: where ``rules.absence_share`` is above 0, their
        people take the place of somebody absent. None: nobody is called in.
    runs : replications, at least 1.
    seed : every number a contact needs comes from (seed, run, queue), whatever the plan: two plans simulated with one
        seed meet the same customers.
    report : is told how far it is; where it answers False the runs so far are the result.
    engine : `fast`, or the plain judge of it.
    workers : runs played at the same time; None: as many as there are cores. Changes nothing but the time it takes.

    Returns
    -------
    `Simulation`. ``contacts`` is the log of the first run; ``service`` has the simulated columns of table ``service``;
    ``absences`` and ``calls`` are the shifts missed and the people called in for them, means of all runs.
    Without a queue that is forecast nothing is played: no contact, no run.

    Raises
    ------
    ValueError : fewer than one run or worker.
    InputError : somebody is on a queue without the skill, or a time can't be read.

    Notes
    -----
    The desk begins empty at the start of the horizon and at its end everybody goes, finishing open contacts. A
    customer still waiting then is late where the target's time has passed, else within it: of more nothing is known.
    """
    if not forecast.queues:
        return _nothing(desk, seed)
    if runs < 1 or (workers is not None and workers < 1):
        raise ValueError("runs and workers must be at least 1")
    zone = desk.settings.timezone
    roster = None if roster is None else timed(roster, "roster", zone)
    set_up = stage(desk, forecast, timed(duty, "duty", zone), seed, engine, roster)
    tallies = []
    for one in in_order(set_up.tally, range(runs), workers or cores()):
        tallies.append(one)
        if report is not None and not report(Progress("staffing.phase.simulate", len(tallies) / runs)):
            break
    absences, calls = (float(np.mean([getattr(one, name) for one in tallies])) for name in ("absences", "calls"))
    service = service_frame(set_up.forecast, tallies)
    return Simulation(set_up.contacts(0), service, len(tallies), seed, absences, calls)


def stage(
    desk: Desk,
    forecast: Forecast,
    duty: pd.DataFrame,
    seed: int = 1,
    engine: Engine = fast,
    roster: pd.DataFrame | None = None,
) -> Stage:
    """What the runs of a simulation share; raises as `simulate`."""
    forecast = with_quotas(desk, forecast)
    own = staff(desk, forecast, duty, roster)
    paths = path_order(desk, forecast, seed)
    shapes = tuple(arrival_shape(desk, forecast, name) for name in forecast.queues)
    full, pauses = team(desk, forecast, own, own.place), pausing(desk, forecast)
    return Stage(desk, forecast, own, full, paths, shapes, pauses, seed, engine)


def _nothing(desk: Desk, seed: int) -> Simulation:
    """No contact, no row, no run."""
    contacts, service = (empty_frame(name, desk.settings.timezone) for name in ("contacts", "service"))
    simulated = [str(name) for name in service if "_sim" in str(name)]
    return Simulation(contacts, service[["start", "queue", *simulated]], 0, seed)
