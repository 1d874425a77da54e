"""Any roster can be priced as the optimiser prices its own."""

from pathlib import Path

import pandas as pd

from desk import load_desk
from scheduler import make_roster, price
from tests.golden.tiny import write_tiny


def test_price_of_our_own_plan_is_its_account(tmp_path: Path) -> None:
    """One costing: the tables alone give the same terms."""
    desk = load_desk(write_tiny(tmp_path / "desk"))
    plan = make_roster(desk)
    own, again = (frame.set_index("term")["amount"].sort_index() for frame in (plan.costs, price(desk, plan)))
    pd.testing.assert_series_equal(own, again)
