"""Load and presence come from the system, not from the agent."""

import numpy as np
import pandas as pd
import pytest

from desk import Finding
from incentive.covered import Spans, covered
from incentive.log import read_log
from incentive.reward import overtime
from incentive.workload import cautions, workload
from tests.unit.incentive.small import ZONE, frame, small_desk

LOG = """
contact, queue, arrived,             agent
K1,      sale,  2025-06-16T10:05:00, Ann
K2,      sale,  2025-06-16T10:06:00, Ann
K3,      care,  2025-06-16T10:07:00, Ann
K4,      sale,  2025-06-16T10:08:00,
K5,      sale,  2025-06-16T11:00:00, Bo
"""
DUTY = """
agent, start,               activity, date,       shift
Ann,   2025-06-16T10:00:00, sale,     2025-06-16, M
Bo,    2025-06-16T10:00:00, sale,     2025-06-16, M
Bo,    2025-06-16T11:00:00, break,    2025-06-16, M
"""
SERVICE = """
start,               queue, overload
2025-06-16T10:00:00, sale,  0.4
2025-06-16T11:00:00, sale,  0
"""


def test_without_a_duty_plan_presence_is_where_contacts_were_taken() -> None:
    """An agent who served two queues in an hour gave each its share of the hour."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", LOG))
    around = workload(desk, log, None, None)
    assert np.allclose(sorted(around.presence.minutes), [20, 40, 60])
    assert np.allclose(around.load[0], 3 * (140 / 60) / 40)
    codes = [finding.code for finding in cautions(desk, log, None, None)]
    assert codes == ["presence_from_log", "overload_from_log"]


def test_the_duty_plan_says_who_was_there() -> None:
    """Whoever is on duty in a queue is there, contacts or not; a break is no presence."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", LOG))
    around = workload(desk, log, frame("duty", DUTY), frame("service", SERVICE))
    assert list(around.presence.minutes) == [60, 60]
    assert np.allclose(around.load[0], 3 * (140 / 60) / 120)


def test_the_plan_flags_overload_where_it_covers_the_log() -> None:
    """A quiet log does not unflag an interval that the plan called overloaded."""
    desk = small_desk()
    around = workload(desk, read_log(desk, frame("contacts", LOG)), frame("duty", DUTY), frame("service", SERVICE))
    assert list(around.flagged) == [True, True, True, True, False]


def test_a_plan_reaches_to_the_midnight_after_its_last_day() -> None:
    """Who works on that evening, off the plan, works beyond a shift of it."""
    later = DUTY + "Bo, 2025-06-18T10:00:00, sale, 2025-06-18, M\n"
    assert moments(covered(small_desk(), frame("duty", later), None).planned) == [("16 10:00", "19 00:00")]


def moments(spans: Spans) -> list[tuple[str, ...]]:
    """Day and clock of the ends of spans, where the desk is."""
    return [
        tuple(f"{pd.Timestamp(end, unit='s', tz='UTC').tz_convert(ZONE):%d %H:%M}" for end in span) for span in spans
    ]


TWO_PLANS = (
    DUTY
    + """\
Bo,    2025-06-19T23:00:00, sale,     2025-06-19, N
Bo,    2025-06-20T09:00:00, sale,     2025-06-20, M
"""
)
TWO_SERVICES = SERVICE + "2025-06-17T10:00:00, sale, 0\n2025-06-20T10:00:00, sale, 0\n"


def test_days_between_two_plans_are_of_neither() -> None:
    """Of a month with two plans each is asked for its own days, the second from its eve's night on."""
    told = covered(small_desk(), frame("duty", TWO_PLANS), frame("service", TWO_SERVICES))
    assert moments(told.on_duty) == [("16 10:00", "16 12:00"), ("19 23:00", "20 10:00")]
    assert moments(told.planned) == [("16 10:00", "17 00:00"), ("19 23:00", "21 00:00")]


def test_who_works_between_two_plans_is_there_and_in_no_overtime() -> None:
    """The log says who was there, as it does before the first plan: all of that was overtime, with nobody there."""
    desk, duty, service = small_desk(), frame("duty", TWO_PLANS), frame("service", TWO_SERVICES)
    log = read_log(desk, frame("contacts", LOG + "K6, sale, 2025-06-18T10:00:00, Bo\n"))
    around = workload(desk, log, duty, service)
    assert np.allclose(around.load[-1], (140 / 60) / 60)
    assert not around.flagged[-1]
    assert 20257 not in set(overtime(desk, log, around, duty, log.handled)["day"])
    codes = {one.code for one in cautions(desk, log, duty, service)}
    assert {"presence_from_log", "work_without_shift"} & codes == {"presence_from_log"}


