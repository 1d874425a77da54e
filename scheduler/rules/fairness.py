"""Unpopular shifts are shared: a person's fair share follows the days on which the person is there."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from scheduler.facts import Agent, Facts
from scheduler.model import Row
from scheduler.roster import Roster
from scheduler.rules.parts import Breach, Line, Quota, Rule, number
from scheduler.rules.shifts_allowed import bars


def joint_rows(facts: Facts, lines: Sequence[Line], others: Roster) -> Iterator[Row]:
    """u[a] - share[a] x U <= slack at ``fairness_price``, with u[a] the unpopular shifts of a, U those of all, and
    share[a] the days of a over the days of all who may work one."""
    rules = facts.desk.settings.rules
    shares = _shares(facts) if rules.fairness_price else {}
    own = {line.agent.code: _unpopular(line) for line in lines if line.agent.code in shares}
    everybody = [term for terms in own.values() for term in terms]
    if not everybody:
        return
    fixed = {agent: _count(facts, others, agent) for agent in shares}
    most = float(len(everybody) + sum(fixed.values()))
    total = lines[0].model.variable(("unpopular",), most)
    yield Row(("unpopular",), [*everybody, (total, -1.0)], "<=", -sum(fixed.values()))
    yield Row(("unpopular",), [*everybody, (total, -1.0)], ">=", -sum(fixed.values()))
    for agent, share in shares.items():
        terms = [*own.get(agent, []), (total, -share)]
        yield Row(("fairness", agent), terms, "<=", -fixed[agent], rules.fairness_price)


def joint_check(facts: Facts, roster: Roster) -> Iterator[Breach]:
    """Each person with more than the fair share; less than a whole shift above it is a note."""
    rules = facts.desk.settings.rules
    shares = _shares(facts) if rules.fairness_price else {}
    worked = {agent: _count(facts, roster, agent) for agent in shares}
    total = sum(worked.values())
    for agent, share in shares.items():
        above = worked[agent] - share * total
        if above > 1e-6:
            told = {"value": worked[agent], "limit": number(share * total)}
            yield Breach("fairness", agent, None, above, rules.fairness_price, told, is_note=above < 1 - 1e-6)


def quota(facts: Facts, others: Roster, agent: Agent) -> Quota | None:
    """u[a] (1 - share[a]) above share[a] x U of the others; one more unpopular shift raises everybody's fair share."""
    rules, shares = facts.desk.settings.rules, _shares(facts)
    if not rules.fairness_price or agent.code not in shares:
        return None
    counts = {code: _count(facts, others, code) for code in shares if code != agent.code}
    total = sum(counts.values())
    eased = sum(shares[code] for code, own in counts.items() if own > shares[code] * total)
    share, price = shares[agent.code], rules.fairness_price
    return Quota(frozenset(rules.unpopular), 1 - share, share * total, price, -price * eased)


def _count(facts: Facts, roster: Roster, agent: str) -> int:
    unpopular = facts.desk.settings.rules.unpopular
    return sum(code in unpopular for code in roster.lines.get(agent, {}).values())


def _unpopular(line: Line) -> list[tuple[object, float]]:
    unpopular = line.facts.desk.settings.rules.unpopular
    return [(var, 1.0) for (_, code), var in line.x.items() if code in unpopular]


@lru_cache(maxsize=4)
def _shares(facts: Facts) -> Mapping[str, float]:
    """Agent -> share of all unpopular shifts, for those who may work one."""
    days = {code: _days(agent) for code, agent in facts.agents.items() if _may(facts, agent)}
    total = sum(days.values())
    return {code: own / total for code, own in days.items()} if total else {}


def _days(agent: Agent) -> int:
    return sum(agent.available(day) for day in agent.span)


def _may(facts: Facts, agent: Agent) -> bool:
    unpopular = facts.desk.settings.rules.unpopular
    known = [facts.shifts[code] for code in unpopular if code in facts.shifts]
    return any(not bars(facts, agent, 0, shift) for shift in known)


RULE = Rule("fairness", joint_rows=joint_rows, joint_check=joint_check, quota=quota)
