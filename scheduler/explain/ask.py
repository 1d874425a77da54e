"""What a desk asks of one person, each demand as something that can be taken away or loosened."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from desk import Desk
from desk.settings import Contract, Limit
from scheduler.facts import OFF, Agent, Facts
from scheduler.rules.parts import number
from scheduler.rules.shifts_allowed import bars

_NAMED_OTHERWISE = {"min_rest_h": "min_rest", "max_start_change_h": "steady_start"}
Change = Callable[[Desk], Desk]


@dataclass(frozen=True, slots=True)
class Ask:
    """One demand on one person.

    Parameters
    ----------
    code : its words stand under ``explain_<code>``.
    told : values for the sentence.
    without : the desk without the demand.
    weight : how much of an imposition it is to give it up; breaks ties between cures of equal cost.
    limit : the contract's limit, where the demand is one that can be loosened.
    can_give : whether anybody can give it up; what has happened can't.
    """

    code: str
    told: Mapping[str, Any]
    without: Change
    weight: float
    limit: str = ""
    can_give: bool = True


def slim(desk: Desk, agent: str) -> Desk:
    """The desk with this person only."""
    return replace(desk, tables={name: _of(frame, agent) for name, frame in desk.tables.items()})


def _of(frame: pd.DataFrame, agent: str) -> pd.DataFrame:
    return frame[frame["agent"] == agent] if "agent" in frame else frame


def asks_of(facts: Facts, agent: Agent) -> list[Ask]:
    """Everything hard that is asked of a person; what holds by nature (one shift at a time) is no demand."""
    return [*_dated(facts, agent), *_employment(facts, agent), *_limits(agent), *_lists(facts, agent)]


def with_limit(desk: Desk, contract: str, name: str, limit: Limit | None) -> Desk:
    """The desk with another limit in a contract."""
    return with_contract(desk, contract, {name: limit})


def as_told(limit: float, *, most: bool) -> float:
    """A limit in hundredths, as a sentence shows it, on the loose side: what is told is enough when it is typed in."""
    return math.ceil(100 * limit - 1e-4) / 100 if most else math.floor(100 * limit + 1e-4) / 100


def limit_code(name: str) -> str:
    """The code of the rule that a contract's limit belongs to."""
    return _NAMED_OTHERWISE.get(name, name)


def hard_limits(contract: Contract) -> dict[str, Limit]:
    """The contract's hard limits by name."""
    own = {name: getattr(contract, name) for name in type(contract).model_fields}
    return {name: limit for name, limit in own.items() if _is_hard(limit)}


def _dated(facts: Facts, agent: Agent) -> Iterator[Ask]:
    for day in sorted(agent.leave):
        if 0 <= day < facts.n_days:
            yield Ask("leave", _on(facts, agent, day), _without_row("leave", facts, agent, day), 30.0)
    for day, shift in sorted(agent.pinned.items()):
        if 0 <= day < facts.n_days:
            code = "pinned_off" if shift == OFF else "pinned"
            told = {**_on(facts, agent, day), "shift": shift}
            yield Ask(code, told, _without_row("pinned", facts, agent, day), 40.0)
    if agent.past:
        last = max(agent.past)
        told = {**_on(facts, agent, last), "shift": agent.past[last]}
        yield Ask("worked", told, lambda desk: _without_rows(desk, "worked", agent.code), 100.0, can_give=False)


def _employment(facts: Facts, agent: Agent) -> Iterator[Ask]:
    if len(agent.span) < facts.n_days:
        days = [facts.date(day).isoformat() for day in (agent.span.start, agent.span.stop)]
        told = {"agent": agent.code, "from": days[0], "to": days[1]}
        yield Ask("availability", told, lambda desk: _always_there(desk, agent.code), 60.0)
    if barred := [shift.code for shift in facts.shifts.values() if bars(facts, agent, 0, shift)]:
        told = {"agent": agent.code, "contract": agent.contract_name, "shifts": ", ".join(barred)}
        yield Ask("shifts_allowed", told, lambda desk: _all_allowed(desk, agent.contract_name), 50.0)
    if facts.call_in_min > 0:
        yield Ask("call_in", {"agent": agent.code, "when": facts.call_in_from}, called_any_time, 70.0, can_give=False)
    needed = frozenset().union(*(shift.needs for shift in facts.shifts.values()))
    if not needed <= agent.certificates:
        yield Ask("certificates", {"agent": agent.code}, lambda desk: certified(desk, [agent.code], needed), 45.0)


