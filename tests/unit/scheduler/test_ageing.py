"""Work that waits costs by the hour: the price of ageing, and what capacity saves of it."""

import numpy as np
import pandas as pd
import pytest

from scheduler.backlog import Work, read_work, run, worth_per_h

STARTS = pd.date_range("2026-06-17 09:00", periods=4, freq="h", tz="Asia/Shanghai")


def work_of(ageing_value: float) -> Work:
    """Two hours of work at 9:00, due by 12:00, 10 an hour where late."""
    table = pd.DataFrame({"start": STARTS, "queue": "mail", "work_h": [2.0, 0.0, 0.0, 0.0], "deadline_h": 3.0})
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
