"""Long work as rows."""

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from typing import Any

import pytest
from sqlalchemy import update

from desk import InputError
from planner.worker import MOST_DEATHS, work_once
from store import (
    Principal,
    Store,
    beat,
    deaths_of,
    end_job,
    list_jobs,
    list_plans,
    open_store,
    owner,
    read_job,
    read_trail,
    stop_job,
    submit_job,
    take_job,
)
from store.job import DEAD_S
from store.moment import now
from store.schema import jobs
from tests.faults.forked import forked


def silenced(store: Store, number: int, ago_s: float = DEAD_S + 1) -> None:
    """Let the worker of a job have been silent for too long."""
    with store.writing() as connection:
        silent = now() - timedelta(seconds=ago_s)
        connection.execute(update(jobs).where(jobs.c.id == number).values(beat_at=silent))


def test_a_number_too_large_is_a_sentence(store: Store, hand: Principal) -> None:
    """Whatever number somebody types, there is no such job."""
    with pytest.raises(InputError) as error:
        read_job(store, hand, 10**25)
    assert error.value.findings[0].code in ("store_too_large", "job_unknown")


@pytest.mark.parametrize("words", ["a\x00b", "\ud800"])
def test_a_text_that_no_database_takes_is_a_sentence(store: Store, hand: Principal, words: str) -> None:
    """Halves of letters, and NUL where there is no place for it, are told in both languages: no error of ours."""
    if "\x00" in words and store.path is not None:
        assert list_plans(store, hand, words) == ()
        return
    with pytest.raises(InputError) as error:
        list_plans(store, hand, words)
    assert [own.code for own in error.value.findings] == ["store_no_text"]
    assert error.value.report("en") != error.value.report("zh")


def test_a_job_goes_from_hand_to_hand(store: Store, hand: Principal) -> None:
    """Submitted, taken, told of, ended: whoever looks sees how far it is."""
    number = submit_job(store, hand, "plan", {"desk": "abc"}).id
    assert read_job(store, hand, number).status == "queued"
    assert take_job(store, hand, "w1").id == number
    assert take_job(store, hand, "w2") is None
    assert beat(store, hand, number, "w1", {"phase": "bound", "done": 0.5})
    assert read_job(store, hand, number).progress == {"phase": "bound", "done": 0.5}
    assert not read_job(store, hand, number).dead
    ended = end_job(store, hand, number, "w1", "done", {"plan": "def"})
    assert (ended.status, ended.result, ended.ended_at is not None) == ("done", {"plan": "def"}, True)
    assert [own.id for own in list_jobs(store, hand)] == [number]
    assert [entry.action for entry in read_trail(store, hand, str(number))] == ["submit", "done"]


def test_stopping_reaches_the_worker_and_cancels_what_nobody_began(store: Store, hand: Principal) -> None:
    """A running job is asked to keep its best; a waiting one is never begun; an ended one stays as it ended."""
    first, second = submit_job(store, hand, "plan", {}).id, submit_job(store, hand, "plan", {}).id
    take_job(store, hand, "w1")
    assert stop_job(store, hand, second).status == "cancelled"
    assert stop_job(store, hand, first).status == "running"
    assert not beat(store, hand, first, "w1")
    assert take_job(store, hand, "w2") is None
    assert stop_job(store, hand, end_job(store, hand, first, "w1", "done", {}).id).status == "done"


def test_a_dead_workers_job_is_picked_up_and_no_longer_its_own(store: Store, hand: Principal) -> None:
    """What a killed worker held is seen as dead, taken by another, and never ended twice."""
    number = submit_job(store, hand, "plan", {}).id
    take_job(store, hand, "w1")
    silenced(store, number)
    assert read_job(store, hand, number).dead
    assert take_job(store, hand, "w2").worker == "w2"
    for late in (lambda: beat(store, hand, number, "w1"), lambda: end_job(store, hand, number, "w1", "done", {})):
        with pytest.raises(InputError) as error:
            late()
        assert [finding.code for finding in error.value.findings] == ["job_taken"]
        assert error.value.report("zh") != error.value.report("en")
    assert beat(store, hand, number, "w2")
    assert deaths_of(store, hand, number) == 1
    assert read_trail(store, hand, str(number))[-1].before == {"worker": "w1"}


def test_a_worker_whose_clock_is_off_takes_no_living_job(
    store: Store, hand: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several machines share a server, and its clock alone says who is silent; a file is on one machine."""
    number = submit_job(store, hand, "plan", {}).id
    take_job(store, hand, "w1")
    if store.path is None:
        monkeypatch.setattr("store.job.now", lambda: now() + timedelta(minutes=5), raising=False)
    assert take_job(store, hand, "w2") is None
    assert beat(store, hand, number, "w1")
    monkeypatch.undo()
    found = read_job(store, hand, number)
    assert not found.dead
    assert abs(now() - found.beat_at) < timedelta(minutes=1)


def test_a_job_that_every_worker_dies_of_lets_the_others_pass(store: Store, hand: Principal) -> None:
    """After the third dead worker it is given up in words; a dead one that somebody stops is over at once. A worker
    that died before the clock was put back by an hour is as dead, not alive for an hour more."""
    deadly, other = (submit_job(store, hand, "none", {}).id for _ in range(2))
    for _ in range(MOST_DEATHS):
        assert take_job(store, hand, "w").id == deadly
        silenced(store, deadly)
    given_up = work_once(store, "w")
    assert (given_up.id, given_up.status) == (deadly, "failed")
    assert given_up.result["findings"][0]["code"] == "job_died"
    assert given_up.result["said"]["en"] != given_up.result["said"]["zh"]
    assert take_job(store, hand, "w").id == other
    silenced(store, other, -3600.0)
    assert take_job(store, hand, "w").id == other
    silenced(store, other, -3600.0)
    assert stop_job(store, hand, other).status == "cancelled"


def test_an_unknown_job_is_said(store: Store, hand: Principal) -> None:
    """No traceback for a number that was mistyped."""
    with pytest.raises(InputError) as error:
        stop_job(store, hand, 99)
    assert "99" in error.value.report("zh")


def take_all(address: str, worker: str, taken: "Queue[Any]") -> None:
    """Take jobs until there are none."""
    store = open_store(address)
    while job := take_job(store, owner(), worker):
        taken.put(job.id)


def test_no_job_is_taken_twice(store_address: str, store: Store, hand: Principal) -> None:
    """Three workers at once share twelve jobs without meeting."""
    numbers = {submit_job(store, hand, "plan", {}).id for _ in range(12)}
    taken: Queue[Any] = get_context("fork").Queue()
    workers = [forked(take_all, store_address, f"w{each}", taken) for each in range(3)]
    for worker in workers:
        worker.join(60)
    found = [taken.get(timeout=5) for _ in numbers]
    assert sorted(found) == sorted(numbers)
    assert taken.empty()
