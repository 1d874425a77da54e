"""Team presence: while the desk is open, so many holders of a certificate are on a shift."""

import pytest

from scheduler import audit, make_roster
from tests.rules.small import before, desk, judged, plan, told

AGENTS = "agent,name,team,contract,cost_per_h,certificates\nann,Ann,red,full,10,lead\nbob,Bob,blue,full,10,"
LEAD = '[rules]\non_duty = { lead = 1 }\non_duty_price = 30\n[queues.pre]\nhours = "08:00-12:00"\naht_s = [300]\n'
SETTINGS = """
name = "Small"
timezone = "Asia/Shanghai"
interval_min = 60
horizon = { start = 2026-06-01, end = 2026-06-08 }
"""


def led(monkeypatch: pytest.MonkeyPatch, days: int = 1, **tables: str):
    """A desk that is open from 8 to 12."""
    monkeypatch.setattr("tests.rules.small.SETTINGS", SETTINGS)
    return desk("", LEAD + "[scheduler]\ntime_limit_s = 3\ngap = 0.0", days=days, **({"agents": AGENTS} | tables))


SKILLS = "agent,queue,proficiency,home\nann,pre,1,1\nbob,pre,1,1"


def test_nobody_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects new people from being alone: four intervals without a lead, whoever else is there."""
    (finding,) = judged(led(monkeypatch, skills=SKILLS), "bob E")
    assert (finding.code, finding.severity, finding.facts["value"]) == ("roster_on_duty", "warning", "4")


def test_a_lead_on_a_shift_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects what is allowed: a break is no absence, and closed hours need nobody."""
    assert told(led(monkeypatch, skills=SKILLS), "ann E") == []


def test_the_shift_of_the_eve_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the horizon's first hours: a lead whose night lasts until 10 leaves two hours."""
    shifts = "shift,start,end,paid_h\nE,08:00,12:00,4\nN,22:00,10:00,8"
    of = led(monkeypatch, worked=before("ann N"), shifts=shifts, skills=SKILLS)
    found = [own for own in audit(of, plan(of, "")) if own.code == "roster_on_duty"]
    assert [own.facts["value"] for own in found] == ["2"]


def test_an_eve_that_ends_before_midnight_leads_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the horizon's first days: who worked yesterday from 8 to 12 is not there today."""
    of = led(monkeypatch, worked=before("ann E"), skills=SKILLS)
    assert [own.facts["value"] for own in judged(of, "") if own.code == "roster_on_duty"] == ["4"]


def test_model_and_checker_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the inequality: leading for 4 x 30 is worth the lead's 40, and the bound meets the account."""
    of = led(monkeypatch, days=3, skills=SKILLS, leave="agent,date\nann,2026-06-02")
    made = make_roster(of)
    assert made.roster[["agent", "shift"]].to_numpy().tolist() == [["ann", "E"], ["ann", "E"]]
    assert made.outcome.objective == pytest.approx(2 * 40 + 4 * 30)
    assert made.outcome.bound == pytest.approx(made.outcome.objective)
