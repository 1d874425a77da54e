"""Where people are to work at an occupancy that the rules hold for too much."""

from collections.abc import Iterator

import pandas as pd

from desk import Desk, Finding
from desk.errors import Severity

SUSTAINED_H = 2.0


def over_occupied(desk: Desk, service: pd.DataFrame) -> Iterator[Finding]:
    """A finding for each live queue with intervals above ``rules.occupancy_limit``.

    A warning where the limit is passed without a break for two hours or more, else a note: what is short is no strain.

    Parameters
    ----------
    service : table ``service``.
    """
    hours = desk.settings.interval_min / 60.0
    for queue, own in service[service["over_occupancy"].gt(0.0)].groupby("queue", sort=False):
        longest_h = hours * longest_run(own["start"].sort_values(), desk.settings.interval_min)
        worst = own.sort_values("occupancy", kind="stable").iloc[-1]
        facts = {"count": len(own), "limit": desk.settings.rules.occupancy_limit, "longest_h": longest_h}
        facts |= {"when": worst["start"], "occupancy": worst["occupancy"]}
        severity: Severity = "warning" if longest_h >= SUSTAINED_H else "note"
        yield Finding("occupancy_expected", severity, value=str(queue), facts=facts)


def longest_run(starts: "pd.Series[pd.Timestamp]", interval_min: int) -> int:
    """Most intervals that follow one another without a gap."""
    gap = starts.diff().ne(pd.Timedelta(minutes=interval_min)).cumsum()
    return int(gap.value_counts().max())
