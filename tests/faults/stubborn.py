"""Run as a process of its own: the program with an optimiser that goes on until it is told to stop, or (``deaf``)
whatever it is told."""

import sys
import time
from typing import Any

import scheduler
from desk import Progress
from desk.nouns import Report
from planner.cli import main

DEAF = sys.argv.pop(1) == "deaf"
optimise = scheduler.make_roster


def endless(desk: Any, curves: Any = None, *, start: Any = None, report: Report | None = None) -> Any:
    """Search until it is time to stop, then hand over what the real optimiser finds."""
    assert report is not None
    sys.stdout.write("searching\n")
    sys.stdout.flush()
    while report(Progress("planner.phase.roster", 0.5)) or DEAF:
        time.sleep(0.01)
    return optimise(desk, curves, start=start)


scheduler.make_roster = endless
main()
