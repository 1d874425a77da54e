"""The job ``project``: what a plan's incentives would pay, before the event."""

from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.pay.project import RUNS, project_plan
from store import Job, Principal, Store


def project_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Project plan ``request["plan"]`` under the scheme of desk version ``desk``; ``runs`` logs."""
    own = job.request
    runs = int(own.get("runs", RUNS))
    run = project_plan(store, principal, own["desk"], own["plan"], own["name"], runs, report, job.id)
    return {"run": run.id}
