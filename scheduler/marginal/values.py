"""What one more agent, one more trained person, one hour of overtime and one hour of overload are worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.explain.scene import Answer, Scene
from scheduler.facts import Agent
from scheduler.marginal.hour import hours_of
from scheduler.marginal.kind import kinds_of, newcomer
from scheduler.marginal.spared import spared

COLUMNS = ("kind", "date", "queue", "contract", "skills", "value", "cost", "net")
_MOST_KINDS = 12
_PAID = ("wages", "overtime", "night", "unworked")


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    value: float
    cost: float
    day: int | None = None
    queue: str | None = None
    contract: str | None = None
    skills: str | None = None


def marginal_values(desk: Desk, curves: Curves | None, plan: Plan, *, colleagues: int = 0) -> pd.DataFrame:
    """Table ``marginals``: what one more of each would save the finished plan, what it costs, and the difference.

    All are best responses to the plan as it stands: the new or changed person takes the best line, then so many
    ``colleagues``, those who can take most queues; everybody else stays. Letting more react can only save more, so the
    values are lower bounds for an optimal plan.

    Returns
    -------
    Rows of kind ``agent`` (one more of a contract and set of skills, over the horizon, and by day: the best shift of
    that day alone), ``trained`` (one of them trained for a queue, over the horizon), ``spared`` (one fewer of a kind:
    what is lost without the one who can best be spared, and the pay saved; nobody fills in, so at most),
    ``overtime_h`` (one hour more of a standard agent in the day's best hour; cost: the mean hourly wage with overtime
    premium) and ``overload_h`` (one agent hour of work more in the day's worst hour; it costs nothing but what it is
    worth); no hours where the desk asks for heads by shift alone. Currency.
    """
    scene = Scene(desk, plan, curves)
    rows = [*_agents(scene, colleagues), *_trained(scene, colleagues), *_spared(scene), *_hours(scene)]
    return _frame(scene, rows)


def _agents(scene: Scene, colleagues: int) -> Iterator[_Row]:
    for kind in kinds_of(scene.facts.agents.values())[:_MOST_KINDS]:
        new = newcomer(scene.facts, kind.typical)
        named = {"contract": kind.contract, "skills": "|".join(kind.queues)}
        others = _flexible(scene, new, colleagues)
        yield _row("agent", _before(scene, others), scene.forced(new, others), **named)
        for day, (value, cost) in scene.worth_by_day(new).items():
            yield _Row("agent", value, cost, day, **named)


def _trained(scene: Scene, colleagues: int) -> Iterator[_Row]:
    """The member of each kind with the most shifts, trained for each other queue; beside what the same person could
    save anyway."""
    for kind in kinds_of(scene.facts.agents.values())[:_MOST_KINDS]:
        busiest = max(kind.members, key=lambda own: (len(scene.roster.lines.get(own.code, {})), own.code))
        missing = [queue for queue in scene.facts.desk.settings.queues if queue not in kind.queues]
        others = _flexible(scene, busiest, colleagues)
        before = scene.forced(busiest, others) if missing else scene.now
        for queue in missing:
            trained = replace(busiest, skills={**busiest.skills, queue: 1.0})
            named = {"contract": kind.contract, "skills": "|".join(kind.queues)}
            yield _row("trained", before, scene.forced(trained, others), queue=queue, **named)


def _spared(scene: Scene) -> Iterator[_Row]:
    for own in spared(scene):
        yield _Row("spared", own.lost, own.paid, contract=own.kind.contract, skills="|".join(own.kind.queues))


def _before(scene: Scene, others: Sequence[str]) -> Answer:
    """The plan after the same colleagues answered without anybody new: only what the new one brings is counted."""
    return scene.forced(scene.facts.agents[others[0]], others[1:]) if others else scene.now


def _flexible(scene: Scene, agent: Agent, most: int) -> list[str]:
    """Colleagues who share a queue, those who can take most queues first, of these those with most shifts."""
    sharing = [
        own for own in scene.facts.agents.values() if own.code != agent.code and own.skills.keys() & agent.skills
    ]
    sharing.sort(key=lambda own: (-len(own.skills), -len(scene.roster.lines.get(own.code, {})), own.code))
    return [own.code for own in sharing[:most]]


def _hours(scene: Scene) -> Iterator[_Row]:
    demand = scene.demand
    if not (demand.curves or demand.work or demand.cover or demand.presence):
        return
    wage = _hourly(list(scene.facts.agents.values()))
    for hour in hours_of(scene.board(), _days(scene)):
        yield _Row("overtime_h", hour.saved, wage.get(hour.queue, 0.0), hour.day, hour.queue)
        yield _Row("overload_h", hour.lost, 0.0, hour.day, hour.queue)


def _hourly(agents: Sequence[Agent]) -> dict[str, float]:
    """Mean wage of an overtime hour of standard work, by queue."""
    found: dict[str, list[float]] = {}
    for agent in agents:
        for queue, speed in agent.skills.items():
            found.setdefault(queue, []).append(agent.cost_per_h * agent.contract.overtime_premium / speed)
    return {queue: float(np.mean(own)) for queue, own in found.items()}


def _days(scene: Scene) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    starts = scene.desk.starts.tz_localize(None).normalize()
    return np.asarray((starts - scene.desk.dates[0]).days, dtype=np.float64)


def _row(kind: str, before: Answer, after: Answer, contract: str, skills: str, queue: str | None = None) -> _Row:
    paid = sum(after.costs.get(term, 0.0) - before.costs.get(term, 0.0) for term in _PAID)
    return _Row(kind, before.total - after.total + paid, paid, queue=queue, contract=contract, skills=skills)


def _frame(scene: Scene, rows: Sequence[_Row]) -> pd.DataFrame:
    made = [
        (own.kind, pd.NaT if own.day is None else pd.Timestamp(scene.facts.date(own.day)), own.queue, own.contract,
         own.skills, own.value, own.cost, own.value - own.cost)
        for own in rows
    ]  # fmt: skip
    kinds = dict.fromkeys(("kind", "queue", "contract", "skills"), "str") | {"date": "datetime64[us]"}
    return pd.DataFrame(made, columns=list(COLUMNS)).astype(kinds | dict.fromkeys(("value", "cost", "net"), "float64"))
