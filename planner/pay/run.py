"""Scorings of the store as pages and jobs use them: what kind they are, and which came out of which."""

from collections.abc import Mapping, Sequence
from typing import Any

from store import ScoreRun

SETTLED, APPEALED, PROJECTED = "settled", "appealed", "projected"
LINES = "lines"
"""Form of a statement: the lines from contact to cent, as CSV."""
KINDS = (SETTLED, APPEALED, PROJECTED)


def kind_of(run: ScoreRun) -> str:
    """What a scoring is; one whose summary says nothing was settled."""
    kind = run.summary.get("kind", SETTLED)
    return kind if kind in KINDS else SETTLED


def paid_runs(runs: Sequence[ScoreRun]) -> tuple[ScoreRun, ...]:
    """The scorings of what happened, without projections, in the order given."""
    return tuple(run for run in runs if kind_of(run) != PROJECTED)


def newest_of(runs: Sequence[ScoreRun], number: int) -> int:
    """The last scoring in the line of reruns that begins with ``number``."""
    after: Mapping[Any, int] = {run.summary["before"]: run.id for run in runs if run.summary.get("before") is not None}
    while number in after:
        number = after[number]
    return number


def newest_settlements(runs: Sequence[ScoreRun]) -> list[tuple[ScoreRun, ScoreRun]]:
    """Of each log the last settlement, and the last scoring in its line of reruns; ``runs`` are newest first."""
    known = {run.id: run for run in runs}
    last: dict[Any, ScoreRun] = {}
    for run in runs:
        if kind_of(run) == SETTLED and run.summary.get("log") is not None:
            last.setdefault(run.summary["log"], run)
    return [(run, known[newest_of(runs, run.id)]) for run in last.values()]


def run_of_appeal(runs: Sequence[ScoreRun], request: int) -> ScoreRun | None:
    """The scoring that answered an appeal; None where there is none."""
    return next((run for run in runs if run.summary.get("appeal") == request), None)
