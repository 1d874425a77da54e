"""The cost account of any roster and duty: ours, edited by hand, or supposed."""

import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.account import account
from scheduler.duty import read_duty
from scheduler.facts import read_facts
from scheduler.roster import read_roster
from scheduler.span import Grid


def price(desk: Desk, plan: Plan, curves: Curves | None = None) -> pd.DataFrame:
    """What a plan costs under ``curves``, whoever made it.

    Parameters
    ----------
    plan : its tables ``roster`` and ``duty`` are read, nothing else.
    curves : cost of effective agents per interval and queue; without them service is not priced.

    Returns
    -------
    Table ``costs``: every term of the objective in currency; the objective is their sum.
    """
    facts = read_facts(desk)
    roster = read_roster(facts, plan.roster)
    return account(facts, roster, read_duty(facts, Grid(facts), roster, plan.duty), curves)
