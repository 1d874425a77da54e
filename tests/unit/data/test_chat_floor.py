"""The small floor of agents, by hand."""

import numpy as np
import pytest

from data.chat_floor import Floor, Inquiry, Worker

AHT_S = {"sales": [100.0, 150.0]}


def inquiry(at_s: float, patience_s: float = 1e9, silent: bool = False) -> Inquiry:
    return Inquiry(at_s, "sales", patience_s, silent, 1.0)


def worker(start_s: float = 0.0, end_s: float = 1e6, speed: float = 1.0) -> Worker:
    return Worker("A", ((start_s, end_s),), {"sales": speed}, "sales")


def test_second_chat_is_slower_and_third_waits() -> None:
    """An agent holds two chats; the third gets the first free place."""
    done = Floor([inquiry(0), inquiry(1), inquiry(2)], [worker()], AHT_S, 10).run()
    assert [own.assigned_s for own in done] == [0, 1, 100]
    assert [own.closed_s for own in done] == [100, 151, 250]
    assert [own.chats for own in done] == [1, 2, 2]


def test_half_speed_takes_double() -> None:
    """Proficiency divides the handle time."""
    assert Floor([inquiry(0)], [worker(speed=0.5)], AHT_S, 10).run()[0].closed_s == 200


def test_leaver_with_a_word_costs_nobody_time() -> None:
    """Who says goodbye is closed at the moment of leaving and never assigned."""
    done = Floor([inquiry(0, patience_s=30)], [worker(start_s=60)], AHT_S, 10).run()[0]
    assert (done.left, done.worker, done.closed_s) == (True, -1, 30)
    assert np.isnan(done.assigned_s)


def test_silent_leaver_still_costs_time() -> None:
    """The agent finds out that nobody is there."""
    done = Floor([inquiry(0, patience_s=30, silent=True)], [worker(start_s=60)], AHT_S, 10).run()[0]
    assert (done.left, done.assigned_s, done.closed_s) == (True, 60, 70)


def test_home_agents_come_first() -> None:
    """A flexible agent takes the other queue's contact only when its own people are full."""
    home, flexible = worker(), Worker("B", ((0.0, 1e6),), {"sales": 1.0}, "service")
    done = Floor([inquiry(0), inquiry(1), inquiry(2)], [flexible, home], AHT_S, 10).run()
    assert [own.worker for own in done] == [1, 1, 0]


@pytest.mark.parametrize("patience_s", [5.0, 50.0])
def test_off_duty_agents_take_nothing(patience_s: float) -> None:
    """After the shift's end nobody is assigned."""
    done = Floor([inquiry(10, patience_s)], [worker(end_s=10)], AHT_S, 10).run()[0]
    assert done.left
    assert done.closed_s == 10 + patience_s
