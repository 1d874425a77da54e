"""Rewards for overload and overtime."""

import numpy as np
import pandas as pd
import pytest

from incentive.log import read_log
from incentive.reward import over_volume, overtime
from incentive.workload import workload
from tests.unit.incentive.small import frame, small_desk

SERVICE = "start, queue, overload\n2025-06-16T10:00:00, sale, 0.4\n2025-06-16T11:00:00, sale, 0"
DUTY = """
agent, start,               activity, date,       shift
Ann,   2025-06-16T10:00:00, sale,     2025-06-16, O1
Ann,   2025-06-16T11:00:00, break,    2025-06-16, O1
Ann,   2025-06-16T12:00:00, sale,     2025-06-16, O1
Bo,    2025-06-16T10:00:00, sale,     2025-06-16, M1
"""
PEOPLE = frame("agents", "agent,name,team,contract,cost_per_h\nAnn,Ann,T,full,30\nBo,Bo,T,full,30")
SHIFTS = frame("shifts", "shift,paid_h,kind\nO1,2,overtime\nM1,1,regular")


def log_of(counts: dict[tuple[str, str], int], day_after: int = 0) -> pd.DataFrame:
    """So many contacts of agent and clock time, queue sale; and of Bo's at the midnight after that day."""
    rows = [(agent, f"16T{clock}") for (agent, clock), count in counts.items() for _ in range(count)]
    rows += [("Bo", "17T00:00")] * day_after
    lines = [f"K{n}, sale, {agent}, 2025-06-{at}:00" for n, (agent, at) in enumerate(rows)]
    return frame("contacts", "contact, queue, agent, arrived\n" + "\n".join(lines))


def reward(kind, counts: dict[tuple[str, str], int], day_after: int = 0, **incentive: float) -> pd.DataFrame:
    """The reward's rows by agent, on a desk whose contract has a normal day of one hour."""
    desk = small_desk(
        {"agents": PEOPLE, "shifts": SHIFTS},
        contracts={"full": {"normal_h_day": 1.0}},
        queues={"sale": {"aht_s": [120.0]}},
        incentive=incentive,
    )
    log, duty = read_log(desk, log_of(counts, day_after)), frame("duty", DUTY)
    around = workload(desk, log, duty, frame("service", SERVICE))
    days = kind(desk, log, around, duty, log.handled)
    return days.assign(agent=log.agents[days["agent"]]).set_index("agent")


def test_over_volume_starts_above_quota_and_ends_at_the_cap() -> None:
    """60 minutes there x 0.85 = 51 asked; 29 contacts of 2 min are 7 above; 60 would be 69 above, capped at 25.5."""
    got = reward(over_volume, {("Ann", "10:30"): 29, ("Bo", "10:30"): 60})
    assert list(got["quota_min"]) == pytest.approx([51, 51])
    assert list(got["credit_min"]) == pytest.approx([7, 25.5])


def test_work_in_quiet_intervals_is_no_over_volume() -> None:
    """Only intervals that the system flags count, not those that an agent found busy."""
    got = reward(over_volume, {("Bo", "11:30"): 40})
    assert got["credit_min"].sum() == 0


def test_overtime_is_paid_as_far_as_it_was_filled() -> None:
    """Ann's second worked hour is overtime; 30 minutes of work against 51 asked credit 30 / 51 of it."""
    got = reward(overtime, {("Ann", "12:10"): 15, ("Ann", "10:10"): 5})
    assert list(got["contacts"]) == [15]
    assert got.loc["Ann", "credit_min"] == pytest.approx(60 * 30 / 51)


def test_contacts_off_the_plan_are_overtime_to_the_end_of_its_last_day() -> None:
    """Bo stayed on after the shift, and came back when all shifts had ended; what comes before the plan's first shift
    may be another plan's night, and the next day is another plan's."""
    counts = {("Bo", "12:10"): 60, ("Bo", "18:00"): 60, ("Ann", "12:00"): 60, ("Bo", "09:00"): 60}
    got = reward(overtime, counts, day_after=60)
    assert got.loc["Bo", "credit_min"] == 120
    assert got.loc["Bo", "contacts"] == 120


def test_overtime_ends_at_the_legal_caps() -> None:
    """No agent is tempted beyond the law: the day's cap holds, and the month's."""
    counts = {("Ann", "12:10"): 60}
    assert reward(overtime, counts, overtime_max_h_day=0.5).loc["Ann", "credit_min"] == 30
    assert reward(overtime, counts, overtime_max_h_day=0.25, overtime_max_h_month=0.25).loc[
        "Ann", "credit_min"
    ] == pytest.approx(15)


