"""Sharing a burden fairly over people and time: a person's fair share follows the days on which the person is there.

What was worked within ``fairness_memory_days`` before the horizon (table worked) counts with what is planned, so that
whoever carried more lately is spared now.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Row, Var
from scheduler.roster import Roster
from scheduler.rules.parts import Breach, Line, Quota, Rule, number
from scheduler.rules.shifts_allowed import bars

Burdens = Callable[[Facts, int, Shift], bool]
"""Whether a shift on a day is a burden to be shared."""


@dataclass(frozen=True, slots=True)
class Burden:
    """One burden: ``code`` names rule and breach, ``price`` reads its price from the rules of the house."""

    code: str
    price: Callable[[Facts], float]
    burdens: Burdens


@dataclass(frozen=True, slots=True)
class _Share:
    """What is known of one person before the plan: part of all burdens that is fair, and burdens carried lately."""

    part: float
    carried: float


def sharing_rule(burden: Burden) -> Rule:
    """The rule that shares it: (u[a] + carried[a]) - share[a] x (U + carried by all) <= slack at the price."""

    def joint_rows(facts: Facts, lines: Sequence[Line], others: Roster) -> Iterator[Row]:
        return _rows(burden, facts, lines, others)

    def joint_check(facts: Facts, roster: Roster) -> Iterator[Breach]:
        return _check(burden, facts, roster)

    def quota(facts: Facts, others: Roster, agent: Agent) -> Quota | None:
        return _quota(burden, facts, others, agent)

    return Rule(burden.code, joint_rows=joint_rows, joint_check=joint_check, quota=quota)


def _rows(burden: Burden, facts: Facts, lines: Sequence[Line], others: Roster) -> Iterator[Row]:
    shares = _shares(facts, burden)
    own = {line.agent.code: _terms(burden, line) for line in lines if line.agent.code in shares}
    everybody = [term for terms in own.values() for term in terms]
    if not everybody:
        return
    fixed = {agent: _count(burden, facts, others, agent) + share.carried for agent, share in shares.items()}
    most = float(len(everybody) + sum(fixed.values()))
    total = lines[0].model.variable((burden.code, "total"), most)
    for sense in ("<=", ">="):
        yield Row((burden.code, "total", sense), [*everybody, (total, -1.0)], sense, -sum(fixed.values()))
    for agent, share in shares.items():
        terms = [*own.get(agent, []), (total, -share.part)]
        yield Row((burden.code, agent), terms, "<=", -fixed[agent], burden.price(facts))


def _check(burden: Burden, facts: Facts, roster: Roster) -> Iterator[Breach]:
    """Each person with more than the fair share; less than a whole one above it is a note."""
    shares = _shares(facts, burden)
    borne = {agent: _count(burden, facts, roster, agent) + share.carried for agent, share in shares.items()}
    total = sum(borne.values())
    for agent, share in shares.items():
        above = borne[agent] - share.part * total
        if above > 1e-6:
            told = {"value": number(borne[agent]), "limit": number(share.part * total)}
            price, small = burden.price(facts), above < 1 - 1e-6
            yield Breach(burden.code, agent, None, above, price, told, is_note=small)


def _quota(burden: Burden, facts: Facts, others: Roster, agent: Agent) -> Quota | None:
    """u[a] (1 - share[a]) above share[a] x U of the others, carried ones counted; one more of one's own raises
    everybody's fair share."""
    shares = _shares(facts, burden)
    if agent.code not in shares:
        return None
    own = shares[agent.code]
    counts = {
        code: _count(burden, facts, others, code) + share.carried
        for code, share in shares.items()
        if code != agent.code
    }
    total = sum(counts.values()) + own.carried
    eased = sum(shares[code].part for code, borne in counts.items() if borne > shares[code].part * total)
    price = burden.price(facts)
    free = own.part * total - own.carried
    return Quota(_burdens(burden, facts), 1 - own.part, free, price, -price * eased)


@lru_cache(maxsize=16)
def _burdens(burden: Burden, facts: Facts) -> frozenset[tuple[int, str]]:
    days = range(facts.n_days)
    return frozenset(
        (day, own.code) for day in days for own in facts.shifts.values() if burden.burdens(facts, day, own)
    )


def _count(burden: Burden, facts: Facts, roster: Roster, agent: str) -> int:
    return len(_burdens(burden, facts) & roster.lines.get(agent, {}).items())


def _terms(burden: Burden, line: Line) -> list[tuple[Var, float]]:
    wanted = _burdens(burden, line.facts)
    return [(var, 1.0) for key, var in line.x.items() if key in wanted]


@lru_cache(maxsize=16)
def _shares(facts: Facts, burden: Burden) -> Mapping[str, _Share]:
    """Agent -> share of the burdens, for those who may bear one; nobody's where there is no price."""
    if not burden.price(facts):
        return {}
    memory = range(-facts.desk.settings.rules.fairness_memory_days, 0)
    able = [agent for agent in facts.agents.values() if _may(burden, facts, agent)]
    days = {agent.code: _days(agent, memory) for agent in able}
    total = sum(days.values())
    carried = {agent.code: _carried(burden, facts, agent, memory) for agent in able}
    return {code: _Share(own / total, carried[code]) for code, own in days.items()} if total else {}


def _days(agent: Agent, memory: range) -> int:
    return sum(agent.available(day) for day in agent.span) + sum(day in agent.past for day in memory)


def _carried(burden: Burden, facts: Facts, agent: Agent, memory: range) -> float:
    known = ((day, agent.past[day]) for day in memory if agent.past.get(day, OFF) in facts.shifts)
    return float(sum(burden.burdens(facts, day, facts.shifts[code]) for day, code in known))


def _may(burden: Burden, facts: Facts, agent: Agent) -> bool:
    wanted = {code for _, code in _burdens(burden, facts)}
    return any(not bars(facts, agent, 0, facts.shifts[code]) for code in wanted)
