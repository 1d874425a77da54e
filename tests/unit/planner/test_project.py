"""A plan's incentives, projected before the event and kept like a scoring."""

from pathlib import Path

import pytest

from desk import InputError
from planner.kept import keep
from planner.pay.project import project_plan
from planner.pay.run import PROJECTED, kind_of
from store import Principal, list_score_runs, open_store, read_scores, read_statement
from tests.unit.planner.pay_world import OWNER, scheme_of_tiny
from tests.views.tiny_plan import AGENTS, write_plan


def test_a_projection_says_what_to_expect_and_names_nobody_else(tmp_path: Path) -> None:
    """Mean and range per agent under the desk's newest scheme, the budget needed, no statement; a lead sees theirs."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    plan = keep(store, OWNER, write_plan(tmp_path / "out", tmp_path / "desk")).hash
    _, version = scheme_of_tiny(store, tmp_path / "desk")
    run = project_plan(store, OWNER, version, plan, "before June", 3, lambda progress: True, 9)
    assert project_plan(store, OWNER, version, plan, "before June", 3, lambda progress: True, 9).id == run.id
    (kept,) = list_score_runs(store, OWNER)
    assert (kind_of(kept), kept.summary["runs"], kept.summary["plan"]) == (PROJECTED, 3, plan)
    assert set(kept.summary["needed"]) == {"0.50", "0.80", "0.95"}
    scores = read_scores(store, OWNER, run.id)
    whole = scores[scores["measure"] == "composite"].set_index("agent")
    assert set(whole.index) == set(AGENTS)
    assert (whole["pay_low"] <= whole["pay_high"]).all()
    assert whole["payout"].sum() == pytest.approx(kept.summary["paid_cents"] / 100, abs=0.01)
    assert whole["payout"].sum() <= 1000.0
    lead = read_scores(store, Principal("lee@example.com", "lead", ("A",)), run.id)
    assert set(lead["agent"]) == {"A1", "A2", "A3"}
    with pytest.raises(InputError):
        read_statement(store, OWNER, run.id, "A1")
