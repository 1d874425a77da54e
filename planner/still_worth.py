"""What one more or one fewer is worth in what is still to come of a plan."""

from dataclasses import replace

import pandas as pd

from desk import Curves, Desk, Plan
from desk.nouns import Report
from planner.verdict import replanned_at


def worth_and_offers(
    desk: Desk, curves: Curves, plan: Plan, report: Report | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables ``marginals`` and ``offers``. Of a plan for the rest of a horizon hours that have passed are worth
    nothing, no day before today is in them, and nobody is spared: whose past pay can't be had back.
    """
    from scheduler import marginal_values, offers

    then = replanned_at(plan)
    if then is None:
        return marginal_values(desk, curves, plan, report=report), offers(desk, curves, plan)
    left, today = _from_then_on(curves, then), then.tz_convert(desk.settings.timezone).tz_localize(None).normalize()
    values = marginal_values(desk, left, plan, report=report)
    values = values[values["date"].isna() | (values["date"] >= today)]
    found = offers(desk, left, plan)
    return _numbered(values[values["kind"] != "spared"]), _numbered(found[found["date"] >= today])


def still_counting(curves: Curves, plan: Plan) -> Curves:
    """The curves by which a plan may still change: of a plan for the rest, hours that have passed are worth nothing."""
    then = replanned_at(plan)
    return curves if then is None else _from_then_on(curves, then)


def _from_then_on(curves: Curves, then: pd.Timestamp) -> Curves:
    """Curves by which an hour before ``then`` is worth nothing, whoever is there."""
    points = curves.points.copy()
    named = [name for name in points.columns if name not in ("start", "queue", "agents")]
    points.loc[points["start"] < then, named] = 0.0
    return replace(curves, points=points)


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True)
