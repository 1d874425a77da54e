"""A shift as a value, for code that works shift by shift."""

from dataclasses import dataclass

import pandas as pd

from desk.nouns import Desk


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; minutes count from the midnight of the day on which it starts (1440 and more: the next day).

    Parameters
    ----------
    name : its code.
    start_min, end_min : min; the end is exclusive and always later than the start.
    paid_h : h.
    break_min : min of break in one piece; 0 = none.
    break_from_min, break_to_min : min; the break lies within; None where there is no break.
    contracts : contracts that may work it; empty = all.
    kind : ``regular``, ``overtime`` or ``on_call``.
    """

    name: str
    start_min: int
    end_min: int
    paid_h: float
    break_min: int
    break_from_min: int | None
    break_to_min: int | None
    contracts: tuple[str, ...]
    kind: str

    @property
    def length_min(self) -> int:
        """Minutes from start to end, the break included."""
        return self.end_min - self.start_min

    def open_to(self, contract: str) -> bool:
        """Whether agents of this contract may work the shift, as far as the shift says."""
        return not self.contracts or contract in self.contracts


def shifts_of(desk: Desk) -> dict[str, Shift]:
    """The desk's shifts by name, in the table's order; empty where it has none."""
    rows = desk.table("shifts").itertuples(index=False)
    return {str(row.shift): _shift(row) for row in rows}


def _shift(row: object) -> Shift:
    own = row._asdict()  # type: ignore[attr-defined]
    return Shift(
        name=str(own["shift"]),
        start_min=int(own["start"]),
        end_min=int(own["end"]),
        paid_h=float(own["paid_h"]),
        break_min=int(own["break_min"]),
        break_from_min=None if pd.isna(own["break_from"]) else int(own["break_from"]),
        break_to_min=None if pd.isna(own["break_to"]) else int(own["break_to"]),
        contracts=tuple(own["contracts"]),
        kind=str(own["kind"]),
    )
