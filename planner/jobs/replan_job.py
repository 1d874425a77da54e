"""The job ``replan``: the rest of a roster is optimised again while a part of it stays."""

from collections.abc import Mapping
from typing import Any

from desk import Desk
from desk.nouns import Report
from planner.desk_change import changed_desk
from planner.desk_on_top import save_on_top
from planner.editing.loaded import save_as_new
from planner.editing.pin import Keeping, kept_days, with_pins
from planner.kept import load_standing
from planner.recipe import plan
from store import Job, Principal, Store, load_desk_version


def replan_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Plan anew what is not to stay of the stored plan ``request["plan"]``, as a draft that names the old one.

    The desk is the newest version of that name. What is to stay (``days``, ``agents``, ``teams``, ``others``: see
    :class:`Keeping`) is pinned in it, which makes a version of its own: shifts and days off stay to the day. Roles and
    breaks begin as they were, and may change where that is worth it.
    """
    request = job.request
    old = load_standing(store, principal, request["plan"])
    keeping, why = Keeping.read(request), str(request.get("why", ""))

    def with_kept(desk: Desk) -> Desk:
        pins = kept_days(desk, old.plan.roster, keeping)
        return changed_desk(desk, {"pinned": with_pins(desk, pins)}) if len(pins) else desk

    version = save_on_top(store, principal, old.desk.settings.name, with_kept, why)
    pinned = load_desk_version(store, principal, version.hash)
    lang, days = request.get("lang") or pinned.settings.language, len(kept_days(pinned, old.plan.roster, keeping))
    made = plan(pinned, None, start=old.plan, lang=lang, report=report, **request.get("settings", {}))
    told = {"replanned": {"plan": request["plan"], "kept_days": days, **keeping.request()}}
    saved = save_as_new(store, principal, made, version.hash, told, lang, why)
    return {"plan": saved.hash, "before": request["plan"], "exit_code": int(made.exit_code)}
