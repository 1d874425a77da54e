"""What an activity asks of one person's line: attend in one of the shifts worked, or be missed."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.model import Model, Var
from scheduler.rules.parts import Line

Shifts = tuple[int, str]
"""A day and the code of a shift."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One activity: ``meets`` are the shifts whose people attend or are missed at ``price``, ``charge`` is what
    attending takes at least from a shift into which a session fits."""

    meets: frozenset[Shifts]
    charge: Mapping[Shifts, float]
    price: float


def add_invitation(model: Model, line: Line, number: int, invitation: Invitation) -> None:
    """Rows: attends[d, s] <= x[d, s]; sum of x[d, s] that meet, each day, <= sum of attends + missed."""
    going = [model.variable(("missed", number), 1.0, invitation.price)]
    for key, charge in invitation.charge.items():
        if key in line.x and charge < invitation.price:
            going.append(model.variable(("attends", number, *key), 1.0, charge))
            model.require(("attends", number, *key), [(going[-1], 1.0), (line.x[key], -1.0)], "<=", 0.0)
    met: dict[int, list[Var]] = {}
    for day, shift in sorted(invitation.meets & line.x.keys()):
        met.setdefault(day, []).append(line.x[day, shift])
    for day, shifts in met.items():
        terms = [(var, 1.0) for var in shifts] + [(var, -1.0) for var in going]
        model.require(("meets", number, day), terms, "<=", 0.0)
