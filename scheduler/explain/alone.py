"""Whether one person's hard rules can all be kept; a model without objective."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from desk import Desk
from desk.settings import Limit
from scheduler.adapter import Limits, Task, solver_named
from scheduler.explain.ask import Ask, limit_code, with_limit
from scheduler.facts import OFF, Agent, Facts, read_facts
from scheduler.line import add_line
from scheduler.model import Model
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Line
from scheduler.watch import Watch

_LIMITS = Limits(seconds=20.0, gap=1e-6)
_NEAR, _HALVINGS = 0.2, 8
"""How near the least limit that is enough must be met, in its unit, and how often the rest is halved at most."""


def possible(desk: Desk, agent: str) -> bool:
    """Whether some line keeps every hard rule of the person; a pin counts as a rule like the others."""
    facts = read_facts(desk)
    return not _barred_pins(facts, facts.agents[agent]) and _line(facts, facts.agents[agent]) is not None


def loosened(desk: Desk, agent: str, ask: Ask) -> float | None:
    """The limit of ``ask`` that is just loose enough while all else stands; None where that does not help."""
    facts = read_facts(desk)
    contract = facts.agents[agent].contract_name
    limit: Limit = getattr(facts.agents[agent].contract, ask.limit)
    soft = read_facts(with_limit(desk, contract, ask.limit, Limit(limit=limit.limit, price=1.0)))
    own = soft.agents[agent]
    if _barred_pins(soft, own):
        return None
    line = _line(soft, own, limit_code(ask.limit))
    if line is None:
        return None
    sign = 1.0 if ask.limit.startswith("max_") else -1.0

    def kept(beyond: float) -> float | None:
        """By how much the limit is missed where it is looser by so much."""
        other = Limit(limit=max(0.0, limit.limit + sign * beyond))
        hard = read_facts(with_limit(desk, contract, ask.limit, other))
        found = _line(hard, hard.agents[agent])
        return None if found is None else _beyond(soft, own, found, limit_code(ask.limit))

    return max(0.0, limit.limit + sign * _least(_beyond(soft, own, line, limit_code(ask.limit)), kept))


def _least(most: float, kept: Callable[[float], float | None]) -> float:
    """The least by which a limit must give, ``most`` being enough: what is missed least in all may be missed in one
    week, and by less in each of several."""
    least = 0.0
    for _ in range(_HALVINGS):
        if most - least <= _NEAR:
            break
        found = kept((least + most) / 2)
        least, most = ((least + most) / 2, most) if found is None else (least, min(found, (least + most) / 2))
    return most


def _barred_pins(facts: Facts, agent: Agent) -> bool:
    pinned = [(day, code) for day, code in agent.pinned.items() if code != OFF and 0 <= day < facts.n_days]
    return any(rule.bars(facts, agent, day, facts.shifts[code]) for day, code in pinned for rule in RULES)


def _line(facts: Facts, agent: Agent, priced: str = "") -> Mapping[int, str] | None:
    """A line that keeps the hard rules, and misses the ``priced`` one by as little as possible."""
    model = Model("alone")
    line = add_line(model, facts, agent, bends=False)
    task = Task(model)
    if not model.variables:
        return {} if task.program.violation(np.zeros(0)) <= 0 else None
    task.cost = _only(model, priced)
    found = solver_named("highs").search(task, _LIMITS, Watch(_LIMITS.seconds))
    return None if found.values is None else _read(line, found.values)


def _only(model: Model, priced: str) -> npt.NDArray[np.float64]:
    kept = np.array([bool(priced) and label[:2] == ("short", priced) for label in model.labels], dtype=np.bool_)
    return np.where(kept, np.array(model.costs), 0.0)


def _read(line: Line, values: npt.NDArray[np.float64]) -> Mapping[int, str]:
    return {day: code for (day, code), var in line.x.items() if values[var.index] > 0.5}


def _beyond(facts: Facts, agent: Agent, line: Mapping[int, str], code: str) -> float:
    shifts = Roster(facts, {agent.code: line}).shifts(agent)
    units = [own.units for rule in RULES for own in rule.check(facts, agent, shifts) if own.code == code]
    return max(units, default=0.0)
