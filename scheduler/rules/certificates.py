"""Certificates: a shift that needs some is worked only by people who hold them all."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.rules.parts import Breach, Rule


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """x[a, d, s] exists only where everything that s needs is among the certificates of a."""
    return not shift.needs <= agent.certificates


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift worked without a certificate that it needs."""
    for day, shift in shifts.items():
        missing = sorted(own for own in shift.needs if own not in agent.certificates)
        if day >= 0 and missing:
            told = {"shift": shift.code, "value": ", ".join(missing)}
            yield Breach("certificates", agent.code, day, 1.0, None, told)


RULE = Rule("certificates", bars=bars, check=check)
