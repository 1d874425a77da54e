"""Work that waits costs by the hour: the price of ageing, and what capacity saves of it."""

import numpy as np
import pandas as pd
import pytest

from scheduler.backlog import Work, read_work, run, worth_per_h

STARTS = pd.date_range("2026-06-17 09:00", periods=4, freq="h", tz="Asia/Shanghai")


def work_of(ageing_value: float) -> Work:
    """Two hours of work from 9:00 to 10:00, due at 12:00 on average, 10 an hour where late."""
    table = pd.DataFrame({"start": STARTS, "queue": "mail", "work_h": [2.0, 0.0, 0.0, 0.0], "deadline_h": 2.5})
    return read_work(table.assign(late_value=10.0, ageing_value=ageing_value), STARTS, 1.0)["mail"]


def test_waiting_is_paid_by_the_hour_until_it_is_done() -> None:
    """An agent from 10:00 on: two hours wait at the end of 9:00, one at the end of 10:00."""
    assert run(work_of(1.5), np.array([0.0, 1.0, 1.0, 1.0])).cost == pytest.approx(1.5 * 3.0)
    assert run(work_of(0.0), np.array([0.0, 1.0, 1.0, 1.0])).cost == 0.0


def test_a_table_without_ageing_is_free_of_it() -> None:
    """Older outputs have no such column."""
    table = pd.DataFrame({"start": STARTS[:1], "queue": "mail", "work_h": 2.0, "deadline_h": 3.0, "late_value": 1.0})
    assert run(read_work(table, STARTS, 1.0)["mail"], np.array([0.0, 2.0, 0.0, 0.0])).cost == 0.0


@pytest.mark.parametrize("capacity", [[0.0, 0.5, 0.5, 0.5], [0.3, 0.3, 0.3, 0.0], [0.0, 0.0, 0.4, 0.0]])
def test_worth_of_an_hour_is_what_it_saves(capacity: list[float]) -> None:
    """A little more capacity saves its worth: the ageing until, and the price of, the lateness it reaches."""
    work, own = work_of(1.5), np.array(capacity)
    worth, now = worth_per_h(work, run(work, own)), run(work, own).cost
    for at in range(4):
        more = own.copy()
        more[at] += 1e-3
        assert (now - run(work, more).cost) / 1e-3 == pytest.approx(worth[at], abs=1e-6)


def test_what_is_late_keeps_the_rest_waiting() -> None:
    """Protects the account of a desk that is behind: three hours come at each opening and two are done; what was late
    on the first day is done before what comes on the second. Set aside, one hour a day was late, not one, two, three.
    """
    starts = pd.date_range("2026-06-17", periods=8, freq="12h", tz="Asia/Shanghai")
    rows = {"start": starts[::2], "queue": "calls", "work_h": 3.0, "deadline_h": 6.0, "late_value": 10.0}
    work = read_work(pd.DataFrame(rows), starts, 12.0)["calls"]
    done = run(work, np.array([2.0, 0.0] * 4))
    assert done.late_h[0].tolist() == [1.0, 0.0, 2.0, 0.0, 3.0, 0.0, 3.0, 0.0]
    assert done.waiting_h[0, 1::2].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert worth_per_h(work, done)[::2] == pytest.approx([10.0, 10.0, 10.0, 7.5])
    more = run(work, np.array([3.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0]))
    assert done.cost - more.cost == pytest.approx(30.0)


def test_setting_late_work_aside_is_never_dearer() -> None:
    """Protects the bound, whose program sets late work aside: order of arrival costs as much or more."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        n = 12
        starts = pd.date_range("2026-06-17", periods=n, freq="h", tz="Asia/Shanghai")
        rows = {"start": starts, "queue": "q", "work_h": rng.exponential(1.0, n) * (rng.random(n) < 0.6)}
        rows |= {
            "deadline_h": float(rng.integers(1, 12)) / 2.0,
            "late_value": 7.0,
            "ageing_value": float(rng.choice([0.0, 1.0])),
        }
        work, capacity = read_work(pd.DataFrame(rows), starts, 1.0)["q"], rng.exponential(0.7, n)
        backlog, aside = 0.0, 0.0
        for at in range(n):
            backlog = max(0.0, backlog + work.arriving_h[0, at] - capacity[at])
            late = max(0.0, backlog - work.room_h[0, at])
            backlog -= late
            aside += 7.0 * late + work.ageing_price[0, at] * backlog
        done = run(work, capacity)
        assert done.cost >= aside - 1e-9
        assert done.late_h.sum() <= work.arriving_h.sum() + 1e-9


def test_work_is_due_as_evenly_as_it_comes() -> None:
    """Protects the account from half an interval: what comes from 9:00 to 10:00 with two hours is due from 11:00 to
    12:00, so half of it counts at either end; all of it was due at 11:00."""
    rows = {"start": STARTS[:1], "queue": "mail", "work_h": 2.0, "deadline_h": 2.0, "late_value": 10.0}
    work = read_work(pd.DataFrame(rows), STARTS, 1.0)["mail"]
    assert work.due_h.tolist() == [[0.0, 1.0, 1.0, 0.0]]
    assert run(work, np.array([0.0, 1.0, 1.0, 0.0])).cost == 0.0
    assert run(work, np.array([0.0, 0.5, 1.0, 0.0])).cost == pytest.approx(10.0)


def test_late_work_is_that_of_all_cases() -> None:
    """Protects the price of a busy week: capacity for the mean leaves nothing late of it, and of one week in ten
    three hours, and one of the two that come last: at the horizon's end as much is due as in the first case."""
    rows = {"start": STARTS[[0, 3]], "queue": "mail", "work_h": [2.0, 1.0], "deadline_h": 1.5, "late_value": 10.0}
    cases = {"usual_h": [1.5, 1.0], "busy_h": [2.0, 1.0], "busiest_h": [5.0, 2.0]}
    work, capacity = read_work(pd.DataFrame(rows | cases), STARTS, 1.0)["mail"], np.array([1.0, 1.0, 0.0, 1.0])
    done = run(work, capacity)
    assert run(read_work(pd.DataFrame(rows), STARTS, 1.0)["mail"], capacity).cost == 0.0
    assert done.late_h.sum(axis=1).tolist() == [0.0, 0.0, 4.0]
    assert done.cost == pytest.approx(0.1 * 10.0 * 4.0)
    more = np.array([1.0, 1.5, 0.0, 1.0])
    assert worth_per_h(work, done)[1] * 0.5 <= done.cost - run(work, more).cost + 1e-9
