"""Who tells what a kind of phase may do that a queue has never seen."""

from dataclasses import dataclass

OTHER_KINDS, OTHER_QUEUES, STATED = "other_kinds", "other_queues", "stated"
DRIVERS = "drivers"
"""What drivers foresee, with what other kinds of phase did beyond them."""


@dataclass(frozen=True, slots=True)
class Teller:
    """One source: ``kind``, the ``names`` of what it rests on, a log lift at intensity 1, its sd, and its weight."""

    kind: str
    names: tuple[str, ...]
    log_lift: float
    sd: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class FirstLift:
    """What a phase of a kind never seen may do to a queue while it lasts.

    Parameters
    ----------
    phase : kind of phase.
    log_lift, sd : at intensity 1, beyond what the drivers foresee.
    tellers : where from; none where it is a guess.
    foreseen : what the drivers foresee (log, at intensity 1); None without drivers.
    """

    phase: str
    log_lift: float
    sd: float
    tellers: tuple[Teller, ...]
    foreseen: float | None = None
