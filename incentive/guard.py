"""Guards against gaming: contacts that are not what they seem, found where the log has the columns to tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from desk import Desk, Finding
from incentive.log import Flags, Ints, Log, live_queues

MINUTE_S, HOUR_S = 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard.

    Parameters
    ----------
    name : as it stands in ``[incentive.guards].off`` and in ``measures.toml``.
    needs : columns of the log without which it can't look.
    severity : of what it finds; a ``warning`` is to be looked into, a ``note`` happens without intent too.
    find : which contacts it finds; what the guards before it in ``GUARDS`` found stands in the log.
    """

    name: str
    needs: tuple[str, ...]
    severity: Literal["warning", "note"]
    find: Callable[[Desk, Log], Flags]


def detect(desk: Desk, log: Log) -> Mapping[str, Flags]:
    """What each guard finds, by its name; a guard that is off or lacks a column is absent."""
    off = desk.settings.incentive.guards.off
    ready = [guard for guard in GUARDS if guard.name not in off and log.given.issuperset(guard.needs)]
    found: dict[str, Flags] = {}
    for guard in ready:
        found[guard.name] = guard.find(desk, replace(log, guarded=dict(found))) & (log.agent >= 0)
    return found


def guard_findings(desk: Desk, log: Log) -> Iterator[Finding]:
    """What was found, by whom most, and which guards could not look."""
    off = desk.settings.incentive.guards.off
    for guard in GUARDS:
        if guard.name in log.guarded:
            yield from _found(guard, log)
    blind = [guard for guard in GUARDS if guard.name not in log.guarded and guard.name not in off]
    if blind:
        missing = sorted({column for guard in blind for column in guard.needs if column not in log.given})
        facts = {"guards": ", ".join(guard.name for guard in blind), "columns": ", ".join(missing)}
        yield Finding("guards_blind", "note", "contacts", facts=facts)
    yield from _bunches(desk, log)


def _found(guard: Guard, log: Log) -> Iterator[Finding]:
    found = log.guarded[guard.name]
    if found.any():
        counts = np.bincount(log.agent[found], minlength=len(log.agents))
        most = {"agent": str(log.agents[int(counts.argmax())]), "most": int(counts.max())}
        facts = {"count": int(found.sum()), "agents": int((counts > 0).sum()), **most}
        yield Finding(f"guard_{guard.name}", guard.severity, "contacts", facts=facts)


def _greeting(desk: Desk, log: Log) -> Flags:
    asked = log.column("questions").to_numpy(dtype=np.float64) >= 2 if "questions" in log.given else True
    answers = log.column("answers").to_numpy(dtype=np.float64)
    return np.asarray(log.handled & asked & (answers <= desk.settings.incentive.guards.greeting_answers))


def _hang_up(desk: Desk, log: Log) -> Flags:
    by_agent = (log.column("ended_by") == "agent").to_numpy(dtype=bool, na_value=False)
    since_s = log.seconds("closed") - log.seconds("first_reply")
    return np.asarray(log.handled & by_agent & (since_s < desk.settings.incentive.guards.hang_up_s))


def _transfer(desk: Desk, log: Log) -> Flags:
    return log.flag("transferred")


def _self_invited(desk: Desk, log: Log) -> Flags:
    return (log.column("rating_asked_by") == "agent").to_numpy(dtype=bool, na_value=False)


def _split(desk: Desk, log: Log) -> Flags:
    """Later contacts of a customer with the same agent and queue, begun before the guard's minutes had passed since the
    last of the earlier ones ended."""
    rows = _visits(log)
    ended_s = pd.Series(log.seconds("closed")[rows]).fillna(-np.inf)
    key = _person(log, rows) * len(log.queues) + log.queue[rows]
    last_s = ended_s.groupby(key).cummax().groupby(key).shift(fill_value=-np.inf)
    gap_s = log.seconds("arrived")[rows] - last_s.to_numpy()
    return _marked(log, rows, gap_s <= MINUTE_S * desk.settings.incentive.guards.split_min)


def whole_of(log: Log) -> Ints:
    """The row of the contact that each row continues by the guard ``split``; the row itself where it continues none."""
    whole = np.arange(len(log.agent))
    parts = log.found("split")
    if parts.any():
        rows = _visits(log)
        first = pd.Series(rows, dtype="float64").mask(parts[rows])
        key = _person(log, rows) * len(log.queues) + log.queue[rows]
        whole[rows] = first.groupby(key).ffill().to_numpy(dtype=np.int64)
    return whole


def _repeat(desk: Desk, log: Log) -> Flags:
    """Contacts of a customer with the same agent beyond the number that counts on a day; parts of one count once."""
    rows = _visits(log)
    rows = rows[~log.found("split")[rows]]
    key = _person(log, rows) * (int(log.day.max(initial=0)) + 1) + log.day[rows]
    number = pd.Series(rows).groupby(key).cumcount()
    return _marked(log, rows, number.to_numpy() >= desk.settings.incentive.guards.repeat_max)


def _merged(desk: Desk, log: Log) -> Flags:
    since = "assigned" if "assigned" in log.given else "arrived"
    open_s = log.seconds("closed") - log.seconds(since)
    return np.asarray(live_queues(desk, log)[log.queue] & (open_s > HOUR_S * desk.settings.incentive.guards.merged_h))


def _visits(log: Log) -> Ints:
    """Contacts handled of known customers, in the order of agent, customer and arrival."""
    return log.visits[((log.customer >= 0) & log.handled)[log.visits]]


def _person(log: Log, rows: Ints) -> Ints:
    """One number for agent and customer."""
    return log.agent[rows] * (int(log.customer.max(initial=0)) + 1) + log.customer[rows]


def _marked(log: Log, rows: Ints, found: Flags) -> Flags:
    flags = np.zeros(len(log.agent), dtype=bool)
    flags[rows] = found
    return flags


def _bunches(desk: Desk, log: Log) -> Iterator[Finding]:
    """Agents who end far more contacts just before a limit than they end just after it."""
    guards = desk.settings.incentive.guards
    if not guards.duration_limits_s or "closed" not in log.given:
        return
    open_s = log.seconds("closed") - log.seconds("assigned" if "assigned" in log.given else "arrived")
    for limit_s in guards.duration_limits_s:
        before, after = (
            np.bincount(log.agent[own & log.handled], minlength=len(log.agents))
            for own in ((open_s >= limit_s - guards.bunch_s) & (open_s < limit_s),
                        (open_s >= limit_s) & (open_s < limit_s + guards.bunch_s))
        )  # fmt: skip
        for place in np.flatnonzero(before - after > _SURE_SDS * np.sqrt(before + after + 1)):
            facts = {"limit_s": limit_s, "before": int(before[place]), "after": int(after[place])}
            yield Finding("guard_bunching", "warning", "contacts", value=str(log.agents[int(place)]), facts=facts)


_SURE_SDS = 4.0
GUARDS = (
    Guard("greeting", ("answers",), "warning", _greeting),
    Guard("hang_up", ("ended_by", "closed", "first_reply"), "warning", _hang_up),
    Guard("transfer", ("transferred",), "note", _transfer),
    Guard("self_invited", ("rating_asked_by",), "warning", _self_invited),
    Guard("split", ("customer", "closed"), "note", _split),
    Guard("repeat", ("customer",), "note", _repeat),
    Guard("merged", ("closed",), "note", _merged),
)
