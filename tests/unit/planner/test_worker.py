"""A worker and its signs of life."""

import errno
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import planner.worker
from desk import Desk, Finding, InputError, Progress, StoppedEarlyError
from planner.worker import work_once
from store import (
    Principal,
    Store,
    list_desks,
    list_plans,
    load_plan,
    open_store,
    owner,
    read_job,
    save_desk,
    stop_job,
    submit_job,
    take_job,
)
from store.job import DEAD_S
from store.moment import now
from store.schema import jobs

ANN = owner("ann@example.com")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'peakdesk.db'}")


def test_a_plan_is_made_and_kept(store: Store, desk: Desk) -> None:
    """From a saved desk to a saved draft, with nobody watching."""
    version = save_desk(store, ANN, desk)
    settings = {"runs": 2, "gap": 0.9, "time_limit_s": 5.0}
    number = submit_job(store, ANN, "plan", {"desk": version.hash, "settings": settings, "lang": "zh"}).id
    ended = work_once(store)
    assert ended is not None
    assert (ended.id, ended.status) == (number, "done"), ended.result
    (kept,) = list_plans(store, ANN, version.hash)
    assert (kept.hash, kept.status, kept.created_by) == (ended.result["plan"], "draft", ANN.who)
    assert "roster.csv" in load_plan(store, ANN, kept.hash).files
    assert work_once(store) is None


def test_a_supposed_desk_is_not_taken_for_the_desk(store: Store, desk: Desk) -> None:
    """After a what-if was planned the newest version of the desk is still the desk as it is."""
    version = save_desk(store, ANN, desk)
    settings = {"runs": 2, "gap": 0.9, "time_limit_s": 5.0}
    submit_job(store, ANN, "plan", {"desk": version.hash, "settings": settings, "suppose": ["aht_s*1.1"], "lang": "en"})
    ended = work_once(store)
    assert ended is not None
    assert ended.status == "done", ended.result
    assert list_desks(store, ANN, desk.settings.name)[0].hash == version.hash
    (kept,) = list_plans(store, ANN)
    assert {own.hash: own.name for own in list_desks(store, ANN)}[kept.desk] == f"{desk.settings.name} · what if"


def test_what_goes_wrong_is_told_and_ends_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown desk, a full disk and a bug all end as a failed job with a reason, and the worker lives on."""

    def full(*told: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(planner.worker.DOING, "full", full)
    submit_job(store, ANN, "plan", {"desk": "0" * 64})
    submit_job(store, ANN, "nonsense", {})
    submit_job(store, ANN, "full", {})
    unknown, bug, no_room = work_once(store), work_once(store), work_once(store)
    assert [own.status for own in (unknown, bug, no_room)] == ["failed"] * 3
    assert [finding["code"] for finding in no_room.result["findings"]] == ["output_unwritable"]
    assert [finding["code"] for finding in unknown.result["findings"]] == ["store_unknown_desk"]
    assert all(unknown.result["said"][lang] for lang in ("en", "zh"))
    assert "KeyError" in bug.result["error"]


def test_progress_reaches_the_row_and_a_stop_reaches_the_work(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever watches sees the phase; whoever stops is heard within a beat."""

    def until_stopped(
        store: Store, principal: Principal, job: planner.worker.Job, report: planner.worker.Report
    ) -> dict[str, int]:
        rounds = 0
        while report(Progress("scheduler.phase.bound", 0.5)):
            rounds += 1
            if (read_job(store, ANN, job.id).progress or {}).get("done") == 0.5:
                stop_job(store, ANN, job.id)
            time.sleep(0.01)
            assert rounds < 3000
        return {"rounds": rounds}

    monkeypatch.setitem(planner.worker.DOING, "wait", until_stopped)
    submit_job(store, ANN, "wait", {})
    assert work_once(store, beat_s=0.02).status == "done"


def test_a_worker_that_was_given_up_leaves_the_job_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that wakes up after another took its job neither ends it nor goes on."""

    def overslept(
        store: Store, principal: Principal, job: planner.worker.Job, report: planner.worker.Report
    ) -> dict[str, int]:
        while take_job(store, ANN, "other") is None:  # its own beats may come between
            with store.writing() as connection:
                silent = now() - timedelta(seconds=DEAD_S + 1)
                connection.execute(update(jobs).where(jobs.c.id == job.id).values(beat_at=silent))
        while report(Progress("scheduler.phase.bound")):
            time.sleep(0.01)
        raise InputError([Finding("job_unknown", value="0")])

    monkeypatch.setitem(planner.worker.DOING, "sleep", overslept)
    number = submit_job(store, ANN, "sleep", {}).id
    assert work_once(store, "first", beat_s=0.02) is None
    assert (read_job(store, ANN, number).status, read_job(store, ANN, number).worker) == ("running", "other")


def test_a_store_that_is_away_for_a_moment_ends_no_job(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """While the work is done, where it reads or keeps something, and at its end: nothing is thrown away and nothing
    done twice. A plan whose server was started anew as it was kept was lost.
    """
    there, aside = tmp_path / "peakdesk.db", tmp_path / "aside.db"

    def through_the_gap(own: Store, who: Principal, _job: object, report: planner.worker.Report) -> dict[str, bool]:
        there.rename(aside)
        there.write_text("this is no database " * 9)
        time.sleep(0.1)
        threading.Timer(0.1, lambda: aside.rename(there)).start()
        submit_job(own, who, "next", {})
        return {"going": report(Progress("scheduler.phase.bound"))}

    monkeypatch.setitem(planner.worker.DOING, "gap", through_the_gap)
    for name in ("_PATIENCE_S", "_JOB_PATIENCE_S"):
        monkeypatch.setattr(planner.worker, name, (0.02,) * 200)
    submit_job(store, ANN, "gap", {})
    ended = work_once(store, beat_s=0.02)
    assert ended is not None
    assert (ended.status, ended.result) == ("done", {"going": True})


def test_a_stop_before_the_first_roster_is_a_cancelled_job(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept, and the job says why in both languages."""

    def stopped(*_: object) -> None:
        raise StoppedEarlyError([Finding("no_roster_yet")])

    monkeypatch.setitem(planner.worker.DOING, "plan", stopped)
    submit_job(store, ANN, "plan", {"desk": "any"})
    ended = work_once(store)
    assert ended is not None
    assert ended.status == "cancelled"
    assert set(ended.result["said"]) == {"en", "zh"}
