"""The contact log of one replication: the same table as a measured one."""

import zlib

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import binom

from desk import Desk, Forecast
from desk.frames import dtype_of
from desk.settings import Outcomes
from desk.tables import table
from staffing.simulation.case import Log
from staffing.simulation.draw import Replication

FloatArray = npt.NDArray[np.float64]


def contact_log(
    desk: Desk, forecast: Forecast, drawn: Replication, log: Log, names: list[str], seed: int
) -> pd.DataFrame:
    """Table ``contacts`` of one replication.

    The first reply follows the assignment after the agent's reply time, at the latest when the contact ends; what
    comes of a contact is drawn from the queue's stated `Outcomes`, by its wait and its agent.
    """
    arrivals, timezone = drawn.arrivals, desk.settings.timezone
    wait_s = log.assigned_s - arrivals.arrived_s
    talent = np.array([agent_talent(name, seed) for name in names] + [0.0])[log.agent]
    reply_s, converted, rating = (np.full(len(wait_s), np.nan) for _ in range(3))
    for index, name in enumerate(forecast.queues):
        mine = arrivals.queue == index
        outcomes = desk.settings.queues[name].outcomes
        reply_s[mine] = -np.log1p(-drawn.chances[mine, 0]) * outcomes.reply_s * np.exp(-talent[mine] * outcomes.spread)
        converted[mine] = drawn.chances[mine, 1] < conversion(outcomes, wait_s[mine], talent[mine])
        rating[mine] = ratings(outcomes, wait_s[mine], talent[mine], drawn.chances[mine, 2:])
    served = log.agent >= 0
    own = {
        "contact": [f"S{number:07d}" for number in range(len(wait_s))],
        "queue": np.array(forecast.queues)[arrivals.queue],
    }
    replied_s = np.minimum(log.assigned_s + reply_s, log.closed_s)
    moments = {"arrived": arrivals.arrived_s, "assigned": log.assigned_s, "first_reply": replied_s}
    own |= {name: _moments(forecast, value) for name, value in (moments | {"closed": log.closed_s}).items()}
    own["agent"] = pd.Series(np.array([*names, None], dtype=object)[log.agent], dtype="str")
    own |= {"abandoned": pd.array(~served, dtype="boolean"), "converted": pd.array(converted == 1.0, dtype="boolean")}
    return _declared(pd.DataFrame(own | {"rating": rating}), timezone)


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
