"""Briefings and training as the duty sees them."""

from dataclasses import dataclass

import pandas as pd

from desk.grid import epoch_s
from scheduler.facts import Facts
from scheduler.span import Grid, Span


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity on the interval grid: ``length`` intervals within ``first`` to before ``stop``.

    ``grants`` is the queue that may be taken only after attending, empty for none.
    """

    name: str
    length: int
    first: int
    stop: int
    who: frozenset[str]
    sessions_max: int
    grants: str

    def meets(self, span: Span) -> bool:
        """Whether a shift leaves room for a session somewhere in the window."""
        return min(span.stop, self.stop) - max(span.first, self.first) >= self.length

    def within(self, span: Span) -> range:
        """The starts at which a session lies in the window and in a shift."""
        return range(max(span.first, self.first), min(span.stop, self.stop) - self.length + 1)

    def fits(self, span: Span, start: int) -> bool:
        """Whether a session that begins at ``start`` fits into a shift, with its break beside it."""
        stop = start + self.length
        beside = any(own >= stop or own + span.break_len <= start for own in span.breaks)
        return span.first <= start and stop <= span.stop and (beside or not span.breaks)


def read_activities(facts: Facts, grid: Grid) -> list[Activity]:
    """The activities whose window shares time with the horizon."""
    found = []
    rows = facts.desk.table("activities")
    starts, ends = (_intervals(rows[name], grid) for name in ("window_start", "window_end"))
    for row, first, stop in zip(rows.to_dict("records"), starts, ends, strict=True):
        who = frozenset(code for code, agent in facts.agents.items() if {code, agent.team} & set(row["who"]))
        length = -(-int(row["minutes"]) // facts.desk.settings.interval_min)
        grants = "" if pd.isna(row["grants_skill"]) else row["grants_skill"]
        first, stop = max(0, first), min(grid.n, stop)
        if stop - first >= length:
            found.append(Activity(row["activity"], length, first, stop, who, int(row["sessions_max"]), grants))
    return found


def _intervals(times: "pd.Series[pd.Timestamp]", grid: Grid) -> list[int]:
    """Interval numbers of times, rounded up for a start and down for an end by whole intervals being asked."""
    after = (epoch_s(pd.DatetimeIndex(times)) - grid.first_s) / (3600 * grid.interval_h)
    return [int(own) for own in after]
