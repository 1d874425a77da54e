"""The job ``plan``: from a saved desk to a saved plan."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.nouns import Report
from planner.recipe import plan
from planner.whatif import read_suppositions
from store import Job, Principal, Store, load_desk_version, read_folder, save_desk, save_plan


def plan_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Plan the saved desk ``request["desk"]`` and save the plan as a draft; ``settings`` as :func:`plan` takes them,
    ``suppose`` as they are written on the command line. What is supposed of the desk is saved as a version of it.
    """
    request = job.request
    desk = load_desk_version(store, principal, request["desk"])
    suppose = read_suppositions(request.get("suppose", ()))
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        planned = plan(
            desk, out, lang=request.get("lang"), report=report, suppose=suppose, **request.get("settings", {})
        )
        version = request["desk"] if not suppose else save_desk(store, principal, planned.desk).hash
        saved = save_plan(store, principal, read_folder(out), version)
    return {"plan": saved.hash, "exit_code": int(planned.exit_code)}
