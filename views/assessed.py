"""The simulated log of a plan, assessed once for each time the plan is written."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from incentive import Assessment, assess
from views.plan_folder import PlanFolder, open_plan


def assessed(plan: PlanFolder) -> Assessment | None:
    """What the plan's simulated log says of the agents; None where there is no log."""
    return None if plan.planned.simulation.contacts.empty else _assessed(plan.path, plan.planned.made_at.timestamp())


def team_days(found: Assessment | None, measure: str) -> pd.DataFrame:
    """A measure by team and day."""
    if found is None:
        return pd.DataFrame(columns=["name", "part", "contacts", "observed", "expected"])
    groups = found.groups
    own = groups[(groups["scope"] == "team") & (groups["span"] == "day") & (groups["measure"] == measure)]
    return own[["name", "part", "contacts", "observed", "expected"]].reset_index(drop=True)


@lru_cache(maxsize=2)
def _assessed(path: Path, made_at: float) -> Assessment:
    planned = open_plan(path).planned
    return assess(planned.desk, planned.simulation.contacts, planned.plan.duty, planned.plan.service)
