"""Run as a process of its own: the program with an optimiser that goes on until it is told to stop, or (``deaf``)
whatever it is told; or (``early``) with one that is interrupted by a real signal as soon as it begins."""

import os
import signal
import sys
import time
from typing import Any

import scheduler
from desk import Progress
from desk.nouns import Report
from planner.cli import main

MODE = sys.argv.pop(1)
optimise = scheduler.make_roster


def endless(desk: Any, curves: Any = None, *, start: Any = None, report: Report | None = None) -> Any:
    """Search until it is time to stop, then hand over what the real optimiser finds."""
    assert report is not None
    sys.stdout.write("searching\n")
    sys.stdout.flush()
    while report(Progress("planner.phase.roster", 0.5)) or MODE == "deaf":
        time.sleep(0.01)
    return optimise(desk, curves, start=start)


def interrupted(desk: Any, curves: Any = None, *, start: Any = None, report: Report | None = None) -> Any:
    """Optimise as always; at the first message of people solved alone the process gets the signal of Ctrl-C."""

    def told(progress: Progress) -> bool:
        if progress.phase.endswith(".people"):
            os.kill(os.getpid(), signal.SIGINT)
        return report is None or report(progress)

    return optimise(desk, curves, start=start, report=told)


scheduler.make_roster = interrupted if MODE == "early" else endless
main()
