"""One pass says the same as the audit and the cost account asked one after the other."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk import load_desk
from scheduler import appraise, audit, make_roster, price
from tests.golden.tiny import write_tiny


@pytest.mark.parametrize("broken", [False, True])
def test_one_pass_is_audit_and_price(tmp_path: Path, broken: bool) -> None:
    """An editor's quick answer is the independent judge's, also of a plan with half of its duty gone."""
    desk = load_desk(write_tiny(tmp_path / "desk"))
    plan = make_roster(desk)
    own = replace(plan, duty=plan.duty.iloc[::2]) if broken else plan
    found = appraise(desk, own)
    assert found.findings == audit(desk, own)
    assert bool(found.findings) >= broken
    pd.testing.assert_frame_equal(found.costs, price(desk, own))
    assert found.total == pytest.approx(price(desk, own)["amount"].sum())


def test_a_plan_without_duty_is_judged_by_its_roster(tmp_path: Path) -> None:
    """What the audit says of a missing duty is said here too."""
    desk = load_desk(write_tiny(tmp_path / "desk"))
    plan = make_roster(desk)
    bare = replace(plan, duty=plan.duty.iloc[:0])
    assert appraise(desk, bare).findings == audit(desk, bare)
