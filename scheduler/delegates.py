"""Prices for a large desk: a part of its people, asked for that part of what is wanted, stands for all.

The linear relaxation of everybody would take longer than the plan. Prices of the rows that couple people need not be
exact to prove a bound, and are nearly those of every k-th person beside a k-th of the demand.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from scheduler.adapter import Limits, Solver, Task
from scheduler.crew import Crew
from scheduler.facts import Agent, Facts
from scheduler.master import Master, StoppedError, build_master
from scheduler.model import Label
from scheduler.program import Program
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_DAYS, _DAYS_PER_S = 6_000, 100
"""Days of all delegates together up to which the relaxation is solved in good time: at most, and for each second of the
run."""
_MEASURED = 200_000, 6.5, 1.75
"""Numbers in the rows of a relaxation, the seconds it took, and how these grow: 145 s with 1,150,000."""
_FEWEST = 3
"""Of so many people at least one is a delegate: half of them took half of the time, a third of them a third."""
_SMALLEST = 5
"""Delegates at least where time is short: so few of 60 prove 94 % of what all do, the plan's own prices 79 %."""
_SET_UP_S, _SURELY, _LEAST_S = 0.8, 0.7, 0.02
"""Seconds before the relaxation of some delegates begins, by the numbers of everybody's as above; how much of the time
it may be expected to take; and seconds that it takes at least."""
_MANY = 2
"""How many times as many days everybody may have for a relaxation of everybody."""
_GROUPED = frozenset({"mass", "break", "presence", "sessions", "attends"})
"""Rows about groups, which are others among the delegates."""


def are_needed(crew: Crew, program: Program, seconds: float) -> bool:
    """Whether there are too many people for a relaxation of everybody, ``program``, within ``seconds``."""
    return len(crew.solos) * crew.facts.n_days > _MANY * _most_days(crew) or _expected_s(program) > seconds


def _expected_s(program: Program) -> float:
    """What the relaxation is likely to take."""
    size, took_s, power = _MEASURED
    return float(took_s * (program.matrix.nnz / size) ** power)


def _each(crew: Crew, program: Program, seconds: float) -> int:
    """Of how many people one is a delegate, so that their relaxation takes ``seconds`` of the processor at most."""
    size, power = _MEASURED[0], _MEASURED[2]
    usual = max(_FEWEST, -(-len(crew.solos) * crew.facts.n_days // _most_days(crew)))
    room_s = max(_LEAST_S, _SURELY * seconds - _SET_UP_S * program.matrix.nnz / size)
    quick = int(np.ceil((_expected_s(program) / room_s) ** (1 / power)))
    return max(usual, min(quick, len(crew.solos) // _SMALLEST))


def _most_days(crew: Crew) -> int:
    return int(min(_DAYS, max(crew.facts.n_days, _DAYS_PER_S * crew.facts.desk.settings.scheduler.time_limit_s)))


def delegated_prices(
    crew: Crew, master: Master, program: Program, solver: Solver, limits: Limits, watch: Watch, slow: float = 1.0
) -> Array | None:
    """Prices of the rows of ``master`` that couple people, 0 of all others; None where time was too short.

    Parameters
    ----------
    slow : seconds by the clock that a second of the processor is likely to take.
    """
    represented = _represented(crew.facts, _each(crew, program, limits.seconds / slow))
    facts = _part(crew.facts, frozenset(represented.values()))
    share = len(facts.agents) / len(crew.solos)
    bends = {code: crew.solos[code].bend for code in facts.agents}
    try:
        small = build_master(facts, crew.demand.part(share), crew.board.grid, bends, watch)
    except StoppedError:
        return None
    relaxed = solver.relax(Task(small.model), limits, watch)
    if relaxed is None or not relaxed.is_optimal:
        return None
    known = dict(zip(small.model.row_labels[small.own_rows :], relaxed.prices[small.own_rows :].tolist(), strict=True))
    prices = np.zeros(len(master.model.row_labels))
    for row, label in enumerate(master.model.row_labels[master.own_rows :], master.own_rows):
        if label[0] not in _GROUPED:
            prices[row] = known.get(_like(label, represented), 0.0)
    return _balanced(prices, master, program)


def _represented(facts: Facts, each: int) -> dict[str, str]:
    """Everybody's delegate: every so-manieth person in the order of contract, skills and wage."""
    order = [agent.code for agent in sorted(facts.agents.values(), key=_kind)]
    return {code: order[min(len(order) - 1, at - at % each + each // 2)] for at, code in enumerate(order)}


def _kind(agent: Agent) -> tuple[object, ...]:
    return agent.contract_name, sorted(agent.skills.items()), sorted(agent.certificates), agent.cost_per_h, agent.code


def _part(facts: Facts, chosen: frozenset[str]) -> Facts:
    """The facts of the chosen people, who are asked for their share of what the whole house is."""
    share = len(chosen) / len(facts.agents)
    settings = facts.desk.settings
    on_duty = {name: share * wanted for name, wanted in settings.rules.on_duty.items()}
    rules = settings.rules.model_copy(update={"on_duty": on_duty})
    desk = replace(facts.desk, settings=settings.model_copy(update={"rules": rules}))
    return replace(facts, desk=desk, agents={code: own for code, own in facts.agents.items() if code in chosen})


def _like(label: Label, represented: Mapping[str, str]) -> Label:
    """The label of the row that says of the delegates what ``label`` says of everybody."""
    return tuple(represented.get(str(part), part) if isinstance(part, str) else part for part in label)


def _balanced(prices: Array, master: Master, program: Program) -> Array:
    """Prices of sums over everybody (a pair of rows that say the same) made to fit those of the rows that use the sum,
    which else would seem to earn something."""
    labels = master.model.row_labels
    pairs = [row for row in master.joint_rows if labels[row][1:] == ("total", "<=")]
    for low, high in ((row, row + 1) for row in pairs):
        prices[[low, high]] = 0.0
        var = _sum_of(low, program)
        at = slice(program.transposed.indptr[var], program.transposed.indptr[var + 1])
        left = program.cost[var] - float(program.transposed.data[at] @ prices[program.transposed.indices[at]])
        prices[low], prices[high] = min(0.0, -left), max(0.0, -left)
    return prices


def _sum_of(row: int, program: Program) -> int:
    """The variable that a row says to be a sum."""
    at = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
    return int(program.matrix.indices[at][program.matrix.data[at] < 0][0])
