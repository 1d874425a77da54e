"""The job ``rescore``: an approved appeal's correction, scored."""

from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.pay.appeal import rescored
from planner.pay.correction import correction_of
from store import Job, Principal, Store


def rescore_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Score anew for appeal ``request["request"]`` with its ``correction``."""
    number, correction = int(job.request["request"]), correction_of(job.request["correction"])
    run = rescored(store, principal, number, correction, report, job.id)
    return {"run": run.id, "before": run.summary["before"]}
