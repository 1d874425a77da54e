"""The list of checks of a plan, from its desk, its rows as edited, and the independent audit."""

from collections.abc import Iterator

from desk import Curves, Desk, Plan
from desk.i18n import text
from planner.kept import load_standing
from planner.output.finding_record import unpacked
from planner.planned import Planned
from planner.sign_off.desk import audit_checks, cover_checks, price_checks
from planner.sign_off.people import briefing_checks, leave_checks, overtime_checks
from store import Check, Principal, Store, put_checks


def checks_of(desk: Desk, plan: Plan, curves: Curves | None = None) -> tuple[Check, ...]:
    """Everything that the people who sign a plan are to look at, most severe first."""
    order = ("error", "warning", "note")
    return tuple(sorted(_checks(desk, plan, curves), key=lambda check: order.index(check.severity)))


def lay_down_checks(
    store: Store, principal: Principal, plan: str, standing: Planned | None = None
) -> tuple[Check, ...]:
    """Make the list of a stored plan, with its duty as edited, and keep it there; earlier signatures are void.

    Parameters
    ----------
    standing : the plan as it stands, where somebody has it open; None: it is read.

    Raises
    ------
    InputError : there is no such plan, it is published, or its files are no whole output of Peakdesk.
    """
    planned = standing or load_standing(store, principal, plan)
    return put_checks(store, principal, plan, checks_of(planned.desk, planned.plan, planned.curves))


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
