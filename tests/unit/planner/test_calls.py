"""People called in for the absent: how the planner simulates them, prices them once, and tells of them."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk import Curves, Desk, Outcome, Plan, Termination
from planner.loop import compared, whole_cost
from planner.output.read import read_output
from planner.output.report_table import simulated_words
from planner.output.write import write_output
from planner.planned import Planned
from planner.recipe import attempts
from planner.steps import Steps
from staffing import simulate, staffing_curves
from tests.unit.staffing.test_call import ON_CALL, called_desk, plan_of


@pytest.mark.parametrize("priced", [True, False])
def test_absences_that_the_account_prices_are_not_counted_twice(priced: bool) -> None:
    """Protects the loop: the simulation that is told has absences and calls; curves, which know of neither, are
    compared with it only where the account leaves absences to the simulation.
    """
    small = called_desk(0.4)
    coming, plan = plan_of(small)
    costs = pd.DataFrame({"term": ["wages", *["absence"] * priced], "amount": 100.0})

    def make(desk: Desk, curves: Curves, start: Plan | None) -> Plan:
        return Plan(ON_CALL, plan, Outcome(Termination.GAP, float(costs["amount"].sum()), 0.0, 0.0, 1.0, "", 1), costs)

    made = attempts(coming, 6, Steps(None), make)(small, staffing_curves(small, coming), None)
    by_hand = [
        simulate(of, coming, plan, roster=rows, runs=6).service["lost_sim"].sum()
        for of, rows in ((small, ON_CALL), (called_desk(0.0), None))
    ]
    assert [own["lost_sim"].sum() for own in (made.service, made.complete)] == by_hand[:1] + by_hand[priced:][:1]
    found = compared(small, made, 1)
    assert whole_cost(small, made) == pytest.approx(costs["amount"].sum() + found.simulated - found.expected)
    assert made.simulation.calls > 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_calls_are_told_and_kept(planned: Planned, tmp_path: Path, lang: str) -> None:
    """Protects the record: shifts missed and people called in, in the report's words and in plan.json."""
    assert "3.2" not in simulated_words(planned, lang)
    own = replace(planned, simulation=replace(planned.simulation, absences=3.2, calls=2.5))
    write_output(own, tmp_path / "out", lang=lang)
    told = simulated_words(read_output(tmp_path / "out"), lang)
    assert "3.2" in told
    assert "2.5" in told
