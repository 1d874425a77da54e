"""The job ``plan``: from a saved desk to a saved plan."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk.i18n import text
from desk.load import changed_settings
from desk.nouns import Report
from planner.recipe import plan
from planner.whatif import read_suppositions
from store import Job, Principal, Store, load_desk_version, read_folder, save_desk, save_plan


def plan_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Plan the saved desk ``request["desk"]`` and save the plan as a draft; ``settings`` as :func:`plan` takes them,
    ``suppose`` as they are written on the command line.

    A desk of which something is supposed gets a name of its own, so that nobody takes it for the desk as it is.
    """
    request = job.request
    desk = load_desk_version(store, principal, request["desk"])
    suppose = read_suppositions(request.get("suppose", ()))
    if suppose:
        name = text("planner.whatif.desk_name", request.get("lang") or desk.settings.language, name=desk.settings.name)
        desk = replace(desk, settings=changed_settings(desk.settings, {("name",): name}))
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        planned = plan(
            desk, out, lang=request.get("lang"), report=report, suppose=suppose, **request.get("settings", {})
        )
        version = request["desk"] if not suppose else save_desk(store, principal, planned.desk).hash
        saved = save_plan(store, principal, read_folder(out), version)
    return {"plan": saved.hash, "exit_code": int(planned.exit_code)}
