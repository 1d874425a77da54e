"""What a shift costs: paid hours, overtime, night."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.facts import Agent, Shift

_DAY_MIN = 1440
_NIGHT_MIN = ((-120, 360), (1320, 1800), (2760, 3240))
"""22:00-06:00 around the shift's own midnight, the next and the one after."""


@dataclass(frozen=True, slots=True)
class Wage:
    """Currency for one shift of one person: ``base`` for all paid hours, ``overtime`` and ``night`` the premiums."""

    base: float
    overtime: float
    night: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.base + self.overtime + self.night


def wage(agent: Agent, shift: Shift) -> Wage:
    """Base = paid_h x cost_per_h; premiums are what the factors add on overtime hours and on paid night hours."""
    contract = agent.contract
    return Wage(
        base=shift.paid_h * agent.cost_per_h,
        overtime=overtime_h(agent, shift) * agent.cost_per_h * (contract.overtime_premium - 1),
        night=night_h(shift) * agent.cost_per_h * (contract.night_premium - 1),
    )


def pay(agent: Agent, shifts: Sequence[Shift]) -> float:
    """What a person gets for these shifts of the horizon, with hours owed and not worked."""
    return sum(wage(agent, shift).total for shift in shifts) + unworked_h(agent, shifts) * agent.cost_per_h


def unworked_h(agent: Agent, shifts: Sequence[Shift]) -> float:
    """Hours paid whether worked or not that these shifts leave."""
    return max(0.0, agent.contract.min_cost_h_horizon - sum(shift.paid_h for shift in shifts))


def overtime_h(agent: Agent, shift: Shift) -> float:
    """Paid hours beyond the contract's normal day."""
    return max(0.0, shift.paid_h - agent.contract.normal_h_day)


def night_h(shift: Shift) -> float:
    """Paid hours between 22:00 and 06:00: the shift's night share of its clock time, applied to its paid hours."""
    return shift.paid_h * night_min(shift) / (shift.end_min - shift.start_min)


def night_min(shift: Shift) -> float:
    """Minutes of clock time between 22:00 and 06:00."""
    return sum(max(0.0, min(shift.end_min, end) - max(shift.start_min, start)) for start, end in _NIGHT_MIN)
