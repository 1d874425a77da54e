"""People of whom no legal line was found: a legal one is the answer where there is one after all."""

import numpy as np
import pandas as pd
import pytest

from scheduler.adapter import Highs
from scheduler.cover_search.bend import bent
from scheduler.cover_search.problem import read_problem
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from tests.rules.small import FIRST
from tests.unit.scheduler.cover_search.test_search import crowd


@pytest.mark.parametrize("seconds", [10.0, 0.0])
def test_who_may_work_nothing_stays_off(seconds: float) -> None:
    """Protects the hard limit of somebody who would like every day and may work none: no shifts are a legal line."""
    dates = pd.date_range(FIRST, periods=7).strftime("%Y-%m-%d")
    wishes = "agent,date,shift,wish,weight\n" + "\n".join(f"p0,{date},E,on,50" for date in dates)
    facts = read_facts(of := crowd(1, 7, "max_paid_h_horizon = 1", requests=wishes))
    own = bent(facts, "p0", read_problem(facts, read_demand(of, None)).weekend, Highs(), seconds)
    assert np.array_equal(own.line, np.full(7, len(facts.shifts)))
    assert not own.is_bent
