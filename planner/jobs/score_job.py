"""The job ``score``: from a contact log of the store to scores, pay and statements."""

from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.output.finding_record import packed
from planner.pay.ground import ground
from planner.pay.settle import settle
from store import Job, Principal, Store


def score_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Settle log ``request["log"]`` by the scheme of desk version ``desk``, against ``plan`` where there is one."""
    own = job.request
    rests = ground(store, principal, own["desk"], int(own["log"]), own.get("plan"))
    run, findings = settle(store, principal, rests, own["name"], report, job.id)
    return {"run": run.id, "found": [packed(one) for one in findings]}
