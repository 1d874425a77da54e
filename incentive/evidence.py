"""What a measure is worked out from, and what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.hours import hours_min, within_hours
from incentive.log import Flags, Floats, Ints, Log, local_clock
from incentive.measure import Measure
from incentive.session import Held
from incentive.workload import Workload

NO_MOMENT = np.int64(-1)
_DAY_MIN = 1440


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a measure is worked out from.

    Parameters
    ----------
    desk, log, around, duty : the desk, its contact log, the load around each contact, the duty plan or None.
    cells : risk factors, coarse to fine, as codes per contact.
    held : contacts of live queues of known beginning and end, without those that hold several.
    """

    desk: Desk
    log: Log
    around: Workload
    duty: pd.DataFrame | None
    cells: tuple[Ints, ...]
    held: Held


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that a measure adds up: a contact, an interval, or a day of an agent each.

    Parameters
    ----------
    agent : code of the agent.
    day : local day, days since 1970; ``start_s`` : the interval, s since 1970 UTC, -1 where only the day is known.
    contacts : contacts behind the row.
    number, weight : a mean is the sum of ``number`` over the sum of ``weight``; of a total, ``weight`` is empty.
    expected : as ``number``, of what was expected; empty where nothing is.
    """

    agent: Ints
    day: Ints
    start_s: Ints
    contacts: Floats
    number: Floats
    weight: Floats
    expected: Floats


@dataclass(frozen=True, slots=True)
class Result:
    """A measure worked out.

    Parameters
    ----------
    measure : which.
    agents : one row per agent in the order of ``Log.agents``: contacts, observed, expected, adjusted, low, high, score,
        claim (units that earn money).
    rows : what it is made of.
    price_units : per agent, the claim that one more good result at the agent's hours is worth, NaN where none.
    findings : what the reader of the scores must know.
    kept : rows of the log that were valid, of a share or a level.
    """

    measure: Measure
    agents: pd.DataFrame
    rows: Rows
    price_units: Floats
    findings: tuple[Finding, ...] = ()
    kept: Ints = field(default_factory=lambda: np.array([], dtype=np.int64))


COLUMNS = ["contacts", "observed", "expected", "adjusted", "low", "high", "score", "claim"]
NONE = np.array([], dtype=np.float64)


def per_agent(log: Log, own: pd.DataFrame) -> pd.DataFrame:
    """The declared columns for every agent of the log, blank where ``own``, indexed by agent code, has none."""
    rows = own.reindex(index=range(len(log.agents)), columns=COLUMNS).astype("float64")
    return rows.fillna({"contacts": 0.0}).reset_index(drop=True)


def valid(measure: Measure, evidence: Evidence) -> Flags:
    """Contacts that may count for a measure: right queue, no guard's finding, not exempt."""
    queues = evidence.desk.settings.queues
    fits = np.array([measure.queues in ("all", queues[name].kind) for name in evidence.log.queues])
    kept = np.asarray(fits[evidence.log.queue])
    for guard in measure.guards:
        kept &= ~evidence.log.found(guard)
    return kept & ~exempted(measure, evidence)


def exempted(measure: Measure, evidence: Evidence) -> Flags:
    """Contacts in exempt windows of the measure, and those outside its hours."""
    settings, log = evidence.desk.settings.incentive, evidence.log
    out = np.zeros(len(log.agent), dtype=bool)
    if settings.exempt or measure.name in settings.hours:
        moment_s = log.seconds("arrived")
        for begin_s, end_s in _windows(measure, evidence.desk):
            out |= (moment_s >= begin_s) & (moment_s < end_s)
        if measure.name in settings.hours:
            out |= ~_in_hours(moment_s, settings.hours[measure.name], evidence.desk.settings.timezone)
    return out


def _windows(measure: Measure, desk: Desk) -> Iterator[tuple[float, float]]:
    for window in desk.settings.incentive.exempt:
        if measure.name in window.measures or (not window.measures and measure.kind in ("share", "level")):
            zone = desk.settings.timezone
            yield _moment_s(window.start, zone, first=True), _moment_s(window.end, zone, first=False)


def _moment_s(when: datetime, zone: str, *, first: bool) -> float:
    """Seconds since 1970 UTC; of a local time that comes twice the ``first``, or the second."""
    moment = pd.Timestamp(when)
    if moment.tzinfo is None:
        moment = moment.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    return float(moment.timestamp())


def _in_hours(moment_s: Floats, words: str, timezone: str) -> Flags:
    return within_hours(words, local_clock(moment_s.astype(np.int64), timezone))


def is_span(words: str) -> bool:
    """Whether the words are HH:MM-HH:MM, and not the whole day from another hour than midnight."""
    try:
        opens, closes = hours_min(words)
    except ValueError:
        return False
    return closes - opens != _DAY_MIN or opens == 0
