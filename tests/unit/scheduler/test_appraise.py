"""One pass says the same as the audit and the cost account asked one after the other."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.output.read import read_output
from scheduler import appraise, audit, price
from tests.views.tiny_plan import write_plan


@pytest.mark.parametrize("kept", [slice(None), slice(0, None, 2), slice(0, 0)])
def test_one_pass_is_audit_and_price(tmp_path: Path, kept: slice) -> None:
    """An editor's quick answer is the independent judge's; also of a plan with half of its duty gone, or all."""
    planned = read_output(write_plan(tmp_path / "out", tmp_path / "desk"))
    plan = replace(planned.plan, duty=planned.plan.duty.iloc[kept])
    found = appraise(planned.desk, plan, planned.curves)
    assert bool(found.findings) == (len(plan.duty) < len(planned.plan.duty))
    assert found.findings == audit(planned.desk, plan, planned.curves)
    pd.testing.assert_frame_equal(found.costs, price(planned.desk, plan, planned.curves))
    assert found.total == pytest.approx(found.costs["amount"].sum())
