"""Who has leave by now does not work what a plan had given them."""

from dataclasses import replace

import pandas as pd

from desk import Desk, Plan

_KEY = ["agent", "date"]


def there(desk: Desk, days: pd.DataFrame) -> pd.DataFrame:
    """The rows of people and dates without leave by the desk."""
    away = pd.MultiIndex.from_frame(desk.table("leave")[_KEY])
    own: pd.DataFrame = days[~pd.MultiIndex.from_frame(days[_KEY]).isin(away)]
    return own


def as_far_as_there(desk: Desk, plan: Plan) -> Plan:
    """The plan without the shifts of those who have leave by the desk."""
    return replace(plan, roster=there(desk, plan.roster), duty=there(desk, plan.duty))
