"""The job ``replan``: the rest of a roster is optimised again while a part of it stays."""

from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.desk_change import changed_desk
from planner.editing.loaded import save_as_new
from planner.editing.pin import Keeping, kept_days, with_pins
from planner.kept import load_standing
from planner.recipe import plan
from store import Job, Principal, Store, list_desks, load_desk_version, save_desk


def replan_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Plan anew what is not to stay of the stored plan ``request["plan"]``, as a draft that names the old one.

    The desk is the newest version of that name. What is to stay (``days``, ``agents``, ``teams``, ``others``: see
    :class:`Keeping`) is pinned in it, which makes a version of its own: shifts and days off stay to the day. Roles and
    breaks begin as they were, and may change where that is worth it.
    """
    request = job.request
    old = load_standing(store, principal, request["plan"])
    newest = list_desks(store, principal, old.desk.settings.name)[0]
    desk = load_desk_version(store, principal, newest.hash)
    pins = kept_days(desk, old.plan.roster, Keeping.read(request))
    pinned = changed_desk(desk, {"pinned": with_pins(desk, pins)}) if len(pins) else desk
    lang, why = request.get("lang") or desk.settings.language, str(request.get("why", ""))
    version = save_desk(store, principal, pinned, why)
    made = plan(pinned, None, start=old.plan, lang=lang, report=report, **request.get("settings", {}))
    told = {"replanned": {"plan": request["plan"], "kept_days": len(pins), **Keeping.read(request).request()}}
    saved = save_as_new(store, principal, made, version.hash, told, lang, why)
    return {"plan": saved.hash, "before": request["plan"], "exit_code": int(made.exit_code)}
