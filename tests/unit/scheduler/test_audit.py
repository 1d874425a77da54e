"""The audit judges any plan, ours or another's, from its tables alone."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from desk import Desk, Finding
from scheduler import audit
from scheduler.facts import read_facts
from scheduler.span import Grid
from tests.rules.small import before, desk, is_told, judged, plan, told

CONTRACT = "min_rest_h = 11\nmax_consecutive_days = 5\nmax_paid_h_week = 40"
LINES = """
ann E E - L -
bob - L L - E
"""
TURNS = """
ann 06-01 E: pre break after after
ann 06-02 E: pre pre break pre
ann 06-04 L: pre pre pre pre pre pre pre pre
bob 06-02 L: pre pre pre pre pre pre pre pre
bob 06-03 L: pre pre pre pre pre pre pre pre
bob 06-05 E: pre break pre pre
"""
ROSTER_SLIPS = {
    "roster_unknown_agent": LINES + "eve E",
    "roster_unknown_shift": LINES.replace("ann E", "ann Z"),
    "roster_second_shift": LINES + "ann L",
    "roster_outside_horizon": LINES.replace("bob - L L - E", "bob - L L - E - - E"),
    "roster_min_rest": LINES.replace("bob - L L - E", "bob - L L E E"),
    "roster_max_consecutive_days": LINES.replace("ann E E - L -", "ann E E E E E E"),
    "roster_max_paid_h_week": LINES.replace("bob - L L - E", "bob D D D D D"),
}
DUTY_SLIPS = {
    "duty_missing": ("pre break after after", "pre break after ."),
    "duty_outside_shift": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: pre break pre pre pre"),
    "duty_skill": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: pre break pre after"),
    "duty_unknown_activity": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: pre break pre nap"),
    "duty_break_missing": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: pre pre pre pre"),
    "duty_break_length": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: pre break break pre"),
    "duty_break_window": ("bob 06-05 E: pre break pre pre", "bob 06-05 E: break pre pre pre"),
    "duty_max_switches": ("ann 06-04 L: pre pre pre pre", "ann 06-04 L: pre after pre after"),
}


def test_a_legal_plan_has_no_findings() -> None:
    """Protects people from false alarms."""
    assert told(desk(CONTRACT), LINES, TURNS) == []


@pytest.mark.parametrize("code", ROSTER_SLIPS)
def test_a_slip_of_the_roster_is_found(code: str) -> None:
    """Protects an edited or imported roster: each slip is an error of its own name, and the only one."""
    found = judged(desk(CONTRACT), ROSTER_SLIPS[code])
    assert {(own.code, own.severity, own.file) for own in found} == {(code, "error", "roster")}


@pytest.mark.parametrize("code", DUTY_SLIPS)
def test_a_slip_of_the_duty_is_found(code: str) -> None:
    """Protects an edited or imported duty: each slip is an error of its own name, and the only one."""
    right, wrong = DUTY_SLIPS[code]
    found = judged(desk(CONTRACT), LINES, TURNS.replace(right, wrong))
    assert [(own.code, own.severity, own.file) for own in found] == [(code, "error", "duty")]


def test_a_shift_taken_away_leaves_its_duty_outside() -> None:
    """Protects the agreement of the two tables, from one side."""
    assert told(desk(CONTRACT), LINES.replace("ann E E - L", "ann E E - -"), TURNS) == [
        ("duty_outside_shift", "error", "ann", "06-04")
    ]


def test_a_shift_added_has_no_duty() -> None:
    """Protects the agreement of the two tables, from the other side."""
    assert told(desk(CONTRACT), LINES.replace("ann E E -", "ann E E E"), TURNS) == [
        ("duty_missing", "error", "ann", "06-03"),
        ("duty_break_missing", "error", "ann", "06-03"),
    ]


def test_everything_is_told_at_once() -> None:
    """Protects the editor's user from mending one slip after the other."""
    lines = LINES + "eve E\nann L"
    turns = TURNS.replace("bob 06-05 E: pre break pre pre", "bob 06-05 E: after pre pre pre")
    codes = Counter(code for code, *_ in told(desk(CONTRACT), lines, turns))
    assert codes == {
        "roster_unknown_agent": 1,
        "roster_second_shift": 1,
        "duty_skill": 1,
        "duty_break_missing": 1,
    }


