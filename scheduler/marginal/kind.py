"""The kinds of people of a desk, and somebody new of a kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.facts import Agent, Facts

NEW = "+new"
"""Code of the person who is imagined."""


@dataclass(frozen=True, slots=True)
class Kind:
    """People of one contract with the same queues; ``typical`` is the one whose cost and speed are in the middle."""

    contract: str
    queues: tuple[str, ...]
    members: tuple[Agent, ...]

    @property
    def typical(self) -> Agent:
        """The member whose wage for standard work is the median of the kind's."""
        ordered = sorted(self.members, key=lambda own: (own.cost_per_h / max(own.skills.values()), own.code))
        return ordered[len(ordered) // 2]


def kinds_of(agents: Iterable[Agent]) -> list[Kind]:
    """The kinds of all people who take queues, the largest first."""
    found: dict[tuple[str, tuple[str, ...]], list[Agent]] = {}
    for agent in agents:
        if agent.skills:
            found.setdefault((agent.contract_name, tuple(sorted(agent.skills))), []).append(agent)
    kinds = [Kind(contract, queues, tuple(members)) for (contract, queues), members in found.items()]
    return sorted(kinds, key=lambda own: (-len(own.members), own.contract, own.queues))


def newcomer(facts: Facts, like: Agent, skills: Mapping[str, float] | None = None) -> Agent:
    """Somebody of the kind of ``like`` who is always there and has no past, leave, pins, wishes or published roster."""
    return replace(
        like,
        code=NEW,
        skills=dict(like.skills if skills is None else skills),
        span=range(facts.n_days),
        leave=frozenset(),
        pinned={},
        past={},
        wishes=(),
        published={},
    )
