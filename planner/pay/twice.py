"""Contacts that were settled before: whoever pays two settlements of the same work pays twice."""

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from desk import Finding
from desk.currency import money_words
from desk.listed import few
from planner.pay.ground import Ground
from planner.pay.run import SETTLED, kind_of, newest_of
from store import Principal, ScoreRun, Store, list_score_runs, shared_contacts

_BY_CHANCE = 0.05
"""Share of a log's contacts below which two desks may have given the same ids at the same moments."""
_AROUND = pd.Timedelta(days=1)
"""Days of two settlements are the desk's, moments of contacts may lie a night beside them."""


def settled_before(store: Store, principal: Principal, own: Ground) -> tuple[Finding, ...]:
    """A warning where contacts of the log stand in an earlier settlement, of this log or another one of the desk; and
    one where appeals against it were granted, which this one does not know.
    """
    every = list_score_runs(store, principal)
    known = sharing(store, principal, own, every)
    last = next((run for run in every if run.id == max(known, default=None)), None)
    if last is None:
        return ()
    return told(last, known[last.id], len(known)), *corrections_left(every, known)


def sharing(store: Store, principal: Principal, own: Ground, every: Sequence[ScoreRun]) -> dict[int, int]:
    """Settlement -> contacts that it has in common with the log: those of this log, or of another. That of a desk of
    another name, which may be the same desk renamed, must share a part of them: ids may meet by chance.
    """
    runs = [run for run in every if kind_of(run) == SETTLED]
    others = [run for run in runs if _may_share(run, own)]
    logs = sorted({int(run.summary["log"]) for run in others})
    shared = shared_contacts(store, principal, own.log, logs) if logs else {}
    known = {run.id: len(own.contacts) for run in runs_of_log(runs, own.log)}
    least = {run.id: 1 if _is_of(run, own) else _BY_CHANCE * len(own.contacts) for run in others}
    counts = {run.id: shared.get(int(run.summary["log"]), 0) for run in others}
    return known | {number: count for number, count in counts.items() if count and count >= least[number]}


def runs_of_log(runs: Sequence[ScoreRun], log: int) -> list[ScoreRun]:
    """The settlements of a log, without those that answer an appeal, in the order given."""
    return [run for run in runs if kind_of(run) == SETTLED and run.summary.get("log") == log]


def corrections_left(runs: Sequence[ScoreRun], settled: Collection[int]) -> Iterator[Finding]:
    """A warning where appeals against settlements were granted: who scores their log again scores it as it came."""
    ends = {newest_of(runs, number) for number in settled}
    rests = [run for run in runs if run.id in ends and run.summary.get("corrections")]
    if rests:
        contacts = [str(own["contact"]) for run in rests for own in run.summary["corrections"]]
        facts = {"count": len(contacts), "named": few(contacts)}
        yield Finding("corrections_left", "warning", "contacts", value=rests[0].name, facts=facts)


def told(run: ScoreRun, contacts: int, settlements: int) -> Finding:
    """The warning: how many contacts stand in how many earlier settlements, the last of them by name."""
    paid = money_words(float(run.summary.get("paid", 0.0)), str(run.summary.get("currency", "")))
    facts = {"count": contacts, "run": run.id, "paid": paid, "settlements": settlements}
    return Finding("settled_before", "warning", "contacts", value=run.name, facts=facts)


def _is_of(run: ScoreRun, own: Ground) -> bool:
    return bool(run.summary.get("desk_name") == own.desk.settings.name)


def _may_share(run: ScoreRun, own: Ground) -> bool:
    """Whether another log was settled for days that touch those of this one."""
    log, period = run.summary.get("log"), run.summary.get("period")
    if log in (None, own.log) or not period:
        return False
    first, last = (pd.Timestamp(day, tz=own.desk.settings.timezone) for day in period)
    arrived = own.contacts["arrived"]
    return bool(arrived.min() <= last + 2 * _AROUND and arrived.max() >= first - _AROUND)
