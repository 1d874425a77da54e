"""Plays a duty plan against the forecast's paths, contact by contact."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from desk import Desk, Forecast, Progress, Simulation
from desk.nouns import Report
from staffing.simulation.case import Arrivals, Log, Team
from staffing.simulation.contacts import contact_log
from staffing.simulation.draw import replication, seconds, team
from staffing.simulation.fast import fast
from staffing.simulation.tally import service_frame, tally

Engine = Callable[[Team, Arrivals], Log]


def simulate(
    desk: Desk,
    forecast: Forecast,
    duty: pd.DataFrame,
    *,
    runs: int = 20,
    seed: int = 1,
    report: Report | None = None,
    engine: Engine = fast,
) -> Simulation:
    """Plays ``duty`` against ``runs`` paths of the forecast.

    Parameters
    ----------
    desk : queues, skills.
    forecast : each run takes one of its paths, in an order drawn by the seed.
    duty : table ``duty``; who has a queue's name as activity takes contacts of that queue only.
    runs : replications, at least 1.
    seed : every number a contact needs comes from (seed, run, queue), whatever the plan: two plans simulated with one
        seed meet the same customers.
    report : is told how far it is; where it answers False the runs so far are the result.
    engine : `fast`, or the plain judge of it.

    Returns
    -------
    `Simulation`. ``contacts`` is the log of the first run; ``service`` has the simulated columns of table ``service``.

    Raises
    ------
    ValueError : fewer than one run.
    InputError : somebody is on a queue without the skill.

    Notes
    -----
    The desk begins empty at the start of the horizon and at its end everybody goes, finishing open contacts. A
    customer still waiting then counts as neither served nor lost.
    """
    if runs < 1:
        raise ValueError("runs must be at least 1")
    people, names = team(desk, forecast, duty)
    paths = np.random.default_rng(seed).permutation(len(forecast.paths))
    tallies, contacts = [], pd.DataFrame()
    for run in range(runs):
        drawn = replication(desk, forecast, int(paths[run % len(paths)]), (seed, run))
        log = engine(people, drawn.arrivals)
        tallies.append(tally(desk, forecast, drawn, log, seconds(forecast)[-1]))
        if run == 0:
            contacts = contact_log(desk, forecast, drawn, log, names, seed)
        if report is not None and not report(Progress("staffing.phase.simulate", (run + 1) / runs)):
            break
    return Simulation(contacts, service_frame(forecast, tallies), len(tallies), seed)
