"""The simulated log of a plan, assessed once for each state of the plan."""

from functools import lru_cache

import pandas as pd

from incentive import Assessment, assess
from views.opened import OpenPlan


def assessed(plan: OpenPlan) -> Assessment | None:
    """What the plan's simulated log says of the agents; None where there is no log."""
    return None if plan.planned.simulation.contacts.empty else _assessed(plan)


def team_days(found: Assessment | None, measure: str) -> pd.DataFrame:
    """A measure by team and day."""
    if found is None:
        return pd.DataFrame(columns=["name", "part", "contacts", "observed", "expected"])
    groups = found.groups
    own = groups[(groups["scope"] == "team") & (groups["span"] == "day") & (groups["measure"] == measure)]
    return own[["name", "part", "contacts", "observed", "expected"]].reset_index(drop=True)


@lru_cache(maxsize=2)
def _assessed(plan: OpenPlan) -> Assessment:
    planned = plan.planned
    return assess(planned.desk, planned.simulation.contacts, planned.plan.duty, planned.plan.service)
