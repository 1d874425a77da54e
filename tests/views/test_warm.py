"""What is done once for all, and before anybody asks."""

from pathlib import Path
from threading import Event, Thread

import pytest

from planner.kept import keep
from store import owner
from views import warm
from views.api.serve import the_store
from views.desk_chosen import newest_plan
from views.shared import Shared


def test_who_asks_meanwhile_waits_for_the_one_who_makes_it() -> None:
    """Two sessions that open one plan at once read it once."""
    begun, go, made = Event(), Event(), []

    def make(number: int) -> int:
        begun.set()
        assert go.wait(20)
        made.append(number)
        return 2 * number

    shared, answers = Shared(make, lambda number: number, 2), []
    threads = [Thread(target=lambda: answers.append(shared(3))) for _ in range(3)]
    threads[0].start()
    assert begun.wait(20)
    for thread in threads[1:]:
        thread.start()
    go.set()
    for thread in threads:
        thread.join(20)
    assert (made, answers) == ([3], [6, 6, 6])
    assert [shared(own) for own in (4, 5, 3)] == [8, 10, 6]
    assert made == [3, 4, 5, 3]


def test_what_fails_is_told_and_tried_again() -> None:
    """A plan that could not be read is read anew, and never remembered as broken."""
    tries = iter([ValueError("away"), 7])

    def make() -> int:
        found = next(tries)
        if isinstance(found, ValueError):
            raise found
        return found

    shared = Shared(make, lambda: 0, 1)
    with pytest.raises(ValueError, match="away"):
        shared()
    assert shared() == shared() == 7


def test_who_can_t_wait_is_told_that_it_is_not_there_yet() -> None:
    """A page stands before what takes long is worked out, and has it as soon as it is there."""
    go = Event()

    def make() -> int:
        assert go.wait(20)
        return 7

    shared = Shared(make, lambda: 0, 1)
    assert shared.within(0.01) is None
    go.set()
    assert shared.within(20) == 7


def test_a_server_reads_its_newest_plan_before_anybody_asks(
    tiny_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first page of the newest plan finds it read; without a plan, or with a broken store, nothing happens."""
    monkeypatch.setenv("PEAKDESK_OUT", str(tmp_path / "none"))
    monkeypatch.setenv("PEAKDESK_DB", f"sqlite:///{tmp_path / 'empty.db'}")
    warm.warm_up().join(60)
    assert newest_plan(owner()) is None
    kept = keep(the_store(), owner(), tiny_output)
    seen: list[str] = []
    monkeypatch.setattr(warm, "open_stored", lambda principal, key: seen.append(key))
    warm.warm_up().join(60)
    assert seen == [kept.hash]
    monkeypatch.setenv("PEAKDESK_DB", "sqlite:////nowhere/at/all.db")
    warm.warm_up().join(60)
