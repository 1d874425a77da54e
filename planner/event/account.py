"""Cost and profit of an event, each term with the table that it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.planned import Planned
from planner.rows import rows

PAID = ("wages", "overtime", "night", "unworked")
"""Terms of table ``costs`` that are paid out."""
SERVICE = ("service", "late_work")
"""Terms of table ``costs``, one a queue, that are expected sales lost and inquiries answered late."""
COMPOSITE = "composite"
"""The rows of table ``scores`` with what each agent gets in all: guarantee and parts, as far as the cap lets."""
Side = Literal["value", "paid", "service", "rewards", "priced"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the event's account.

    Parameters
    ----------
    term : as table ``costs`` names it; ``value.<queue>`` for what a queue's inquiries are worth, ``rewards``.
    side : what kind of money it is: ``value`` is won, ``paid`` and ``rewards`` leave the house, ``service`` is won no
        more, ``priced`` is the price of a wish or rule and leaves nobody's purse.
    amount : currency; costs are positive.
    source : the table with its rows: ``service``, ``costs`` or ``scores``.
    """

    term: str
    side: Side
    amount: float
    source: str


@dataclass(frozen=True, slots=True)
class EventAccount:
    """All terms, largest first within each side."""

    entries: tuple[Entry, ...]

    def of(self, *sides: Side) -> float:
        """Sum of some sides, currency."""
        return sum(own.amount for own in self.entries if own.side in sides)

    @property
    def valued(self) -> bool:
        """Whether the desk states what an inquiry is worth; without that there is a cost, and no profit to tell."""
        return any(own.side == "value" and own.amount > 0 for own in self.entries)

    @property
    def won(self) -> float:
        """What the inquiries bring that are served: their whole value less what is lost or late, currency."""
        return self.of("value") - self.of("service")

    @property
    def profit(self) -> float:
        """What is left of that after wages, premiums and rewards, currency. Prices of wishes are no money."""
        return self.won - self.of("paid", "rewards")


def event_account(planned: Planned) -> EventAccount:
    """The account of a plan.

    Notes
    -----
    An inquiry is worth the ``lost_value`` of its queue: what the house loses where it is lost. So the value of a queue
    is its inquiries offered times that, of which the expected losses of table ``costs`` are taken off.
    """
    found = [*_values(planned), *_costs(planned), *_rewards(planned)]
    return EventAccount(tuple(sorted(found, key=lambda own: (_ORDER.index(own.side), -abs(own.amount), own.term))))


_ORDER: tuple[Side, ...] = ("value", "service", "paid", "rewards", "priced")


def _values(planned: Planned) -> Iterator[Entry]:
    offered = planned.plan.service.groupby("queue")["offered"].sum()
    for name, queue in planned.desk.settings.queues.items():
        if queue.lost_value > 0 and name in offered:
            yield Entry(f"value.{name}", "value", float(offered[name]) * queue.lost_value, "service")


def _costs(planned: Planned) -> Iterator[Entry]:
    for row in rows(planned.plan.costs):
        yield Entry(row.term, _side(row.term), float(row.amount), "costs")


def _side(term: str) -> Side:
    if term in PAID:
        return "paid"
    return "service" if term.partition(".")[0] in SERVICE else "priced"


def _rewards(planned: Planned) -> Iterator[Entry]:
    scores = planned.scores
    whole = scores["measure"] == COMPOSITE
    paid = scores.loc[whole if whole.any() else ~whole, "payout"].sum()
    if paid:
        yield Entry("rewards", "rewards", float(paid), "scores")
