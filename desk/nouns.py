"""The nouns that flow between the rooms. Rooms never import each other; they meet in these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.content import content_digest
from desk.errors import Finding
from desk.frames import empty_frame
from desk.grid import days, interval_starts
from desk.settings import Settings
from desk.timed import timed


@dataclass(frozen=True)
class Desk:
    """All that is known of one desk: settings, and the tables that were given, typed and checked.

    Parameters
    ----------
    settings : desk.toml.
    tables : table name -> frame with the declared columns; a table that was not given is absent. Times of frames made
        elsewhere are brought into the desk's zone (:func:`desk.timed.timed`).
    source : where it was read from, for messages.
    findings : warnings and notes of the reader; errors never get here.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    source: str = ""
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        zone = self.settings.timezone
        object.__setattr__(self, "tables", {name: timed(frame, name, zone) for name, frame in self.tables.items()})

    def table(self, name: str) -> pd.DataFrame:
        """The frame of table ``name``; one without rows, with all declared columns, where it was not given."""
        return self.tables[name] if name in self.tables else empty_frame(name, self.settings.timezone)

    def has(self, name: str) -> bool:
        """Whether table ``name`` was given and has rows."""
        return name in self.tables and not self.tables[name].empty

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Starts of the horizon's intervals, zone-aware."""
        horizon = self.settings.horizon
        return interval_starts(horizon.start, horizon.end, self.settings.interval_min, self.settings.timezone)

    @cached_property
    def dates(self) -> pd.DatetimeIndex:
        """The horizon's days as naive midnights."""
        return days(self.settings.horizon.start, self.settings.horizon.end)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over settings and tables; equal for equal content, whatever the file format or row order."""
        return content_digest(self.settings.model_dump_json(), self.tables)


@dataclass(frozen=True)
class Forecast:
    """Inquiries offered per interval and queue, as sample paths.

    Parameters
    ----------
    starts : zone-aware interval starts, length n.
    queues : names, length q; none where the desk is planned by fixed headcounts.
    paths : whole inquiries, shape (path, n, q), never negative.
    interval_min : minutes of an interval.
    evidence : what was tried and chosen per queue (columns free), for the report.
    explanation : factors per interval and queue: start, queue, level, calendar, promotion, drivers, overrides;
        their product is the mean.
    analogues : the earlier phases behind the lift of each coming one: queue, coming, phase, promotion, start, days,
        lift, weight, factor; empty unless asked for.
    findings : what the forecaster noticed (outliers, years without a holiday schedule ...).
    kernels : what is learned of each kind of phase: queue, phase, cut, since, promotion (empty: the kernel itself),
        start, log_lift, low, high, usual; empty unless asked for.
    """

    starts: pd.DatetimeIndex
    queues: tuple[str, ...]
    paths: npt.NDArray[np.float32]
    interval_min: int
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    explanation: pd.DataFrame = field(default_factory=pd.DataFrame)
    analogues: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: tuple[Finding, ...] = ()
    kernels: pd.DataFrame = field(default_factory=pd.DataFrame)

    def frame(self) -> pd.DataFrame:
        """Table ``forecast``: mean and quantiles, one row per queue and interval."""
        parts = []
        for index, queue in enumerate(self.queues):
            counts = self.paths[:, :, index].astype(np.float64)
            levels = np.quantile(counts, [0.025, 0.1, 0.5, 0.9, 0.975], axis=0)
            own = {"start": self.starts, "queue": queue, "mean": counts.mean(axis=0)}
            parts.append(pd.DataFrame(own | dict(zip(["q025", "q10", "q50", "q90", "q975"], levels, strict=True))))
        return pd.concat(parts, ignore_index=True) if parts else empty_frame("forecast", str(self.starts.tz))

    def totals(self, levels: Sequence[float] = (0.1, 0.5, 0.9), by: "pd.Index[Any] | None" = None) -> pd.DataFrame:
        """Totals from the paths, so that they agree with the hours: one row per queue and group.

        ``by`` gives each interval its group (a day, a phase); None sums the whole horizon.
        """
        groups = pd.Index(["all"] * len(self.starts)) if by is None else by
        codes, found = pd.factorize(groups, sort=True)
        rows = []
        for code, name in enumerate(found):
            sums = self.paths[:, codes == code, :].sum(axis=1, dtype=np.float64)
            for index, queue in enumerate(self.queues):
                own = {"group": name, "queue": queue, "mean": sums[:, index].mean()}
                rows.append(own | {f"q{round(100 * level)}": np.quantile(sums[:, index], level) for level in levels})
        names = ["group", "queue", "mean", *(f"q{round(100 * level)}" for level in levels)]
        return pd.DataFrame(rows, columns=names)


@dataclass(frozen=True)
class Curves:
    """What a number of effective agents is worth, per interval and queue.

    Parameters
    ----------
    points : table ``curves``: for each interval and queue the breakpoints of a convex piecewise-linear, falling
        expected cost, beginning at 0 agents; beyond the last breakpoint it is constant.
    work : table ``work``: arrivals of the deferrable queues in effective agent hours; empty where there are none.
    envelope_error : largest difference between the true curve and its convex envelope, currency,
        columns start, queue, error.
    """

    points: pd.DataFrame
    work: pd.DataFrame
    envelope_error: pd.DataFrame = field(default_factory=pd.DataFrame)


WORK_CASES = {"usual_h": 0.6, "busy_h": 0.3, "busiest_h": 0.1}
"""Columns of table ``work`` with what may come of deferrable work, quietest first, and how likely each is."""


class Termination(StrEnum):
    """How an optimisation ended."""

    OPTIMAL = "optimal"
    GAP = "gap"
    TIME = "time"
    STEPS = "steps"
    CANCELLED = "cancelled"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How good a plan provably is. Objective and bound are in the desk's currency, gap = (objective - bound) /
    objective."""

    termination: Termination
    objective: float
    bound: float
    gap: float
    seconds: float
    solver: str
    seed: int


@dataclass(frozen=True)
class Plan:
    """A roster and what follows from it.

    Parameters
    ----------
    roster, duty, service, costs : the tables of these names; ``service`` may be empty until it is predicted.
    outcome : the certificate's numbers.
    findings : verdict of the independent audit.
    meta : hashes, versions, seed, seconds by phase.
    """

    roster: pd.DataFrame
    duty: pd.DataFrame
    outcome: Outcome
    costs: pd.DataFrame
    service: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: tuple[Finding, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    status: str = "draft"


@dataclass(frozen=True)
class Simulation:
    """Result of a simulation.

    Parameters
    ----------
    log : the log of the first replication, table ``contacts``; or what reads it: it is by far the largest table, and
        few ask for it.
    service : per interval and queue the simulated columns of table ``service``, over all replications.
    absences, calls : shifts missed without notice, and people called in for them from shifts on call; means of the
        replications.
    """

    log: pd.DataFrame | Callable[[], pd.DataFrame]
    service: pd.DataFrame
    runs: int
    seed: int
    absences: float = 0.0
    calls: float = 0.0

    @property
    def contacts(self) -> pd.DataFrame:
        """Table ``contacts``: the log of the first replication, read anew each time where it lies in a file."""
        return self.log if isinstance(self.log, pd.DataFrame) else self.log()


@dataclass(frozen=True, slots=True)
class Progress:
    """One message of a long step: ``phase`` is a catalogue key, ``done`` a share 0-1 or None."""

    phase: str
    done: float | None = None
    incumbent: float | None = None
    bound: float | None = None


Report = Callable[[Progress], bool]
"""Called during long work; returns False to stop and keep the best so far."""
