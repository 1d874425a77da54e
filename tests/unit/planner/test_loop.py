"""The loop of plan and simulation: when it plans again, and which plan it keeps."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from desk import Curves, Desk, Outcome, Plan, Simulation, Termination
from planner.loop import AGAIN, Attempt, Round, closed, recorded
from planner.output.json_text import plain
from planner.page.certificate import certificate_sentences
from planner.planned import Planned
from tests.unit.staffing.small import desk

START = pd.Timestamp("2026-06-17T10:00+08:00")
NONE = pd.DataFrame()


def attempt(lost: float, wages: float, ended: Termination = Termination.GAP, gap: float = 0.0) -> Attempt:
    """Four agents by whom the curve foretells ten lost, 200; the rest of the plan costs ``wages``."""
    points = pd.DataFrame({"start": START, "queue": "pre", "agents": [0.0, 4.0, 8.0], "cost": [1000.0, 200.0, 0.0]})
    own = {"effective_agents": 4.0, "lost_sim": lost, "lost_sim_low": lost - 1.0, "lost_sim_high": lost + 1.0}
    late = dict.fromkeys(("late_sim", "late_sim_low", "late_sim_high"), 0.0)
    service = pd.DataFrame([{"start": START, "queue": "pre"} | own | late])
    outcome = Outcome(ended, wages + 200.0, 0.0, gap, 1.0, "highs", 1)
    made = Plan(NONE, NONE, outcome, NONE)
    return Attempt(Curves(points, NONE), made, service, Simulation(NONE, NONE, 20, 1), service)


def test_a_plan_that_the_simulation_confirms_is_not_made_again() -> None:
    """Protects time: one comparison, told, and no second plan."""
    first = attempt(lost=10.0, wages=800.0)
    best, rounds = closed(desk("pre"), first, refuse, 3)
    assert best is first
    assert [(one.verdict, one.corrected) for one in rounds] == [("agrees", 0)]


def refuse(of: Desk, curves: Curves, start: Plan | None) -> Attempt:
    raise AssertionError("no further plan was asked for")


def test_a_better_plan_is_kept_and_told() -> None:
    """Protects the refinement: 400 lost by the simulation, 300 by the plan made with corrected curves."""
    asked: list[float] = []

    def again(of: Desk, curves: Curves, start: Plan | None) -> Attempt:
        assert start is first.made
        asked.append(of.settings.scheduler.time_limit_s)
        assert curves.points["agents"].max() > 8.0
        return attempt(lost=10.0, wages=900.0)

    small = desk("pre")
    first = attempt(lost=20.0, wages=800.0)
    best, rounds = closed(small, first, again, 1)
    assert best.made.outcome.objective == 1100.0
    assert (rounds[0].verdict, rounds[0].before, rounds[0].after) == ("kept", 1200.0, 1100.0)
    assert asked == [pytest.approx(AGAIN * small.settings.scheduler.time_limit_s)]


def test_a_plan_no_better_is_refused() -> None:
    """Protects the first plan: what costs more by the simulation does not replace it."""
    first = attempt(lost=20.0, wages=800.0)
    best, rounds = closed(desk("pre"), first, lambda of, curves, start: attempt(lost=10.0, wages=1100.0), 3)
    assert best is first
    assert [one.verdict for one in rounds] == ["refused"]


def test_a_plan_hardly_cheaper_is_not_kept() -> None:
    """What another search changes anyway is no reason to give up the plan with the better certificate."""
    first = attempt(lost=20.0, wages=800.0)
    best, rounds = closed(desk("pre"), first, lambda of, curves, start: attempt(lost=20.0, wages=799.5), 3)
    assert best is first
    assert [one.verdict for one in rounds] == ["refused"]


@pytest.mark.parametrize(("gap", "verdict"), [(0.0, "kept"), (0.02, "refused")])
def test_a_little_gain_is_not_worth_a_weaker_certificate(gap: float, verdict: str) -> None:
    """Protects the proof: three thousandths cheaper is kept with a gap as good, not with one that is wider."""
    rounds = closed(
        desk("pre"), attempt(lost=20.0, wages=800.0), lambda *_: attempt(lost=20.0, wages=796.5, gap=gap), 1
    )[1]
    assert [one.verdict for one in rounds] == [verdict]


def test_nothing_is_planned_again_after_a_stop_or_without_rounds() -> None:
    """Protects the stop button and the switch."""
    stopped = attempt(lost=20.0, wages=800.0, ended=Termination.CANCELLED)
    assert closed(desk("pre"), stopped, refuse, 3)[0] is stopped
    assert closed(desk("pre"), attempt(lost=20.0, wages=800.0), refuse, 0)[1] == ()


def test_small_differences_are_left_alone() -> None:
    """Protects time: beyond noise, but less than a hundredth of what the plan costs."""
    first = attempt(lost=12.0, wages=8_000.0)
    dear = replace(first, made=replace(first.made, outcome=replace(first.made.outcome, objective=9_000.0)))
    assert [one.verdict for one in closed(desk("pre"), dear, refuse, 1)[1]] == ["agrees"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verdict", ["agrees", "kept", "refused"])
def test_every_round_is_told(planned: Planned, lang: str, verdict: str) -> None:
    """Protects the report: a round's verdict and its costs in a sentence, also after plan.json was read again."""
    after = float("nan") if verdict == "agrees" else 1_111.0
    one = Round(1, verdict, 3, 40, 200.0, 400.0, 380.0, 420.0, 200.0, 1_234.0, after)
    record = json.loads(json.dumps(plain(recorded((one,)))))
    told = replace(planned, plan=replace(planned.plan, meta={"rounds": record}))
    sentence = certificate_sentences(told, lang)[-1]
    assert "40" in sentence
    assert ("1,111" in sentence) is (verdict != "agrees")


def test_a_round_that_compared_nothing_is_not_told(planned: Planned) -> None:
    """Protects who stopped the search: a simulation cut short says nothing, and no row of noughts stands for it."""
    one = Round(1, "agrees", 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 1_234.0, float("nan"))
    told = replace(planned, plan=replace(planned.plan, meta={"rounds": recorded((one,))}))
    assert certificate_sentences(told, "en") == certificate_sentences(planned, "en")
