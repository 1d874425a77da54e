"""Plans between output folders and the store: kept there, and unpacked from there as they stand now."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from desk import Finding
from planner.headline import headline
from planner.output.read import read_output
from planner.planned import Planned
from store import (
    PlanVersion,
    Principal,
    Store,
    StoredPlan,
    read_duty,
    read_edits,
    read_folder,
    read_roster,
    save_desk,
    save_plan,
)


def keep(store: Store, principal: Principal, folder: Path, why: str = "") -> PlanVersion:
    """Put the plan of an output folder, and its desk, into the store as a draft.

    Raises
    ------
    InputError : the folder is no whole output of Peakdesk.
    """
    planned = read_output(folder)
    version = save_desk(store, principal, planned.desk, why)
    return save_plan(store, principal, read_folder(folder), version.hash, why)


def unpack(stored: StoredPlan, folder: Path) -> Path:
    """Write the files of a stored plan into ``folder``; the folder."""
    for path, content in stored.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def as_it_stands(store: Store, principal: Principal, plan: str, planned: Planned) -> Planned:
    """The plan with its roster and duty as edited; where somebody edited them the service is predicted anew, and what
    was simulated, which was of the duty before, is left out.
    """
    edits = read_edits(store, principal, plan)
    rows: dict[str, Any] = {"roster": read_roster(store, principal, plan)}
    rows["duty"] = read_duty(store, principal, plan).drop(columns="version")
    if not edits:
        return replace(planned, plan=replace(planned.plan, **rows))
    from staffing import Known, predict_service

    known = Known(planned.plan.service, planned.plan.duty) if len(planned.plan.service) else None
    predicted = predict_service(planned.desk, planned.forecast, rows["duty"], known=known)
    rows["service"] = predicted.reindex(columns=planned.plan.service.columns)
    edited = replace(planned.plan, **rows)
    told = Finding("edited_by_hand", "note", facts={"count": len(edits)})
    brief = headline(planned.desk, planned.forecast, edited)
    return replace(planned, plan=edited, brief=brief, findings=(told, *planned.findings))
