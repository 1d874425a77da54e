"""What a worker can do: one file for each kind of job, and what somebody must be allowed to in order to ask for it."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.nouns import Report
from planner.jobs.backtest_job import backtest_job
from planner.jobs.carry_job import carry_job
from planner.jobs.forecast_job import forecast_job
from planner.jobs.plan_job import plan_job
from planner.jobs.project_job import project_job
from planner.jobs.replan_job import replan_job
from planner.jobs.rescore_job import rescore_job
from planner.jobs.rest_job import rest_job
from planner.jobs.score_job import score_job
from planner.jobs.why_job import conflicts_job, why_job
from store import Job, NotYoursError, Principal, Store, allowed, submit_job

Doing = Callable[[Store, Principal, Job, Report], Mapping[str, Any]]
"""Does a job in the name of who submitted it; what it returns is kept as the job's result."""

DOING: dict[str, Doing] = {
    "plan": plan_job,
    "forecast": forecast_job,
    "backtest": backtest_job,
    "score": score_job,
    "rescore": rescore_job,
    "project": project_job,
    "replan": replan_job,
    "rest": rest_job,
    "why": why_job,
    "conflicts": conflicts_job,
    "carry": carry_job,
}
NEEDS: dict[str, str] = {
    "plan": "plan.write",
    "forecast": "forecast.write",
    "backtest": "forecast.write",
    "score": "score.write",
    "rescore": "score.write",
    "project": "score.write",
    "replan": "plan.write",
    "rest": "plan.write",
    "why": "plan.read",
    "conflicts": "plan.read",
    "carry": "store.keep",
}
"""Kind -> action of the store's matrix that whoever asks for such a job must be allowed to."""


def ask(store: Store, principal: Principal, kind: str, request: Mapping[str, Any], why: str = "") -> Job:
    """Put a job into the store, for a worker to take.

    Raises
    ------
    NotYoursError : the principal may not do by a job what they may not do themselves.
    """
    if not allowed(principal, NEEDS[kind]):
        raise NotYoursError
    return submit_job(store, principal, kind, request, why)
