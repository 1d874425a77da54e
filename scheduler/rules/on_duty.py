"""Team presence: while the desk is open, so many holders of a certificate (a team lead, say) are on a shift."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from scheduler.demand import opening
from scheduler.facts import Agent, Facts
from scheduler.model import Row, Var
from scheduler.roster import Roster
from scheduler.rules.parts import Breach, Line, Rule, number
from scheduler.span import Grid

Heads = npt.NDArray[np.float64]


def joint_rows(facts: Facts, lines: Sequence[Line], others: Roster) -> Iterator[Row]:
    """n - sum over the holders a and the shifts (d, s) that cover t of x[a, d, s] <= slack[t]; intervals that the same
    shifts cover are one row, at price x intervals. A break counts as there."""
    rules = facts.desk.settings.rules
    for certificate, wanted in rules.on_duty.items():
        grid = Grid(facts)
        standing = _heads(facts, grid, others, certificate, {line.agent.code for line in lines})
        blocks: dict[tuple[float, tuple[tuple[int, str], ...]], list[int]] = defaultdict(list)
        shifts_at = covering(facts, grid)
        for at in np.flatnonzero(wanted * open_hours(facts) > standing).tolist():
            blocks[wanted - float(standing[at]), tuple(shifts_at.get(at, ()))].append(at)
        for (short, shifts), intervals in blocks.items():
            terms = _terms(lines, certificate, shifts)
            yield Row(("on_duty", certificate, intervals[0]), terms, ">=", short, rules.on_duty_price * len(intervals))


def _terms(lines: Sequence[Line], certificate: str, shifts: Sequence[tuple[int, str]]) -> list[tuple[Var, float]]:
    holders = [line for line in lines if certificate in line.agent.certificates]
    return [(line.x[key], 1.0) for line in holders for key in shifts if key in line.x]


def covering(facts: Facts, grid: Grid) -> Mapping[int, list[tuple[int, str]]]:
    """Interval -> the shifts of the horizon that cover it."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for day in range(facts.n_days):
        for shift in facts.shifts.values():
            for at in grid.span(day, shift).inside(grid.n) if shift.takes_duty else ():
                found[at].append((day, shift.code))
    return found


def joint_check(facts: Facts, roster: Roster) -> Iterator[Breach]:
    """Each certificate and day on which too few holders were on a shift at some time."""
    rules = facts.desk.settings.rules
    for certificate, wanted in rules.on_duty.items():
        grid = Grid(facts)
        short = np.maximum(0.0, wanted * open_hours(facts) - _heads(facts, grid, roster, certificate, set()))
        days = np.array([grid.day(at) for at in range(grid.n)])
        for day in sorted(set(days[short > 0].tolist())):
            units = float(short[days == day].sum())
            yield Breach("on_duty", "", day, units, rules.on_duty_price, {"name": certificate, "value": number(units)})


def worth(facts: Facts, others: Roster, agent: Agent) -> dict[tuple[int, str], float]:
    """For a holder, the price of the intervals short of one that the shift would cover."""
    rules = facts.desk.settings.rules
    found: dict[tuple[int, str], float] = {}
    for certificate in sorted(rules.on_duty.keys() & agent.certificates):
        grid = Grid(facts)
        standing = _heads(facts, grid, others, certificate, {agent.code})
        short = np.clip(rules.on_duty[certificate] * open_hours(facts) - standing, 0.0, 1.0)
        for day in range(facts.n_days):
            for shift in facts.shifts.values():
                inside = grid.span(day, shift).inside(grid.n)
                saved = (
                    rules.on_duty_price * float(short[inside.start : inside.stop].sum()) if shift.takes_duty else 0.0
                )
                found[day, shift.code] = found.get((day, shift.code), 0.0) + saved
    return found


def _heads(facts: Facts, grid: Grid, roster: Roster, certificate: str, planned: set[str]) -> Heads:
    """Holders on a shift in each interval; of those still to be ``planned`` only the shift of the eve."""
    heads = np.zeros(grid.n)
    for agent in facts.agents.values():
        if certificate in agent.certificates:
            for day, shift in roster.shifts(agent).items():
                if shift.takes_duty and (day == -1 or (day >= 0 and agent.code not in planned)):
                    inside = grid.span(day, shift).inside(grid.n)
                    heads[inside.start : inside.stop] += 1
    return heads


def open_hours(facts: Facts) -> Heads:
    """1 in the intervals in which some queue is open."""
    each = [opening(facts.desk, queue) for queue in facts.desk.settings.queues]
    return np.asarray(np.max(each, axis=0), dtype=np.float64)


RULE = Rule("on_duty", joint_rows=joint_rows, joint_check=joint_check, worth=worth)
