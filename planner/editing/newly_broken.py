"""The hard rules that an edited plan breaks, and its plan did not, or not so far."""

from dataclasses import replace

from desk import Finding
from planner.editing.wanted import Standing
from planner.news import news
from planner.planned import Planned


def newly_broken(planned: Planned, edited: Standing) -> tuple[Finding, ...]:
    """What the audit says of the edited roster and duty only, as far as a hard rule is broken."""
    from scheduler import audit

    plan = replace(planned.plan, roster=edited.roster, duty=edited.duty)
    before, after = (audit(planned.desk, own, planned.curves) for own in (planned.plan, plan))
    return tuple(one for one in news(before, after) if one.severity == "error")
