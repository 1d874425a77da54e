"""Heads wanted on one shift of one day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShiftCover:
    """Heads wanted on one shift of one day, with the cost of one short and of one over; several for the same shift add
    up."""

    day: int
    shift: str
    required: float
    under_cost: float
    over_cost: float

    def cost(self, heads: float) -> float:
        """Cost of that many heads."""
        return self.under_cost * max(0.0, self.required - heads) + self.over_cost * max(0.0, heads - self.required)
