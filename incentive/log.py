"""The contact log, checked and completed with what every measure needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding, InputError
from desk.frames import dtype_of
from desk.grid import epoch_s
from desk.load.header import closest
from desk.settings import Queue
from desk.tables import table
from desk.timed import timed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Log:
    """One row per contact, in the order of their ids, so that the order of the table changes nothing, not even a bit.

    Parameters
    ----------
    rows : table ``contacts`` with all its columns.
    agents : every agent of the desk and of the log, sorted.
    agent : place of each contact's agent in ``agents``, -1 where nobody took it.
    queues : the desk's queues; ``queue`` is each contact's place in them.
    start_s : start of the interval of the contact's moment (the assignment, else the arrival), s since 1970 UTC.
    day : local day of that interval, days since 1970.
    handled : an agent took it, replied, and the customer stayed.
    standard_min : agent minutes that a contact of its queue takes at full concurrency.
    given : columns that hold at least one value.
    customer : code of each contact's customer, -1 where unknown.
    visits : rows in the order of agent, customer and arrival; none where no customer is known.
    rank : place of each of ``agents`` in the order of their first contacts, which no name and no sorting decides.
    guarded : guard -> contacts that it found; guards without their columns are absent.
    """

    rows: pd.DataFrame
    agents: "pd.Index[str]"
    agent: Ints
    queues: tuple[str, ...]
    queue: Ints
    start_s: Ints
    day: Ints
    handled: Flags
    standard_min: Floats
    given: frozenset[str]
    customer: Ints
    visits: Ints
    rank: Ints
    guarded: Mapping[str, Flags] = field(default_factory=dict)

    def column(self, name: str) -> "pd.Series[Any]":
        """A column of the log."""
        return self.rows[name]

    def flag(self, name: str) -> Flags:
        """A yes-or-no column; blank = no."""
        return np.asarray(self.rows[name].fillna(False).to_numpy(dtype=bool))

    def seconds(self, name: str) -> Floats:
        """A time column in s since 1970 UTC; NaN where blank."""
        return epoch_s(pd.DatetimeIndex(self.rows[name]))

    def found(self, guard: str) -> Flags:
        """Contacts that a guard found; none where it could not look."""
        return self.guarded.get(guard, np.zeros(len(self.agent), dtype=bool))


def read_log(desk: Desk, contacts: pd.DataFrame) -> Log:
    """Check the log against the desk and complete it.

    Raises
    ------
    InputError : a contact stands twice, an agent or a queue is unknown, an id or arrival is blank, or a time can't be
        read.
    """
    zone = desk.settings.timezone
    rows = _in_order(_complete(timed(contacts, "contacts", zone), zone))
    findings = [*_wrong_keys(rows), *_unknown(desk, rows)]
    if findings:
        raise InputError(findings)
    agents = (
        pd.Index(desk.table("agents")["agent"])
        .union(pd.Index(rows["agent"].dropna().unique()))
        .astype("str")
        .sort_values()
    )
    queues = tuple(desk.settings.queues)
    queue = pd.Index(queues).get_indexer(pd.Index(rows["queue"]))
    given = frozenset(str(name) for name in rows if bool(rows[name].notna().any()))
    start_s = interval_start_s(rows["assigned"].fillna(rows["arrived"]), desk.settings.interval_min)
    minutes = np.array([standard_min(desk.settings.queues[name]) for name in queues])
    agent = agents.get_indexer(pd.Index(rows["agent"])).astype(np.int64)
    customer = pd.factorize(rows["customer"])[0].astype(np.int64)
    arrived_s = epoch_s(pd.DatetimeIndex(rows["arrived"]))
    return Log(
        rows=rows,
        agents=agents,
        agent=agent,
        queues=queues,
        queue=queue.astype(np.int64),
        start_s=start_s,
        day=local_day(start_s, desk.settings.timezone),
        handled=_handled(rows, given),
        standard_min=minutes[queue],
        given=given,
        customer=customer,
        visits=np.lexsort((arrived_s, customer, agent)) if "customer" in given else np.array([], dtype=np.int64),
        rank=_rank(agent, arrived_s, len(agents)),
    )


def live_queues(desk: Desk, log: Log) -> Flags:
    """Which of the log's queues are answered at once; nobody holds a contact of the others."""
    return np.array([desk.settings.queues[name].kind == "live" for name in log.queues], dtype=bool)


