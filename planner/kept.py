"""Plans between output folders and the store: kept there, and read from there as they stand now."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desk import Desk, Finding, InputError, Plan
from planner.headline import headline
from planner.output.files import Files, Load
from planner.output.layout import DESK, MANIFEST
from planner.output.manifest import FORMAT
from planner.output.read import read_files, read_output
from planner.planned import Planned
from planner.repriced import repriced
from planner.verdict import judged, united
from store import (
    PlanVersion,
    Principal,
    Store,
    StoredPlan,
    list_desks,
    plan_digests,
    read_duty,
    read_edits,
    read_folder,
    read_plan_file,
    read_roster,
    save_desk,
    save_plan,
)


def keep(store: Store, principal: Principal, folder: Path, why: str = "", *, seen: str | None = None) -> PlanVersion:
    """Put the plan of an output folder, and its desk, into the store as a draft. A version of the desk that the store
    has already stays as old as it is: what was saved since stays the newest.

    Parameters
    ----------
    seen : hash of the newest version that the desk's is to replace, where it is new; None where nobody looked.

    Raises
    ------
    InputError : the folder is no whole output of Peakdesk, or somebody saved another version since ``seen``.
    """
    desk = read_output(folder).desk
    if desk.content_hash not in {own.hash for own in list_desks(store, principal, desk.settings.name)}:
        save_desk(store, principal, desk, why, seen=seen)
    return save_plan(store, principal, read_folder(folder), desk.content_hash, why)


def unpack(stored: StoredPlan, folder: Path) -> Path:
    """Write the files of a stored plan into ``folder``; the folder."""
    return _laid(stored.files, folder)


def _laid(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def read_kept(store: Store, principal: Principal, plan: str) -> Planned:
    """A stored plan as it was planned. The simulated log stays in the store until somebody asks for it.

    Raises
    ------
    InputError : there is no such plan, or its files can't be read.
    """
    files = _files(store, principal, plan)
    summary = json.loads(files.content(MANIFEST))
    if summary.get("format") != FORMAT:
        raise InputError([Finding("output_not_readable", file=files.place)])
    return read_files(files, summary)


def _files(store: Store, principal: Principal, plan: str) -> Files:
    digests = plan_digests(store, principal, plan)
    inside = [name for name in digests if name.startswith(f"{DESK}/")]
    read = partial(read_plan_file, store, principal, plan)
    return Files(f"store:{plan}", digests, read, lambda load: _desk({name: read(name) for name in inside}, load))


def _desk(files: Mapping[str, bytes], load: Load) -> Desk:
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        return load(_laid(files, Path(folder)) / DESK)


def load_standing(store: Store, principal: Principal, plan: str, *, until: int | None = None) -> Planned:
    """A stored plan with its roster and duty as edited, up to an entry of the journal where one is named.

    Raises
    ------
    InputError : there is no such plan, or its files can't be read.
    """
    return as_it_stands(store, principal, plan, read_kept(store, principal, plan), until=until)


def as_it_stands(
    store: Store, principal: Principal, plan: str, planned: Planned, *, until: int | None = None
) -> Planned:
    """The plan with its roster and duty as edited; where somebody edited them service and costs are worked out anew,
    and what was simulated, which was of the duty before, is left out.
    """
    edits = [own for own in read_edits(store, principal, plan) if until is None or own.id <= until]
    if not edits:
        return planned
    last = max(own.id for own in edits)
    rows: dict[str, Any] = {"roster": read_roster(store, principal, plan, last)}
    rows["duty"] = read_duty(store, principal, plan, last).drop(columns="version")
    from staffing import Known, predict_service

    known = Known(planned.plan.service, planned.plan.duty) if len(planned.plan.service) else None
    predicted = predict_service(planned.desk, planned.forecast, rows["duty"], known=known)
    rows["service"] = predicted.reindex(columns=planned.plan.service.columns)
    edited = repriced(planned.desk, replace(planned.plan, **rows), planned.curves)
    brief = headline(planned.desk, planned.forecast, edited)
    by_hand = Finding("edited_by_hand", "note", facts={"count": len(edits)})
    told = (by_hand, *judged(planned.desk, edited, brief, planned.curves))
    passed = {own.code for own in judged(planned.desk, planned.plan, planned.brief, planned.curves)}
    return _audited_anew(replace(planned, brief=brief), edited, told, passed)


def _audited_anew(planned: Planned, edited: Plan, told: tuple[Finding, ...], passed: set[str]) -> Planned:
    """The plan as edited, with what the audit finds in it now instead of what it found before, and what was ``told``
    of it instead of the codes that are ``passed``.
    """
    from scheduler import audit

    passed = passed | {own.code for own in audit(planned.desk, planned.plan, planned.curves)}
    found = audit(planned.desk, edited, planned.curves)
    verdict = united(found, tuple(own for own in planned.plan.findings if own.code not in passed))
    kept = (own for own in planned.findings if own.code not in passed and own not in verdict)
    return replace(planned, plan=replace(edited, findings=verdict), findings=(*told, *kept, *verdict))
