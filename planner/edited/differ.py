"""What an edited book changes: who, when, before, after; and what the rules say to it."""

from dataclasses import dataclass

import pandas as pd

from desk import Finding
from desk.natural import natural_rank
from planner.edited.sheet import Edited
from planner.output.book.duty_sheet import duty_starts
from planner.planned import Planned

_COLUMNS = ["kind", "agent", "when", "before", "after"]


@dataclass(frozen=True, slots=True)
class Differences:
    """Differences of a book from its plan.

    Parameters
    ----------
    rows : kind (shift or role), agent, when, before, after; in the order of agents and times.
    new, gone : what the independent audit finds in the edited plan only, and in the plan as it was only.
    """

    rows: pd.DataFrame
    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()


def changes(planned: Planned, edited: Edited) -> pd.DataFrame:
    """Every cell that differs: table of kind, agent, when, before, after."""
    roster, duty = planned.plan.roster, planned.plan.duty
    worked = roster[roster["shift"].isin(planned.desk.table("shifts")["shift"])]
    shifts = dict(
        zip(zip(worked["agent"], worked["date"].dt.strftime("%Y-%m-%d"), strict=True), worked["shift"], strict=True)
    )
    said = duty["activity"].astype("object").where(duty["activity"].notna(), "")
    roles = dict(zip(zip(duty["agent"], duty_starts(duty), strict=True), said, strict=True))
    rows = [
        ("shift", *cell, shifts.get(cell, ""), code)
        for cell, code in edited.shifts.items()
        if shifts.get(cell, "") != code
    ]
    rows += [("role", *cell, roles[cell], role) for cell, role in edited.roles.items() if roles[cell] != role]
    return pd.DataFrame(rows, columns=_COLUMNS).sort_values(
        ["kind", "agent", "when"], ascending=[False, True, True], ignore_index=True, key=natural_rank
    )


def compared(planned: Planned, after: Planned, rows: pd.DataFrame) -> Differences:
    """The differences with the audit's answer, before and after."""
    old, new = planned.plan.findings, after.plan.findings
    added = tuple(finding for finding in new if finding not in old)
    return Differences(rows, added, tuple(finding for finding in old if finding not in new))
