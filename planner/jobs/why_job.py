"""The jobs ``why`` and ``conflicts``: why somebody has this shift and not another, and what can't be had at all."""

from collections.abc import Mapping
from typing import Any

from desk.i18n import LANGUAGES
from desk.nouns import Report
from planner.kept import load_standing
from planner.page.gathered import gathered
from planner.page.reason import conflict_record, why_record
from planner.still_worth import still_counting
from store import Job, Principal, Store


def why_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """What ``request["agent"]`` would cost on ``date`` with ``shift`` instead (none: with every other shift), in the
    stored plan ``request["plan"]`` as it stands; the answer in every language.
    """
    from scheduler import why

    request = job.request
    planned = load_standing(store, principal, request["plan"])
    answer = why(
        planned.desk,
        planned.plan,
        request["agent"],
        request["date"],
        request.get("shift"),
        curves=still_counting(planned.curves, planned.plan),
    )
    return {"currency": planned.desk.settings.currency, "why": {lang: why_record(answer, lang) for lang in LANGUAGES}}


def conflicts_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """What the desk of the stored plan ``request["plan"]`` asks that can't be had, with the cures that were solved
    again; in every language.
    """
    from scheduler import explain

    planned = load_standing(store, principal, job.request["plan"])
    found = explain(planned.desk, planned.plan, curves=still_counting(planned.curves, planned.plan))
    told = {lang: [conflict_record(one, lang) for one in gathered(found)] for lang in LANGUAGES}
    return {"currency": planned.desk.settings.currency, "conflicts": told}
