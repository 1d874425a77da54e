"""What a plan's simulated log says beside its scores, worked out once for each state of the plan."""

import pandas as pd

from incentive import assess
from planner.pay.settle import with_detail
from planner.planned import Planned
from views.memory import give_back
from views.opened import OpenPlan
from views.remembered import Remembered


def _assessed(plan: OpenPlan) -> pd.DataFrame:
    found = _circumstances(plan.planned)
    give_back()
    return found


def _circumstances(planned: Planned) -> pd.DataFrame:
    """The log is far larger than what is kept of it."""
    contacts = planned.simulation.contacts
    if contacts.empty:
        return pd.DataFrame(columns=["agent", "measure", "load", "days"])
    found = assess(planned.desk, contacts, planned.plan.duty, planned.plan.service)
    return with_detail(planned.desk, found)[["agent", "measure", "load", "days"]]


circumstances = Remembered(_assessed)
"""Each agent's and measure's ``load`` and ``days``; no row where there is no log."""
