"""What of a plan needs eyes: findings on its service and its certificate, and the exit code that follows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from math import isfinite

import numpy as np
import pandas as pd

from desk import Curves, Desk, Finding, Outcome, Plan, Termination
from planner.agreement import disagreements
from planner.headcounts import missed
from planner.headline import Headline, from_then_on
from planner.late_work import understated
from planner.occupancy import over_occupied
from planner.too_dear import too_dear

_STOPPED = (Termination.TIME, Termination.STEPS, Termination.CANCELLED)

_HOUR_S = 3600.0
_DAY_MIN = 1440


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    NEEDS_EYES = 1
    BAD_INPUT = 2
    NO_ANSWER = 3
    INTERNAL = 4
    INTERRUPTED = 130


def exit_code(findings: Sequence[Finding]) -> Exit:
    """NO_ANSWER where a plan breaks a hard rule, NEEDS_EYES where something is short, else DONE."""
    severities = {finding.severity for finding in findings}
    return Exit.NO_ANSWER if "error" in severities else Exit.NEEDS_EYES if "warning" in severities else Exit.DONE


def judged(desk: Desk, plan: Plan, brief: Headline, curves: Curves | None = None) -> tuple[Finding, ...]:
    """All that a finished plan must be told about: its service and, by the ``curves``, what it was not worth; its
    certificate, its prediction. Of a plan for the rest of a horizon, the service of what is still to come."""
    own, service, then = disagreements(brief.agreements), plan.service, replanned_at(plan)
    late = understated(desk, plan.costs, brief.queues)
    if then is not None:
        brief, service = from_then_on(brief, service, then), service[service["start"] >= then]
    dear = () if curves is None else too_dear(desk, curves, service)
    strain = (*missed(desk, plan), *shortfalls(desk, brief, then), *dear, *late, *over_occupied(desk, service))
    return (*strain, *certificate(plan.outcome, desk.settings.scheduler.gap), *own)


def replanned_at(plan: Plan) -> pd.Timestamp | None:
    """The moment from which on a plan was made anew; None where it was planned whole."""
    now = plan.meta.get("replanned", {}).get("now")
    return None if now is None else pd.Timestamp(now)


def shortfalls(desk: Desk, brief: Headline, then: pd.Timestamp | None = None) -> Iterator[Finding]:
    """A warning for each queue that misses its target, is overloaded beyond the desk's limit, or has nobody there;
    ``then`` is the moment from which on the brief counts, None where it is the whole horizon."""
    for queue in brief.queues:
        if queue.is_below:
            code = "target_missed" if queue.within_s < _HOUR_S else "target_missed_in_hours"
            facts = {"share": queue.share, "target": queue.target_share, "lost": queue.lost}
            facts |= {"within_s": queue.within_s, "within_h": queue.within_s / _HOUR_S}
            facts |= {"below": queue.below, "intervals": queue.intervals}
            told = facts if then is None else facts | {"when": then}
            yield Finding(code if then is None else f"{code}_from", "warning", value=queue.queue, facts=told)
    yield from overloads(desk, brief)


def overloads(desk: Desk, brief: Headline) -> Iterator[Finding]:
    """A warning for each queue that somewhere has nobody there, and one for the intervals beyond the limit of load."""
    manned = brief.over[np.isfinite(brief.over["load"])]
    for queue, own in brief.over[np.isinf(brief.over["load"])].groupby("queue", sort=False):
        eve, end = own["start"].isin(of_the_eve(desk)), own["start"].isin(of_the_end(desk))
        kinds = {
            "nobody_from_the_eve": own[eve],
            "nobody_at_the_end": own[end & ~eve],
            "nobody_there": own[~(eve | end)],
        }
        for code, there in kinds.items():
            if len(there):
                facts = {"count": len(there), "when": there["start"].min()}
                yield Finding(code, "warning", value=str(queue), facts=facts)
    if len(manned):
        worst = manned.iloc[0]
        facts = {"count": len(manned), "limit": desk.settings.rules.overload_limit, "load": worst["load"]}
        facts |= {"when": worst["start"], "missing": max(worst["required"] - worst["effective_agents"], 0.0)}
        yield Finding("overload_expected", "warning", value=str(worst["queue"]), facts=facts)


def of_the_eve(desk: Desk) -> pd.DatetimeIndex:
    """The intervals in which only somebody on a shift of the day before the horizon can be at work, where there is such
    a shift and nobody is known to work it."""
    shifts, before = desk.table("shifts"), desk.table("worked")
    reaching = shifts[shifts["end"] > _DAY_MIN]
    eve = before[before["date"] == desk.dates[0] - pd.Timedelta(days=1)]
    clock = desk.starts.tz_localize(None) - desk.dates[0]
    if reaching.empty or eve["shift"].isin(reaching["shift"]).any():
        return desk.starts[:0]
    until_min = min(float(shifts["start"].min()), float(reaching["end"].max()) - _DAY_MIN)
    return desk.starts[clock < pd.Timedelta(minutes=until_min)]


def of_the_end(desk: Desk) -> pd.DatetimeIndex:
    """The intervals of the last evening in which only somebody can be at work whose shift goes on beyond the horizon:
    what is paid for there counts in full, what comes of it in part.
    """
    shifts = desk.table("shifts")
    reaching, within = shifts[shifts["end"] > _DAY_MIN], shifts[shifts["end"] <= _DAY_MIN]
    if reaching.empty:
        return desk.starts[:0]
    from_min = max(float(reaching["start"].min()), 0.0 if within.empty else float(within["end"].max()))
    return desk.starts[desk.starts.tz_localize(None) >= desk.dates[-1] + pd.Timedelta(minutes=from_min)]


def certificate(outcome: Outcome, asked_gap: float) -> Iterator[Finding]:
    """A warning where the optimiser stopped before the gap that was asked for, or proved none."""
    if not isfinite(outcome.gap):
        yield Finding("no_bound", "warning", facts={"seconds": outcome.seconds})
    elif outcome.termination in _STOPPED and outcome.gap > asked_gap:
        facts = {"gap": outcome.gap, "asked": asked_gap, "seconds": outcome.seconds}
        yield Finding(f"stopped_{outcome.termination.value}", "warning", facts=facts)


def united(first: Sequence[Finding], second: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of both, each once."""
    return (*first, *(finding for finding in second if finding not in first))


def few_of_a_kind(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The first ``most`` findings of every code, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= most:
            kept.append(finding)
    return kept


def noted(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings that inform but ask for nothing, such as those on a simulated log."""
    return (replace(finding, severity="note") for finding in findings)


def grave_first(findings: Sequence[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes; the order within them kept."""
    order = ("error", "warning", "note")
    return sorted(findings, key=lambda finding: order.index(finding.severity))
