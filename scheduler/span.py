"""Where a shift lies on the interval grid, and where its break may lie."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from desk import Desk
from desk.grid import at_clock, epoch_s
from scheduler.facts import Facts, Shift


@dataclass(frozen=True, slots=True)
class Span:
    """Intervals ``first`` to before ``stop``, counted from the horizon's first; a break of ``break_len`` intervals
    starts at one of ``breaks`` (empty where the shift has none). ``window`` are those that cost nothing: all of them,
    unless breaks outside of their window are priced."""

    first: int
    stop: int
    break_len: int
    breaks: tuple[int, ...]
    window: tuple[int, ...] = ()

    def outside(self, start: int) -> int:
        """Intervals by which a break that starts at ``start`` lies outside its window."""
        return max(0, self.window[0] - start, start - self.window[-1]) if self.window else 0

    def inside(self, n: int) -> range:
        """The intervals that belong to the horizon of ``n`` intervals; where none do, an empty range within it."""
        first = max(0, self.first)
        return range(first, max(first, min(n, self.stop)))


class Grid:
    """Spans of all shifts on all days, each worked out once; clock changes are heeded."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._spans: dict[tuple[int, str], Span] = {}
        self.n = len(facts.desk.starts)
        self.first_s = float(epoch_s(facts.desk.starts[:1])[0])
        self.interval_h = facts.desk.settings.interval_min / 60

    def span(self, day: int, shift: Shift) -> Span:
        """The span of ``shift`` on ``day``."""
        key = (day, shift.code)
        if key not in self._spans:
            self._spans[key] = self._placed(day, shift)
        return self._spans[key]

    def day(self, at: int) -> int:
        """The local day of the horizon on which interval ``at`` begins; negative before it."""
        desk: Desk = self._facts.desk
        moment = desk.starts[0] + pd.Timedelta(hours=at * self.interval_h)
        return (moment.tz_localize(None).normalize() - pd.Timestamp(self._facts.first)).days

    def _placed(self, day: int, shift: Shift) -> Span:
        first, stop = self._interval(day, shift.start_min), self._interval(day, shift.end_min)
        length = round(shift.break_min / self._facts.desk.settings.interval_min)
        window = tuple(self._breaks(day, shift, length)) if length else ()
        is_hard = self._facts.desk.settings.rules.break_window_price is None
        return Span(
            first, stop, length, window if is_hard or not window else tuple(range(first, stop - length + 1)), window
        )

    def _breaks(self, day: int, shift: Shift, length: int) -> Iterator[int]:
        """The starts at which a break lies in its window; where the clock skips too much of that, as soon as it goes
        on."""
        earliest, stop = (self._interval(day, minute) for minute in (shift.break_from_min, shift.end_min))
        latest = self._interval(day, shift.break_to_min) - length
        earliest = earliest if earliest <= latest else min(earliest, stop - length)
        yield from range(earliest, max(earliest, latest) + 1)

    def _interval(self, day: int, minute: float) -> int:
        desk: Desk = self._facts.desk
        moment = at_clock(self._facts.date(day), int(minute), desk.settings.timezone)
        seconds = (moment - desk.starts[0]).total_seconds()
        return int(seconds // (60 * desk.settings.interval_min))
