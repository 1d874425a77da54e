"""The job ``carry``: a plan goes over, as it stands, to a version of its desk that asks for other signers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desk import Desk, Finding, InputError
from desk.nouns import Report
from planner.desk_change import changed_desk
from planner.editing.loaded import save_as_new
from planner.kept import load_standing
from store import Job, Principal, Store, list_desks, load_desk_version, read_plan, save_desk


def carry_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Make a version of the desk of the stored plan ``request["plan"]`` with ``steps`` signers, and keep the plan for
    it as a draft of its own; ``why`` is the decision's reason, kept with the desk, the plan and in the trail.

    Raises
    ------
    InputError : there is no reason.
    """
    request = job.request
    why = str(request.get("why", "")).strip()
    if not why:
        raise InputError([Finding("edit_no_reason")])
    old = load_standing(store, principal, request["plan"])
    name = old.desk.settings.name
    desk, newest = _with_steps(old.desk, request), list_desks(store, principal, name)[0]
    version = save_desk(store, principal, desk, why)
    if newest.hash != read_plan(store, principal, request["plan"]).desk:
        later = _with_steps(load_desk_version(store, principal, newest.hash), request)
        save_desk(store, principal, later, why, seen=version.hash)
    told = {"carried": {"plan": request["plan"], "steps": int(request["steps"]), "who": principal.who, "why": why}}
    lang = request.get("lang") or desk.settings.language
    saved = save_as_new(store, principal, replace(old, desk=desk), version.hash, told, lang, why)
    return {"plan": saved.hash, "before": request["plan"]}


def _with_steps(desk: Desk, request: Mapping[str, Any]) -> Desk:
    return changed_desk(desk, settings={("sign_off", "steps"): int(request["steps"])})
