"""Certificates: a shift that needs some is worked only by people who hold them all."""

from scheduler import explain, make_roster
from tests.rules.small import desk, judged, told

AGENTS = "agent,name,team,contract,cost_per_h,certificates\nann,Ann,red,full,10,lead|german\nbob,Bob,blue,full,10,lead"
SHIFTS = "shift,start,end,paid_h,needs\nE,08:00,12:00,4,\nL,16:00,24:00,8,lead\nN,22:00,06:00,8,lead|german"
OWN = {"agents": AGENTS, "shifts": SHIFTS}


def test_a_certificate_is_missing() -> None:
    """Protects shifts that need somebody able: what is missing is named."""
    (finding,) = judged(desk(**OWN), "bob N")
    assert (finding.code, finding.severity, finding.facts["value"]) == ("roster_certificates", "error", "german")


def test_holders_of_all_may_work_it() -> None:
    """Protects what is allowed, the night over midnight too; without needs anybody may."""
    assert told(desk(**OWN), "ann N - L\nbob E L") == []
    assert told(desk(agents=AGENTS), "bob N") == []


def test_the_plan_keeps_it_and_an_impossible_pin_is_explained() -> None:
    """Protects the model's part, and the reason where a pin asks for what a person lacks."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,N,2,900,0"
    of = desk("", "[scheduler]\ntime_limit_s = 2", days=1, cover=cover, **OWN)
    assert make_roster(of).roster["agent"].tolist() == ["ann"]
    pinned = desk(pinned="agent,date,shift\nbob,2026-06-02,N", **OWN)
    (conflict,) = explain(pinned)
    assert {own.code for own in conflict.demands} == {"explain_pinned", "explain_certificates"}
    assert len(conflict.cures) == 2
