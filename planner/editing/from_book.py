"""What an edited workbook wants of a plan."""

import pandas as pd

from planner.editing.wanted import OFF, DayShift, Stretch, Wanted
from planner.output.book.duty_sheet import duty_starts
from planner.planned import Planned
from planner.rows import rows


def wanted_of(planned: Planned, changes: pd.DataFrame) -> tuple[Wanted, ...]:
    """The changes of a book, as :func:`planner.edited.changes` lists them, one by one.

    A role of a day whose shift the book changes too belongs to the shift that goes, and is passed over.
    """
    shifts = tuple(
        DayShift(str(row.agent), pd.Timestamp(row.when), row.after or OFF)
        for row in rows(changes[changes["kind"] == "shift"])
    )
    moved = {(one.agent, one.date) for one in shifts}
    duty, each = planned.plan.duty, pd.Timedelta(minutes=planned.desk.settings.interval_min)
    cells = zip(duty["agent"], duty_starts(duty), strict=True)
    places = {cell: (start, day) for cell, start, day in zip(cells, duty["start"], duty["date"], strict=True)}
    roles: list[Wanted] = []
    for row in rows(changes[changes["kind"] == "role"]):
        start, day = places[row.agent, row.when]
        if (row.agent, day) not in moved:
            roles.append(Stretch(str(row.agent), start, start + each, row.after or None))
    return *shifts, *roles