def test_an_interval_with_work_and_nobody_there_is_overloaded() -> None:
    """No capacity is no division by zero."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", "contact,queue,arrived,agent\nK1,sale,2025-06-16T10:05:00,"))
    assert list(workload(desk, log, None, None).flagged) == [True]


@pytest.mark.parametrize(
    ("arrived", "code"),
    [
        ("2025-06-16T03:00:00", "presence_off_duty"),
        ("2025-06-16T23:30:00", "presence_off_duty"),
        ("2025-06-17T00:30:00", "presence_from_log"),
        ("2025-06-16T10:30:00", None),
    ],
)
def test_a_plan_is_not_asked_for_hours_of_its_days_in_which_it_has_nobody(arrived: str, code: str | None) -> None:
    """Settling a plan's own log warned that duty is missing, because contacts came before the first shift of all."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", f"contact,queue,arrived,agent\nK1,sale,{arrived},Ann"))
    found = {one.code: one for one in cautions(desk, log, frame("duty", DUTY), frame("service", SERVICE))}
    assert found.keys() & {"presence_off_duty", "presence_from_log"} == ({code} if code else set())
    assert all(one.line("en") != one.line("zh") and one.file == "contacts" for one in found.values())


PEOPLE = ("Ann", "Bo", "Cy")


def roster_of(log: str, leave: str = "") -> tuple[list[str], dict[str, Finding]]:
    """Who counts as there on a desk on which Ann and Bo have the same shift, and what is found."""
    people = frame("agents", "agent,name,team,contract,cost_per_h\n" + "\n".join(f"{one},,T,full,30" for one in PEOPLE))
    away = frame("leave", f"agent,date\n{leave}")
    desk = small_desk({"agents": people, "leave": away})
    duty = frame("duty", DUTY + "Ann, 2025-06-16T11:00:00, sale, 2025-06-16, M")
    contacts = read_log(desk, frame("contacts", log))
    there = workload(desk, contacts, duty, frame("service", SERVICE)).presence
    found = cautions(desk, contacts, duty, frame("service", SERVICE))
    return [str(contacts.agents[agent]) for agent in there.agent], {one.code: one for one in found}


def taken(count: int, *more: str) -> str:
    """A log in which Ann takes so many contacts of both hours."""
    rows = [f"K{n}, sale, 2025-06-16T1{n % 2}:05:00, Ann" for n in range(count)]
    return "\n".join(["contact, queue, arrived, agent", *rows, *more])


def test_who_did_not_come_is_no_capacity() -> None:
    """A shift in which an agent took nothing, though a share was due, is a missed one; one contact, or too few for all
    to say so, is presence."""
    who, found = roster_of(taken(20))
    assert (who, set(found) & {"shift_missed"}) == (["Ann", "Ann"], {"shift_missed"})
    assert "Bo 2025-06-16" in found["shift_missed"].line("zh")
    assert "Bo" in roster_of(taken(18))[0]
    who, found = roster_of(taken(20, "B1, sale, 2025-06-16T11:01:00, Bo"))
    assert (who.count("Bo"), "shift_missed" in found) == (1, False)


@pytest.mark.parametrize("count", [18, 20])
def test_who_is_on_leave_is_no_capacity_and_is_not_told(count: int) -> None:
    """Leave granted after the plan is known: among those to be looked into they hid who just did not come."""
    who, found = roster_of(taken(count), "Bo, 2025-06-16")
    assert ("Bo" in who, "shift_missed" in found) == (False, False)
    assert "Bo" in roster_of(taken(18), "Bo, 2025-06-17")[0]


def test_who_works_without_a_shift_is_told() -> None:
    """It is overtime all of it: a swap that nobody entered is to be seen before it is paid."""
    other = "B1, sale, 2025-06-16T10:01:00, Cy"
    found = roster_of(taken(18, other))[1]["work_without_shift"]
    assert (found.severity, found.facts["named"]) == ("warning", "Cy 2025-06-16")
    assert found.line("en") != found.line("zh")
    assert "work_without_shift" not in roster_of(taken(18, "A1, sale, 2025-06-16T13:00:00, Ann"))[1]
