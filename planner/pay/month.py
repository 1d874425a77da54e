"""Overtime over several settlements: the caps of day and month are kept, and an hour is counted, within each alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
_EVE = pd.Timedelta(days=1)

Minutes = Mapping[tuple[str, str], float]
"""Minutes of overtime credited to an agent on a day, such as 2026-06-18, or in a month, such as 2026-06."""


def overtime_over(store: Store, principal: Principal, own: Ground, found: "Assessment") -> Iterator[Finding]:
    """A warning for each month in which this settlement and earlier ones, of whatever desk, together credit somebody
    with more overtime than the month's cap, and one for days of which they all credit some: an hour in which somebody
    took contacts of two logs is paid by both. Settlements that share contacts with this one are no others: it is paid
    or they are.
    """
    settings = own.desk.settings.incentive
    mine = _credited(found)
    if not mine or not settings.weights.get("overtime"):
        return
    months, days = _by_month(mine), sorted(day for _, day in mine)
    others = [run for run in _others(store, principal, own) if _touches(run, {month for _, month in months})]
    there = [run for run in others if _meets(run, days[0], days[-1])]
    people = _near(store, principal, others, months, 60 * settings.overtime_max_h_month)
    known = _near(store, principal, there, months, 0.0)
    earlier = [_of_statements(store, principal, run, known if run in there else people) for run in others]
    yield from _twice(mine, earlier, others, settings.overtime_max_h_day)
    monthly = [_by_month({key: own for key, own in one.items() if key[0] in people}) for one in earlier]
    yield from _told(months, monthly, others, settings.overtime_max_h_month)


def _twice(mine: Minutes, earlier: Sequence[Minutes], runs: Sequence[ScoreRun], most_h: float) -> Iterator[Finding]:
    """A warning where overtime of the same day of somebody is credited before."""
    both = {key: own + sum(one.get(key, 0.0) for one in earlier) for key, own in mine.items()}
    again = {key: minutes for key, minutes in both.items() if minutes > mine[key] + _SLIGHT_MIN}
    if again:
        named = few(f"{agent} {day} {minutes / 60:.1f} h" for (agent, day), minutes in sorted(again.items()))
        facts = {"agents": len({agent for agent, _ in again}), "named": named, "hours": most_h}
        facts["runs"] = _settled(runs, earlier, again)
        yield Finding("overtime_day_twice", "warning", "contacts", value=min(day for _, day in again), facts=facts)


def _settled(runs: Sequence[ScoreRun], earlier: Sequence[Minutes], keys: Collection[tuple[str, str]]) -> str:
    """The settlements that credit any of these."""
    named = zip(runs, earlier, strict=True)
    return ", ".join(f"“{run.name}” ({run.id})" for run, one in named if not one.keys().isdisjoint(keys))


def _told(mine: Minutes, earlier: Sequence[Minutes], runs: Sequence[ScoreRun], most_h: float) -> Iterator[Finding]:
    over: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (agent, month), minutes in mine.items():
        before = sum(one.get((agent, month), 0.0) for one in earlier)
        if before > 0 and minutes + before > 60 * most_h + _SLIGHT_MIN:
            over[month].append((agent, (minutes + before) / 60))
    for month, whom in sorted(over.items()):
        settled = _settled(runs, earlier, {(agent, month) for agent, _ in whom})
        named = few(f"{agent} {hours:.1f} h" for agent, hours in whom)
        facts = {"agents": len(whom), "named": named, "hours": most_h, "runs": settled}
        yield Finding("overtime_month_over", "warning", "contacts", value=month, facts=facts)


def _credited(found: "Assessment") -> Minutes:
    from incentive.lines import reward_days

    for result in found.results:
        if result.measure.name == OVERTIME:
            days = reward_days(found.evidence, result)
            names = [str(found.evidence.log.agents[who]) for who in days["who"]]
            return _by_day(days.assign(agent=names))
    return {}


def _by_day(days: pd.DataFrame) -> Minutes:
    day = pd.to_datetime(days["start"]).dt.strftime("%Y-%m-%d")
    found: dict[tuple[str, str], float] = defaultdict(float)
    for agent, one, minutes in zip(days["agent"], day, days["units"], strict=True):
        found[str(agent), str(one)] += float(minutes)
    return {key: minutes for key, minutes in found.items() if minutes > 0}


def _by_month(days: Minutes) -> Minutes:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for (agent, day), minutes in days.items():
        found[agent, day[:7]] += minutes
    return found


def _others(store: Store, principal: Principal, own: Ground) -> list[ScoreRun]:
    """The last scoring of every other settlement, without those of contacts that are settled here again."""
    runs = list_score_runs(store, principal)
    again = set(sharing(store, principal, own, runs))
    return [last for first, last in newest_settlements(runs) if first.id not in again]


def _touches(run: ScoreRun, months: set[str]) -> bool:
    first, last = (str(day)[:7] for day in run.summary.get("period") or ("", ""))
    return any(first <= month <= last for month in months)


def _meets(run: ScoreRun, first: str, last: str) -> bool:
    """Whether a settlement has days from ``first`` to ``last``, or the one before, whose night goes on into them."""
    begins, ends = (pd.Timestamp(day) for day in run.summary["period"])
    return bool(begins - _EVE <= pd.Timestamp(last) and pd.Timestamp(first) <= ends)


def _near(
    store: Store, principal: Principal, runs: Sequence[ScoreRun], mine: Minutes, most_min: float
) -> tuple[str, ...]:
    """Agents who may come above so many minutes with some of them earlier: their statements are to be read."""
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
            found |= _by_day(lines[lines["measure"] == OVERTIME].assign(agent=agent))
    return found
