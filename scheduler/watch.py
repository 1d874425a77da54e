"""Time, progress and the wish to stop."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from desk import Progress
from desk.nouns import Report

_BETWEEN_S = 0.25
"""Least time between two reports of the same phase."""
_TELLING_S = 0.2
"""Seconds of the processor that tell how busy the machine is."""


class Watch:
    """Counts the time of one run, passes progress on, and remembers that somebody wants it to stop (``cancelled``),
    that time cut a search short (``was_cut``), or that a first roster stands, which is kept then (``stands``)."""

    def __init__(self, limit_s: float, report: Report | None = None) -> None:
        self.limit_s = limit_s
        self._report = report
        self._began, self._began_cpu = time.perf_counter(), time.process_time()
        self._deadline = self._began + limit_s
        self._told = ("", 0.0)
        self.cancelled = self.was_cut = self.stands = False
        self.phase = ""
        self.seconds: dict[str, float] = {}
        self.bound: float | None = None
        self.incumbent: float | None = None

    @property
    def is_heard(self) -> bool:
        """Whether anybody is told, or could stop the work."""
        return self._report is not None

    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    def left_s(self) -> float:
        """Seconds until the time limit, 0 where it is over."""
        return max(0.0, self._deadline - time.perf_counter())

    def slowness(self) -> float:
        """Seconds by the clock for each one of the processor so far: how much longer all takes as others work, too; 1
        where that is not known yet."""
        used_s = time.process_time() - self._began_cpu
        return max(1.0, self.elapsed_s() / used_s) if used_s > _TELLING_S else 1.0

    @property
    def over(self) -> bool:
        """Whether the work has to end now."""
        return self.cancelled or self.left_s() <= 0.0

    @contextmanager
    def during(self, phase: str) -> Iterator[None]:
        """A phase: its seconds are kept under its name."""
        before, self.phase = time.perf_counter(), phase
        self.tell()
        try:
            yield
        finally:
            self.seconds[phase] = self.seconds.get(phase, 0.0) + time.perf_counter() - before

    def tell(self, done: float | None = None) -> bool:
        """Report where the work stands; False where it has to end."""
        now = time.perf_counter()
        is_due = self._told[0] != self.phase or now - self._told[1] >= _BETWEEN_S
        if self._report is not None and is_due and not self.cancelled:
            self._told = (self.phase, now)
            bound = None if self.bound is None else max(self.bound, 0.0)
            progress = Progress(f"scheduler.phase.{self.phase}", done, self.incumbent, bound)
            self.cancelled = self._report(progress) is False
        return not self.over
