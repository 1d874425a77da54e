"""Overtime of a month over several settlements: the cap of the month is kept within each alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from desk import Finding
from desk.listed import few
from planner.pay.ground import Ground
from planner.pay.run import LINES, newest_settlements
from planner.pay.twice import sharing
from store import Principal, ScoreRun, Store, list_score_runs, read_scores, read_statement

if TYPE_CHECKING:
    from incentive import Assessment

OVERTIME = "overtime"
_SLIGHT_MIN = 0.01

Minutes = Mapping[tuple[str, str], float]
"""Minutes of overtime credited to an agent in a month, such as 2026-06."""


def overtime_over(store: Store, principal: Principal, own: Ground, found: "Assessment") -> Iterator[Finding]:
    """A warning for each month in which this settlement and earlier ones, of whatever desk, together credit somebody
    with more overtime than the month's cap. Settlements that share contacts with this one are no others: it is paid or
    they are.
    """
    settings = own.desk.settings.incentive
    mine = _credited(found)
    if not mine or not settings.weights.get("overtime"):
        return
    others = [run for run in _others(store, principal, own) if _touches(run, {month for _, month in mine})]
    most_min = 60 * settings.overtime_max_h_month
    people = _near(store, principal, others, mine, most_min)
    earlier = [_of_statements(store, principal, run, people) for run in others]
    yield from _told(mine, earlier, others, settings.overtime_max_h_month)


def _told(mine: Minutes, earlier: Sequence[Minutes], runs: Sequence[ScoreRun], most_h: float) -> Iterator[Finding]:
    over: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (agent, month), minutes in mine.items():
        before = sum(one.get((agent, month), 0.0) for one in earlier)
        if before > 0 and minutes + before > 60 * most_h + _SLIGHT_MIN:
            over[month].append((agent, (minutes + before) / 60))
    for month, whom in sorted(over.items()):
        settled = [f"“{run.name}” ({run.id})" for run, one in zip(runs, earlier, strict=True)
                   if any((agent, month) in one for agent, _ in whom)]  # fmt: skip
        named = few(f"{agent} {hours:.1f} h" for agent, hours in whom)
        facts = {"agents": len(whom), "named": named, "hours": most_h, "runs": ", ".join(settled)}
        yield Finding("overtime_month_over", "warning", "contacts", value=month, facts=facts)


def _credited(found: "Assessment") -> Minutes:
    from incentive.lines import reward_days

    for result in found.results:
        if result.measure.name == OVERTIME:
            days = reward_days(found.evidence, result)
            names = [str(found.evidence.log.agents[who]) for who in days["who"]]
            return _by_month(days.assign(agent=names))
    return {}


def _by_month(days: pd.DataFrame) -> Minutes:
    month = pd.to_datetime(days["start"]).dt.strftime("%Y-%m")
    found: dict[tuple[str, str], float] = defaultdict(float)
    for agent, one, minutes in zip(days["agent"], month, days["units"], strict=True):
        found[str(agent), str(one)] += float(minutes)
    return {key: minutes for key, minutes in found.items() if minutes > 0}


def _others(store: Store, principal: Principal, own: Ground) -> list[ScoreRun]:
    """The last scoring of every other settlement, without those of contacts that are settled here again."""
    runs = list_score_runs(store, principal)
    again = set(sharing(store, principal, own, runs))
    return [last for first, last in newest_settlements(runs) if first.id not in again]


def _touches(run: ScoreRun, months: set[str]) -> bool:
    first, last = (str(day)[:7] for day in run.summary.get("period") or ("", ""))
    return any(first <= month <= last for month in months)


def _near(
    store: Store, principal: Principal, runs: Sequence[ScoreRun], mine: Minutes, most_min: float
) -> tuple[str, ...]:
    """Agents who may come above the cap: their statements are to be read."""
    whole: dict[str, float] = defaultdict(float)
    for (agent, _), minutes in mine.items():
        whole[agent] += minutes
    known = set(whole)
    for run in runs:
        scores = read_scores(store, principal, run.id)
        rows = scores[(scores["measure"] == OVERTIME) & scores["agent"].isin(known)]
        for agent, minutes in zip(rows["agent"], rows["adjusted"].fillna(0.0), strict=True):
            whole[str(agent)] += float(minutes)
    return tuple(agent for agent, minutes in whole.items() if minutes > most_min)


def _of_statements(store: Store, principal: Principal, run: ScoreRun, people: Sequence[str]) -> Minutes:
    found: dict[tuple[str, str], float] = {}
    scored = set(read_scores(store, principal, run.id)["agent"]) if people else set()
    for agent in people:
        if agent in scored:
            lines = pd.read_csv(BytesIO(read_statement(store, principal, run.id, agent, LINES)))
            found |= _by_month(lines[lines["measure"] == OVERTIME].assign(agent=agent))
    return found
