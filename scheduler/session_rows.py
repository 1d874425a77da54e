"""What activities cost in the master: people away from the queues, or missed at their price."""

from collections.abc import Mapping, Sequence

from scheduler.activity import Activity
from scheduler.group import Group
from scheduler.model import Model, Var
from scheduler.rules.parts import Line
from scheduler.span import Grid

Terms = list[tuple[Var, float]]


def add_sessions(
    model: Model,
    grid: Grid,
    lines: Mapping[str, Line],
    group: Group,
    activities: Sequence[Activity],
    flow: dict[int, Terms],
) -> None:
    """Members at work in a window attend or are missed: sum of x[a, d, s in window] <= attends[a] + missed[a]; the
    mass that attends is away at times of the master's choice, in as many sessions as it likes."""
    for activity in activities:
        going = [
            (_attends(model, grid, activity, lines[code]), mass)
            for code, mass in group.mass.items()
            if code in activity.who
        ]
        if going:
            everybody = sum(mass for _, mass in going)
            away = []
            for at in range(activity.first, activity.stop - activity.length + 1):
                session = model.variable(("session", activity.name, at), everybody)
                flow[at].append((session, -1.0))
                flow[at + activity.length].append((session, 1.0))
                away.append((session, -1.0))
            model.require(("sessions", activity.name), [*going, *away], "<=", 0.0)


def _attends(model: Model, grid: Grid, activity: Activity, line: Line) -> Var:
    """A person's attendance, with the rows that ask for it."""
    price = line.facts.desk.settings.rules.attendance_price
    attends = model.variable(("attends", activity.name, line.agent.code), 1.0)
    missed = model.variable(("missed", activity.name, line.agent.code), 1.0, price)
    by_day: dict[int, Terms] = {}
    for (day, code), var in line.x.items():
        shift = line.facts.shifts[code]
        if shift.takes_duty and activity.meets(grid.span(day, shift)):
            by_day.setdefault(day, []).append((var, 1.0))
    for terms in by_day.values():
        label = ("attends", activity.name, line.agent.code)
        model.require(label, [*terms, (attends, -1.0), (missed, -1.0)], "<=", 0.0)
    return attends
