"""People who are worth the same to the queues, up to a factor of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.facts import Agent

_MOST_CELLS, _CELLS_PER_S = 14_000, 400
"""Groups x intervals up to which the relaxation is solved in good time: at most, and for each second of the run."""
_GRAINS = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
"""Widths tried for rounding ratios of proficiencies up, until there are few enough groups; prices of wider ones prove
little where people have many queues (60 people with one to three of five: 9.6 % below the plan instead of 3.2 %)."""


@dataclass(frozen=True, slots=True)
class Group:
    """People with the same queues and, rounded up, the same ratios of proficiency.

    Parameters
    ----------
    queues : what they can take; the first is the one that mass is counted in.
    ratios : per queue, effective agents there per effective agent in the first queue; rounded up, so that the master
        stays optimistic.
    mass : agent -> effective agents in the first queue; exact.
    """

    queues: tuple[str, ...]
    ratios: tuple[float, ...]
    mass: Mapping[str, float]

    @property
    def least(self) -> float:
        """Mass of the slowest member."""
        return min(self.mass.values())

    @property
    def most(self) -> float:
        """Mass of the fastest member."""
        return max(self.mass.values())


def gather(agents: Iterable[Agent], n: int, seconds: float, *, by_heads: bool) -> list[Group]:
    """The groups of all people with a skill, in the finest grain that keeps them few.

    Parameters
    ----------
    n : intervals of the horizon.
    seconds : time limit of the run.
    by_heads : everybody counts 1 in every queue, for a desk that asks for heads only.
    """
    skilled = [agent for agent in agents if agent.skills]
    for grain in _GRAINS:
        found = _grouped(skilled, grain, by_heads)
        if len(found) * n <= min(_MOST_CELLS, _CELLS_PER_S * seconds):
            break
    return found


def _grouped(agents: Iterable[Agent], grain: float, by_heads: bool) -> list[Group]:
    members: dict[tuple[tuple[str, ...], tuple[float, ...]], dict[str, float]] = {}
    for agent in agents:
        queues = _ordered(agent)
        worth = {queue: 1.0 if by_heads else agent.skills[queue] for queue in queues}
        ratios = tuple(_up(worth[queue] / worth[queues[0]], grain) for queue in queues)
        members.setdefault((queues, ratios), {})[agent.code] = worth[queues[0]]
    return [Group(queues, ratios, mass) for (queues, ratios), mass in sorted(members.items())]


def _ordered(agent: Agent) -> tuple[str, ...]:
    return tuple(sorted(agent.skills, key=lambda queue: (queue not in agent.homes, queue)))


def _up(ratio: float, grain: float) -> float:
    if not grain or ratio == 1.0:
        return round(ratio, 12)
    return -(-round(ratio / grain, 9) // 1) * grain
