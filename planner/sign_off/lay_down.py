"""The list of checks of a plan, from its desk, its rows as edited, and the independent audit."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk import Curves, Desk, Plan
from desk.i18n import text
from planner.output.finding_record import unpacked
from planner.output.read import read_output
from planner.planned import Planned
from planner.sign_off.desk import audit_checks, cover_checks, price_checks
from planner.sign_off.people import briefing_checks, leave_checks, overtime_checks
from store import Check, Principal, Store, load_plan, put_checks, read_duty, read_edits, read_roster


def checks_of(desk: Desk, plan: Plan, curves: Curves | None = None) -> tuple[Check, ...]:
    """Everything that the people who sign a plan are to look at, most severe first."""
    order = ("error", "warning", "note")
    return tuple(sorted(_checks(desk, plan, curves), key=lambda check: order.index(check.severity)))


def lay_down_checks(store: Store, principal: Principal, plan: str) -> tuple[Check, ...]:
    """Make the list of a stored plan, with its duty as edited, and keep it there; earlier signatures are void.

    Raises
    ------
    InputError : there is no such plan, it is published, or its files are no whole output of Peakdesk.
    """
    stored = load_plan(store, principal, plan)
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        for path, content in stored.files.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
        planned = read_output(out)
    edited = replace(planned.plan, **_rows(store, principal, plan, planned))
    return put_checks(store, principal, plan, checks_of(planned.desk, edited, planned.curves))


def _rows(store: Store, principal: Principal, plan: str, planned: Planned) -> dict[str, Any]:
    """Roster and duty as they stand; the service is predicted anew where somebody edited the duty."""
    duty = read_duty(store, principal, plan)
    now: dict[str, Any] = {"roster": read_roster(store, principal, plan), "duty": duty.drop(columns="version")}
    if not read_edits(store, principal, plan):
        return now
    from staffing import predict_service

    return now | {"service": predict_service(planned.desk, planned.forecast, now["duty"])}


def check_words(check: Check, lang: str) -> str:
    """What is to be looked at, in one sentence."""
    if check.code == "audit":
        return unpacked(check.facts["finding"]).line(lang)
    return text(f"check.{check.code}", lang, agent=check.agent or "", **check.facts)


def _checks(desk: Desk, plan: Plan, curves: Curves | None) -> Iterator[Check]:
    from scheduler import audit

    yield from audit_checks(audit(desk, plan, curves))
    yield from cover_checks(desk, plan)
    yield from price_checks(desk)
    yield from leave_checks(desk, plan)
    yield from overtime_checks(desk, plan)
    yield from briefing_checks(desk, plan)