def test_nobody_in_overtime_is_no_row() -> None:
    """An empty reward is an empty frame, not an error."""
    got = reward(overtime, {("Bo", "10:10"): 3})
    assert np.array_equal(got.index, ["Ann"])
    assert got["credit_min"].sum() == 0


NIGHTS = """
agent, start,               activity, date,       shift
Ann,   2025-06-16T22:00:00, sale,     2025-06-16, M1
Ann,   2025-06-17T22:00:00, sale,     2025-06-17, M1
Ann,   2025-06-18T22:00:00, sale,     2025-06-18, M1
Bo,    2025-06-16T22:00:00, sale,     2025-06-16, M1
"""


def nights(*starts: str, agent: str = "Ann", **incentive: float) -> pd.DataFrame:
    """Overtime of an agent, whose shifts end at 23:00, with every hour that begins at ``starts`` full of work."""
    desk = small_desk({"agents": PEOPLE, "shifts": SHIFTS}, queues={"sale": {"aht_s": [120.0]}}, incentive=incentive)
    rows = [f"K{n}, sale, {agent}, 2025-06-{at}:00:00" for n, at in enumerate(at for at in starts for _ in range(60))]
    log, duty = (
        read_log(desk, frame("contacts", "contact, queue, agent, arrived\n" + "\n".join(rows))),
        frame("duty", NIGHTS),
    )
    return overtime(desk, log, workload(desk, log, duty, None), duty, log.handled)


def test_overtime_after_midnight_is_of_the_evenings_shift() -> None:
    """The law's cap a day is of the working day: 23:00 to 2:00 is one evening of three hours, and the next evening has
    its own; by the calendar four hours of one evening were all paid, and of two evenings some not.
    """
    one = nights("16T23", "17T00", "17T01", "17T02", overtime_max_h_day=3.0)
    assert (list(one["quota_min"] / 0.85), list(one["credit_min"])) == ([240], [180])
    two = nights("17T00", "17T01", "17T23", "18T00", overtime_max_h_day=2.0)
    assert list(two["credit_min"]) == [120, 120]
    assert np.array_equal(two["day"], [20255, 20256])


def test_work_far_from_any_shift_is_of_its_calendar_day() -> None:
    """Who is called in at noon works on that day, an hour before a shift on the shift's; so does the desk's last agent,
    whatever is beyond the plan's last row: days off that Bo came in on were of the last shift, with one cap for all.
    """
    assert list(nights("17T12", "18T21")["day"]) == [20256, 20257]
    assert list(nights("17T12", "18T12", agent="Bo")["day"]) == [20256, 20257]


def test_overloaded_hours_in_messages_ask_no_quota_of_live_work() -> None:
    """Over-volume counts live contacts, so its quota is of the time in live queues: hours in messages took from it."""
    queues = {"sale": {"aht_s": [120.0]}, "mail": {"kind": "deferrable", "aht_s": [120.0], "deadline_h": 24.0}}
    desk = small_desk({"agents": PEOPLE, "shifts": SHIFTS}, queues=queues)
    mail = "\nAnn, 2025-06-16T13:00:00, mail, 2025-06-16, O1"
    log, duty = read_log(desk, log_of({("Ann", "10:30"): 29})), frame("duty", DUTY + mail)
    around = workload(desk, log, duty, frame("service", SERVICE + "\n2025-06-16T13:00:00, mail, 0.4"))
    days = over_volume(desk, log, around, duty, log.handled)
    assert list(days["quota_min"]) == pytest.approx([51])
    assert list(days["credit_min"]) == pytest.approx([7])


def test_a_night_is_one_day_of_over_volume() -> None:
    """What was above the quota before midnight fills what was below after it, as within anybody's day."""
    text = NIGHTS + "Ann,2025-06-16T23:00:00,sale,2025-06-16,M1\nAnn,2025-06-17T00:00:00,sale,2025-06-16,M1"
    desk = small_desk({"agents": PEOPLE, "shifts": SHIFTS}, queues={"sale": {"aht_s": [120.0]}})
    starts = ["16T23"] * 30 + ["17T00"] * 20
    rows = [f"K{n}, sale, Ann, 2025-06-{at}:00:00" for n, at in enumerate(starts)]
    log, duty = (
        read_log(desk, frame("contacts", "contact, queue, agent, arrived\n" + "\n".join(rows))),
        frame("duty", text),
    )
    service = frame("service", "start, queue, overload\n2025-06-16T23:00:00, sale, 1\n2025-06-17T00:00:00, sale, 1")
    days = over_volume(desk, log, workload(desk, log, duty, service), duty, log.handled)
    assert (list(days["quota_min"]), list(days["done_min"]), list(days["credit_min"])) == ([102], [100], [0])