def total_by(code: Ints, values: Floats, size: int) -> Floats:
    """Sums of ``values`` by code 0 ... ``size`` - 1."""
    return np.bincount(code, values, minlength=size).astype(np.float64)


def standard_min(queue: Queue) -> float:
    """Agent minutes that a contact takes at the concurrency of the greatest throughput, min over k of aht_s[k] / k."""
    return min(aht_s / held for held, aht_s in enumerate(queue.aht_s, start=1)) / 60


def local_clock(start_s: Ints, timezone: str) -> pd.DatetimeIndex:
    """The naive local times of moments given in seconds since 1970 UTC."""
    return pd.to_datetime(start_s, unit="s", utc=True).tz_convert(timezone).tz_localize(None)


def local_day(start_s: Ints, timezone: str) -> Ints:
    """The local days of moments, in days since 1970."""
    since = local_clock(start_s, timezone).normalize() - pd.Timestamp("1970-01-01")
    return np.asarray(since.days, dtype=np.int64)


def _complete(contacts: pd.DataFrame, timezone: str) -> pd.DataFrame:
    filled = {}
    for column in table("contacts").columns.values():
        dtype: Any = dtype_of(column, timezone)
        if column.name in contacts:
            filled[column.name] = contacts[column.name].astype(dtype).reset_index(drop=True)
        else:
            filled[column.name] = pd.Series(index=range(len(contacts)), dtype=dtype)
    return pd.DataFrame(filled)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    ids = rows["contact"]
    return rows if ids.is_monotonic_increasing else rows.sort_values("contact", kind="stable", ignore_index=True)


def _wrong_keys(rows: pd.DataFrame) -> Iterator[Finding]:
    twice = rows["contact"].duplicated().to_numpy()
    if twice.any():
        first = str(rows["contact"][twice].iloc[0])
        yield Finding(
            "contact_twice", file="contacts", column="contact", value=first, facts={"count": int(twice.sum())}
        )
    for column in ("contact", "queue", "arrived"):
        if bool(rows[column].isna().any()):
            yield Finding("blank_cell", file="contacts", column=column)


def _unknown(desk: Desk, rows: pd.DataFrame) -> Iterator[Finding]:
    known = {"queue": set(desk.settings.queues)}
    if desk.has("agents"):
        known["agent"] = set(desk.table("agents")["agent"])
    for column, names in known.items():
        for name in sorted(set(rows[column].dropna().unique()) - names):
            facts = {"name": str(name), "known": closest(str(name), sorted(names))}
            yield Finding(f"unknown_{column}", file="contacts", column=column, value=str(name), facts=facts)


def interval_start_s(moment: "pd.Series[Any]", interval_min: int) -> Ints:
    """Start of the interval of each zone-aware moment, s since 1970 UTC; none may be blank."""
    local = moment.dt.tz_localize(None)
    into = (local - local.dt.floor(f"{interval_min}min")) / pd.Timedelta(seconds=1)
    start_s: Ints = np.rint(epoch_s(pd.DatetimeIndex(moment)) - into.to_numpy()).astype(np.int64)
    return start_s


def _rank(agent: Ints, arrived_s: Floats, agents: int) -> Ints:
    first, own = np.full(agents, np.inf), agent >= 0
    np.minimum.at(first, agent[own], arrived_s[own])
    rank = np.empty(agents, dtype=np.int64)
    rank[np.lexsort((np.bincount(agent[own], minlength=agents), first))] = np.arange(agents)
    return rank


def _handled(rows: pd.DataFrame, given: frozenset[str]) -> Flags:
    stayed = ~rows["abandoned"].fillna(False).to_numpy(dtype=bool)
    replied = rows["first_reply"].notna().to_numpy() if "first_reply" in given else np.ones(len(rows), dtype=bool)
    return np.asarray(rows["agent"].notna().to_numpy() & stayed & replied)
