"""The job ``rest``: the rest of a stored plan is planned anew by what came."""

from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.editing.loaded import save_as_new
from planner.headcounts import refuse_headcounts
from planner.kept import load_standing
from planner.rest import came_until, replan
from store import Job, Principal, Store, list_desks, load_desk_version, save_desk


def rest_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Plan what is still free of the stored plan ``request["plan"]`` as it stands, as a draft that names the old one.

    What came is what the newest version of the desk has in its history beyond the plan's, until ``now``; ``free_from``,
    ``change_price`` and ``call_in_h`` as :func:`planner.rest.replan` takes them. The desk with its pins is kept for the
    plan; the newest version stays the newest.
    """
    request = job.request
    old = load_standing(store, principal, request["plan"])
    refuse_headcounts(old.desk)
    newest = list_desks(store, principal, old.desk.settings.name)[0]
    desk = load_desk_version(store, principal, newest.hash)
    came = came_until(desk, old.desk.table("history"), None, request.get("now"), request.get("free_from"))
    lang, why = request.get("lang") or desk.settings.language, str(request.get("why", ""))
    own = {name: request.get(name) for name in ("change_price", "call_in_h")} | {**request.get("settings", {})}
    found = replan(old, came, name=request["plan"], lang=lang, report=report, **own)
    version = save_desk(store, principal, found.planned.desk, why)
    save_desk(store, principal, load_desk_version(store, principal, newest.hash), why, seen=version.hash)
    saved = save_as_new(store, principal, found.planned, version.hash, {}, lang, why)
    return {"plan": saved.hash, "before": request["plan"], "exit_code": int(found.planned.exit_code)}
