"""What a plan's incentives would pay: simulated logs, scored and paid as measured ones."""

from collections.abc import Iterator

import pandas as pd

from desk import Desk, Progress
from desk.nouns import Report
from incentive.projection import Projection, project
from planner.headcounts import refuse_headcounts
from planner.planned import Planned


def projected(
    planned: Planned, runs: int, seed: int, desk: Desk | None = None, report: Report | None = None
) -> Projection:
    """Play the plan ``runs`` times and pay each log by the scheme of ``desk``, the plan's own where it is None."""
    refuse_headcounts(planned.desk)
    own = desk if desk is not None else planned.desk
    return project(own, _logs(planned, runs, seed, report), planned.plan.duty, planned.plan.service)


def _logs(planned: Planned, runs: int, seed: int, report: Report | None) -> Iterator[pd.DataFrame]:
    from staffing import simulate

    for run in range(runs):
        own = planned.plan
        played = simulate(planned.desk, planned.forecast, own.duty, roster=own.roster, runs=1, seed=seed + run)
        yield played.contacts
        if report is not None and not report(Progress("planner.phase.score", (run + 1) / runs)):
            return