def test_an_empty_plan_is_judged() -> None:
    """Protects a blank start: only what is owed is told."""
    assert told(desk(CONTRACT), "") == []
    assert {code for code, *_ in told(desk("min_paid_h_week = 8"), "")} == {"roster_min_paid_h_week"}


def test_the_order_of_rows_changes_nothing() -> None:
    """Protects imports: rows come in any order."""
    of = desk(CONTRACT)
    made = plan(of, ROSTER_SLIPS["roster_min_rest"], TURNS)
    shuffled = replace(made, roster=made.roster[::-1], duty=made.duty.sample(frac=1, random_state=1))
    assert _sorted(audit(of, made)) == _sorted(audit(of, shuffled))


def test_a_name_is_judged_as_it_is_written() -> None:
    """Protects against a person of another spelling who would pass for the same one."""
    assert [code for code, *_ in told(desk(), "Ann E")] == ["roster_unknown_agent"]


def test_the_night_in_which_the_clocks_go_back_has_an_hour_more() -> None:
    """Protects the change of the clocks: in Berlin the night of 24 October 2026 has nine hours."""
    small = desk(days=150, shifts="shift,start,end,paid_h\nN,22:00,06:00,8")
    of = Desk(small.settings.model_copy(update={"timezone": "Europe/Berlin"}), small.tables)
    night = pd.date_range("2026-10-24 22:00", periods=9, freq="h", tz="Europe/Berlin", unit="us")
    turn = pd.DataFrame({"agent": "ann", "start": night, "activity": "pre"})
    roster = pd.DataFrame({"agent": ["ann"], "date": [pd.Timestamp("2026-10-24")], "shift": ["N"]})
    assert _codes(of, roster, turn) == []
    assert _codes(of, roster, turn[:8]) == ["duty_missing"]


def test_a_break_in_the_hour_that_the_clocks_skip_is_taken_as_they_go_on() -> None:
    """Protects the last night of March: its break from 2 to 3 could nowhere be, and a hard rule was broken."""
    small = desk(
        shifts="shift,start,end,paid_h,break_min,break_from,break_to\nN,22:00,06:00+1,7,60,02:00+1,03:00+1",
    )
    days = type(small.settings.horizon)(start=date(2026, 3, 28), end=date(2026, 3, 30))
    of = Desk(small.settings.model_copy(update={"timezone": "Europe/Berlin", "horizon": days}), small.tables)
    night = pd.date_range("2026-03-28 22:00", periods=7, freq="h", tz="Europe/Berlin", unit="us")
    turn = pd.DataFrame({"agent": "ann", "start": night, "activity": ["pre"] * 4 + ["break"] + ["pre"] * 2})
    roster = pd.DataFrame({"agent": ["ann"], "date": [pd.Timestamp("2026-03-28")], "shift": ["N"]})
    assert _codes(of, roster, turn) == []
    assert Grid(read_facts(of)).span(0, read_facts(of).shifts["N"]).breaks == (26,)
    assert Grid(read_facts(of)).span(1, read_facts(of).shifts["N"]).breaks == (49,)


def test_duty_of_the_eve_is_read_from_the_known_past() -> None:
    """Protects the first hours of a horizon that begins in the middle of a night shift."""
    turns = "ann 05-31 N: . . pre pre pre pre pre pre"
    assert told(desk(worked=before("ann N")), "", turns) == []
    assert told(desk(), "", turns) == [("duty_outside_shift", "error", "ann", "06-01")]


def test_findings_can_be_told_in_a_table() -> None:
    """Protects reports and exports: each finding makes a row in either language."""
    for finding in audit(desk(CONTRACT), plan(desk(CONTRACT), ROSTER_SLIPS["roster_min_rest"])):
        assert is_told(finding)
        assert finding.record("zh")["message"] == finding.message("zh")


def _codes(of: Desk, roster: pd.DataFrame, turns: pd.DataFrame) -> list[str]:
    return [own.code for own in audit(of, replace(plan(of, ""), roster=roster, duty=turns))]


def _sorted(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(own.line() for own in findings)


def test_a_plan_in_which_nobody_works_is_judged_whole() -> None:
    """Protects open queues: an empty duty is right where nobody is on a shift, and presence is short all the same."""
    of = desk(settings="[rules]\nmin_presence = { pre = 1 }", days=1)
    assert told(of, "") == [("duty_presence", "warning", "", "06-01")]
