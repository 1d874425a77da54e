"""The contact log of one replication: the same table as a measured one."""

import zlib

import numpy as np
import pandas as pd
from scipy.stats import binom

from desk import Desk, Forecast
from desk.frames import dtype_of
from desk.settings import Outcomes
from desk.tables import table
from staffing.simulation.case import Arrivals, FloatArray, IntArray, Log
from staffing.simulation.draw import Drawn, Stream, seconds
from staffing.simulation.tally import ends


def contact_log(
    desk: Desk, forecast: Forecast, arrivals: Arrivals, log: Log, names: list[str], stream: Stream
) -> pd.DataFrame:
    """Table ``contacts`` of one replication.

    The first reply follows the assignment after the agent's reply time, at the latest when the contact ends; what
    comes of a contact is drawn from the queue's stated `Outcomes`, by its wait and its agent. Who has silently left has
    abandoned the contact, though an agent was given it; nobody replies to him. Redials name the same customer.
    """
    found = ends(arrivals, log, seconds(forecast)[-1])
    answered = (log.agent >= 0) & ~found.left
    talent = np.array([agent_talent(name, stream.seed) for name in names] + [0.0])[log.agent]
    reply_s, converted, rating = (np.full(len(answered), np.nan) for _ in range(3))
    for index, name in enumerate(forecast.queues):
        mine = np.flatnonzero((arrivals.queue == index) & found.came)
        outcomes, chances = desk.settings.queues[name].outcomes, stream.of(Drawn.OUTCOMES, index).random((mine.size, 4))
        wait_s = np.where(answered, found.wait_s, np.nan)[mine]
        reply_s[mine] = -np.log1p(-chances[:, 0]) * outcomes.reply_s * np.exp(-talent[mine] * outcomes.spread)
        converted[mine] = chances[:, 1] < conversion(outcomes, wait_s, talent[mine])
        rating[mine] = ratings(outcomes, wait_s, talent[mine], chances[:, 2:])
    own = {
        "contact": [f"S{number:07d}" for number in range(len(answered))],
        "queue": np.array(forecast.queues)[arrivals.queue],
        "customer": [f"C{number:07d}" for number in callers(arrivals)],
    }
    reply = np.where(answered, np.minimum(log.assigned_s + reply_s, log.closed_s), np.nan)
    closed_s = np.where((log.agent < 0) & found.left, log.arrived_s + found.wait_s, log.closed_s)
    moments = {"arrived": log.arrived_s, "assigned": log.assigned_s, "first_reply": reply, "closed": closed_s}
    own |= {name: _moments(forecast, value) for name, value in moments.items()}
    own["agent"] = pd.Series(np.array([*names, None], dtype=object)[log.agent], dtype="str")
    own |= {"abandoned": pd.array(~answered, dtype="boolean"), "converted": pd.array(converted == 1.0, dtype="boolean")}
    frame = pd.DataFrame(own | {"rating": rating})
    return _declared(frame[found.came].reset_index(drop=True), desk.settings.timezone)


def callers(arrivals: Arrivals) -> IntArray:
    """The customer of each contact: the number of the contact with which he came first."""
    first = np.arange(len(arrivals.queue))
    for contact in np.flatnonzero(arrivals.again >= 0):
        first[arrivals.again[contact]] = first[contact]
    return first


def agent_talent(name: str, seed: int) -> float:
    """A standard normal number that belongs to the agent, whoever else is there."""
    return float(np.random.default_rng([seed, zlib.crc32(name.encode())]).standard_normal())


def conversion(outcomes: Outcomes, wait_s: FloatArray, talent: FloatArray) -> FloatArray:
    """Probability of an order: falls by a share with each minute waited; NaN where nobody served."""
    kept = (1.0 - outcomes.conversion_loss_per_min) ** (wait_s / 60.0)
    return np.minimum(outcomes.conversion * kept * np.exp(talent * outcomes.spread), 1.0)


def ratings(outcomes: Outcomes, wait_s: FloatArray, talent: FloatArray, chances: FloatArray) -> FloatArray:
    """1 to 5: one plus a binomial of four with the stated mean; NaN where not rated or not served."""
    mean = outcomes.rating - outcomes.rating_loss_per_min * wait_s / 60.0 + talent * outcomes.spread
    drawn = 1.0 + binom.ppf(chances[:, 1], 4, np.clip((mean - 1.0) / 4.0, 0.01, 0.99))
    return np.where((chances[:, 0] < outcomes.rated_share) & ~np.isnan(wait_s), drawn, np.nan)


def _moments(forecast: Forecast, after_s: FloatArray) -> pd.Series:
    """Zone-aware times from seconds after the horizon's start, to the millisecond; NaT for NaN."""
    passed = pd.to_timedelta(pd.Series(np.round(after_s * 1000.0)), unit="ms")
    return forecast.starts[0] + passed


def _declared(frame: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """The frame with every column of the table, typed as declared."""
    columns = table("contacts").columns.values()
    complete = frame.reindex(columns=[column.name for column in columns])
    return complete.astype({column.name: dtype_of(column, timezone) for column in columns})
