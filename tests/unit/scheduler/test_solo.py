"""One person alone: what stands where the time for a question ends."""

from dataclasses import replace

import pytest

from scheduler.adapter import Found, Highs, Limits, Start, Task
from scheduler.facts import read_facts
from scheduler.roster import Roster
from scheduler.rules import fairness
from scheduler.solo import Solo
from scheduler.watch import Watch
from tests.rules.small import before, desk

SHARED = '[rules]\nfairness_price = 30\nunpopular = ["N"]'
FITS, CONTRADICTS = "min_paid_h_week = 16", "min_paid_h_week = 40\nmax_paid_h_week = 16"


class Late:
    """HiGHS, for which time ends in some of the questions, by number."""

    name = "late"

    def __init__(self, late: set[int]) -> None:
        self.late, self.asked, self.own = late, 0, Highs()

    def relax(self, task: Task, limits: Limits, watch: Watch) -> None:
        return None

    def search(self, task: Task, limits: Limits, watch: Watch, start: Start | None = None) -> Found:
        assert start is None or start.columns.max() < len(task.lower)
        self.asked += 1
        found = self.own.search(task, limits, watch, start)
        return replace(found, values=None) if self.asked in self.late else found


@pytest.mark.parametrize("contract", [FITS, CONTRADICTS])
@pytest.mark.parametrize("late", [{1}, {1, 3}, {1, 2}, {1, 2, 3}])
def test_a_person_has_a_line_where_time_ends(contract: str, late: set[int]) -> None:
    """Protects long horizons: a point of one model is not read as one of another, whichever question time ends."""
    facts = read_facts(desk(contract, SHARED))
    agent = next(iter(facts.agents.values()))
    ready, solo = Solo(facts, agent, Highs()), Solo(facts, agent, Late(late))
    worth = dict.fromkeys(solo.line.x, 300.0)
    found = solo.best(worth, {}, solo.first)
    assert set(solo.first.line.items()) <= set(solo.line.x)
    if 2 not in late:
        assert solo.bend == pytest.approx(ready.bend)
        assert solo.choice(solo.first.line).cost == pytest.approx(solo.first.cost)
        assert found.cost == pytest.approx(ready.best(worth, {}, ready.first).cost)


def test_who_carried_more_than_the_share_has_a_line() -> None:
    """Protects people who may work no further night and have worked some: asked for the best answer to the others, the
    model had no point, and the plan ended with an internal error."""
    of = desk("max_paid_h_day = 1", SHARED, worked=before("ann N N\nbob OFF OFF"))
    facts = read_facts(of)
    ann = facts.agents["ann"]
    quota = fairness.RULE.quota(facts, Roster(facts, {}), ann)
    assert quota is not None
    assert quota.free < 0
    solo = Solo(facts, ann, Highs())
    assert solo.best({}, {"fairness": quota}, solo.first) is not solo.first
    assert solo.choice({}).line == {}
