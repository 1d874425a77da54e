"""What one more agent, one more trained person, one hour of overtime and one hour of overload are worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Curves, Desk, Plan, Progress
from desk.nouns import Report
from scheduler.explain.scene import Answer, Scene
from scheduler.facts import Agent
from scheduler.marginal.hour import hours_of
from scheduler.marginal.kind import Kind, kinds_of, newcomer
from scheduler.marginal.spared import spared
from scheduler.wage import pay

COLUMNS = ("kind", "date", "queue", "contract", "skills", "value", "cost", "net")
_MOST_KINDS = 12


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    value: float
    cost: float
    day: int | None = None
    queue: str | None = None
    contract: str | None = None
    skills: str | None = None


def marginal_values(desk: Desk, curves: Curves | None, plan: Plan, *, report: Report | None = None) -> pd.DataFrame:
    """Table ``marginals``: what one more of each would save the finished plan, what it costs, and the difference.

    The new or trained person takes the best line. Where people times days are at most 2,000 everybody else answers too,
    by a walk from the plan as it stands, beside the plan after the same walk without anybody new. In larger desks, by
    day and for hours, everybody else stays: letting more react can only save more, so those values are lower bounds for
    an optimal plan.

    Parameters
    ----------
    report : is told how far it is; where it answers False, kinds of people not asked about yet are left out.

    Returns
    -------
    Rows of kind ``agent`` (one more of a contract and set of skills, over the horizon, and by day: the best shift of
    that day alone), ``trained`` (one of them trained for a queue, over the horizon), ``spared`` (one fewer of a kind:
    what is lost without the one who can best be spared, and the pay saved; at most in larger desks: nobody fills in),
    ``overtime_h`` (one hour more of a standard agent in the day's best hour; cost: the mean hourly wage with overtime
    premium) and ``overload_h`` (one agent hour of work more in the day's worst hour; it costs nothing but what it is
    worth); no hours where the desk asks for heads by shift alone. Currency.
    """
    scene = Scene(desk, plan, curves)
    agents, trained = list[_Row](), list[_Row]()
    kinds = kinds_of(scene.facts.agents.values())[:_MOST_KINDS]
    asked = 0
    for kind in kinds:
        if report is not None and not report(Progress("scheduler.phase.worth", asked / len(kinds))):
            break
        agents += _agents(scene, kind)
        trained += _trained(scene, kind)
        asked += 1
    return _frame(scene, [*agents, *trained, *_spared(scene, asked), *_hours(scene)])


def _agents(scene: Scene, kind: Kind) -> Iterator[_Row]:
    new, skills = newcomer(scene.facts, kind.typical), "|".join(kind.queues)
    before, after = max(((scene.now, scene.forced(new)), *_walked(scene, new)), key=_saved)
    paid = _paid(after, new)
    yield _Row("agent", _saved((before, after)) + paid, paid, contract=kind.contract, skills=skills)
    for day, (value, cost) in scene.worth_by_day(new).items():
        yield _Row("agent", value, cost, day, contract=kind.contract, skills=skills)


def _trained(scene: Scene, kind: Kind) -> Iterator[_Row]:
    """The member with the most shifts, trained for each other queue; beside what the same person could save anyway."""
    busiest = max(kind.members, key=lambda own: (len(scene.roster.lines.get(own.code, {})), own.code))
    for queue in (queue for queue in scene.facts.desk.settings.queues if queue not in kind.queues):
        trained = replace(busiest, skills={**busiest.skills, queue: 1.0})
        before, after = max((scene.now, scene.now), *_with_skill(scene, busiest, trained), key=_saved)
        paid = _paid(after, busiest) - _paid(before, busiest)
        value, skills = _saved((before, after)) + paid, "|".join(kind.queues)
        yield _Row("trained", value, paid, queue=queue, contract=kind.contract, skills=skills)


def _with_skill(scene: Scene, agent: Agent, trained: Agent) -> tuple[tuple[Answer, Answer], ...]:
    """The plan without and with the skill, after everybody's answer; in large desks after the person's own, which a
    plan that is not the best may gain by without the skill too."""
    return _walked(scene, trained) or ((scene.forced(agent), scene.forced(trained)),)


def _walked(scene: Scene, agent: Agent) -> tuple[tuple[Answer, Answer], ...]:
    """The plan without and with a person new or changed, after everybody's answer; nothing in large desks."""
    return ((scene.settled, scene.again(agent)),) if scene.may_walk else ()


def _saved(pair: tuple[Answer, Answer]) -> float:
    return pair[0].total - pair[1].total


def _paid(answer: Answer, agent: Agent) -> float:
    """Pay of a person for the horizon."""
    return pay(agent, [shift for day, shift in answer.roster.shifts(agent).items() if day >= 0])


def _spared(scene: Scene, most_walked: int) -> Iterator[_Row]:
    for own in spared(scene, most_walked):
        yield _Row("spared", own.lost, own.paid, contract=own.kind.contract, skills="|".join(own.kind.queues))


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


def _frame(scene: Scene, rows: Sequence[_Row]) -> pd.DataFrame:
    made = [
        (own.kind, pd.NaT if own.day is None else pd.Timestamp(scene.facts.date(own.day)), own.queue, own.contract,
         own.skills, own.value, own.cost, own.value - own.cost)
        for own in rows
    ]  # fmt: skip
    kinds = dict.fromkeys(("kind", "queue", "contract", "skills"), "str") | {"date": "datetime64[us]"}
    return pd.DataFrame(made, columns=list(COLUMNS)).astype(kinds | dict.fromkeys(("value", "cost", "net"), "float64"))
