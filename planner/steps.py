"""The phases of a run: told to whoever listens, timed for the certificate."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from desk import Progress
from desk.nouns import Report

SEQUENCE = ("load", "forecast", "curves", "roster", "service", "simulate", "audit", "score", "write")


class Steps:
    """Announces and times each phase.

    Parameters
    ----------
    report : called at the start of each phase, and by the phase itself; None where nobody listens.
    """

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, phase: str) -> Iterator[None]:
        """Run the block as ``phase``, one of SEQUENCE; the seconds of a phase that runs again add up."""
        self.tell(Progress(f"planner.phase.{phase}"))
        began = time.monotonic()
        yield
        self.seconds[phase] = round(self.seconds.get(phase, 0.0) + time.monotonic() - began, 3)

    def heard(self, progress: Progress) -> bool:
        """Pass a message on in a phase that goes on after a wish to stop, which was meant for the search before it."""
        self.tell(progress)
        return True

    def tell(self, progress: Progress) -> bool:
        """Pass a message on; False asks to stop and keep the best so far."""
        return self._report is None or self._report(progress)
