"""Shifts allowed: the contract's list, and the shift's own list of contracts."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.rules.parts import Breach, Rule


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """x[a, d, s] exists only where s stands in the contract's ``shifts`` (if it has any) and the contract in the
    shift's ``contracts`` (if it has any)."""
    allowed = agent.contract.shifts
    if allowed is not None and shift.code not in allowed:
        return True
    return bool(shift.contracts) and agent.contract_name not in shift.contracts


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift worked that the contract doesn't know."""
    listed = agent.contract.shifts
    for day, shift in shifts.items():
        by_contract = listed is None or shift.code in listed
        by_shift = not shift.contracts or agent.contract_name in shift.contracts
        if day >= 0 and not (by_contract and by_shift):
            told = {"shift": shift.code, "contract": agent.contract_name}
            yield Breach("shifts_allowed", agent.code, day, 1.0, None, told)


RULE = Rule("shifts_allowed", bars=bars, check=check)