def _limits(agent: Agent) -> Iterator[Ask]:
    for name, limit in hard_limits(agent.contract).items():
        told = {"agent": agent.code, "contract": agent.contract_name, "limit": number(limit.limit)}

        def without(desk: Desk, name: str = name) -> Desk:
            return with_limit(desk, agent.contract_name, name, None)

        yield Ask(limit_code(name), told, without, 10.0, limit=name)


def _lists(facts: Facts, agent: Agent) -> Iterator[Ask]:
    contract = agent.contract
    base = {"agent": agent.code, "contract": agent.contract_name}
    for name, limits in limits_by_shift(contract).items():
        for shift, limit in limits.items():
            told = {**base, "shift": shift, "limit": number(limit.limit)}
            yield Ask(name, told, without_shift(agent.contract_name, name, shift), 10.0)
    for pair in {tuple(own): None for own in contract.forbidden_successions}:
        told = {**base, "before": pair[0], "after": pair[1]}
        yield Ask("forbidden_successions", told, _without_pair(agent, pair), 12.0)


def limits_by_shift(contract: Contract) -> dict[str, dict[str, Limit]]:
    """The hard limits of the contract that are stated shift by shift."""
    own = {name: getattr(contract, name) for name in type(contract).model_fields}
    listed = {name: value for name, value in own.items() if isinstance(value, dict)}
    hard = {name: {code: one for code, one in value.items() if _is_hard(one)} for name, value in listed.items()}
    return {name: value for name, value in hard.items() if value}


def _is_hard(value: object) -> bool:
    return isinstance(value, Limit) and value.price is None


def without_shift(contract: str, name: str, shift: str) -> Change:
    """Takes the limit on one shift away; what else was taken from the contract before stays away."""

    def without(desk: Desk) -> Desk:
        left = {code: own for code, own in getattr(desk.settings.contracts[contract], name).items() if code != shift}
        return with_contract(desk, contract, {name: left})

    return without


def _without_pair(agent: Agent, pair: tuple[str, ...]) -> Change:
    def without(desk: Desk) -> Desk:
        pairs = desk.settings.contracts[agent.contract_name].forbidden_successions
        left = [own for own in pairs if tuple(own) != pair]
        return with_contract(desk, agent.contract_name, {"forbidden_successions": left})

    return without


def _on(facts: Facts, agent: Agent, day: int) -> dict[str, Any]:
    return {"agent": agent.code, "date": facts.date(day).isoformat()}


def _without_row(table: str, facts: Facts, agent: Agent, day: int) -> Change:
    when = pd.Timestamp(facts.date(day))

    def without(desk: Desk) -> Desk:
        frame = desk.table(table)
        return _with(desk, table, frame[(frame["agent"] != agent.code) | (frame["date"] != when)])

    return without


def _without_rows(desk: Desk, table: str, agent: str) -> Desk:
    frame = desk.table(table)
    return _with(desk, table, frame[frame["agent"] != agent])


def _always_there(desk: Desk, agent: str) -> Desk:
    frame = desk.table("agents").copy()
    frame.loc[frame["agent"] == agent, ["from", "to"]] = pd.NaT
    return _with(desk, "agents", frame)


def called_any_time(desk: Desk) -> Desk:
    """The desk in which nobody needs to be told of a shift before."""
    rules = desk.settings.rules.model_copy(update={"call_in_from": None})
    return replace(desk, settings=desk.settings.model_copy(update={"rules": rules}))


def _all_allowed(desk: Desk, contract: str) -> Desk:
    frame = desk.table("shifts").copy()
    frame["contracts"] = [(*own, contract) if own else own for own in frame["contracts"]]
    return _with(with_contract(desk, contract, {"shifts": None}), "shifts", frame)


def certified(desk: Desk, people: Iterable[str], certificates: frozenset[str]) -> Desk:
    """The desk with these people holding these certificates too."""
    frame, some = desk.table("agents").copy(), set(people)
    held = [own if isinstance(own, tuple) else () for own in frame["certificates"]]
    rows = zip(frame["agent"], held, strict=True)
    frame["certificates"] = [tuple(sorted({*own, *certificates})) if code in some else own for code, own in rows]
    return _with(desk, "agents", frame)


def _with(desk: Desk, table: str, frame: pd.DataFrame) -> Desk:
    return replace(desk, tables={**desk.tables, table: frame})


def with_contract(desk: Desk, name: str, change: Mapping[str, Any]) -> Desk:
    """The desk with a contract changed."""
    contracts = desk.settings.contracts
    changed = contracts | {name: contracts[name].model_copy(update=dict(change))}
    return replace(desk, settings=desk.settings.model_copy(update={"contracts": changed}))
