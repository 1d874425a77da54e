"""Two processes change one desk at the same time: both changes stand, or one is told of the other."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from desk import Desk, InputError
from planner.desk_on_top import save_on_top
from store import Principal, Store, list_desks, load_desk_version, open_store, save_desk
from tests.faults.forked import forked
from tests.unit.store.world import OWNER, new_desk

TIMES = 6


def with_leave(desk: Desk, agent: str, day: int) -> Desk:
    """The desk with one more day of leave."""
    leave = desk.table("leave")
    row = pd.DataFrame({"agent": [agent], "date": [pd.Timestamp(2026, 1, day)], "kind": ["annual"]})
    both = pd.concat([leave, row.astype(leave.dtypes.to_dict())], ignore_index=True)
    return replace(desk, tables={**desk.tables, "leave": both})


def _write(address: str, name: str, agent: str) -> None:
    store = open_store(address)
    for day in range(1, TIMES + 1):
        save_on_top(store, OWNER, name, lambda desk, day=day: with_leave(desk, agent, day))  # type: ignore[misc]


def test_two_processes_lose_nothing(store: Store, store_address: str, small: Desk) -> None:
    """Each writes on top of what the other wrote, on either database."""
    name = save_desk(store, OWNER, new_desk(small, 1)).name
    store.engine.dispose()
    writers = [forked(_write, store_address, name, agent) for agent in ("A1", "A2")]
    for own in writers:
        own.join(60)
    assert [own.exitcode for own in writers] == [0, 0]
    newest, *older = list_desks(store, OWNER, name)
    assert len(older) == 2 * TIMES
    leave = load_desk_version(store, OWNER, newest.hash).table("leave")
    assert leave.groupby("agent").size().to_dict() == {"A1": TIMES, "A2": TIMES}


def test_who_was_overtaken_is_told(store: Store, hand: Principal, small: Desk) -> None:
    """By name and time, and nothing of theirs is kept; the same content once more is no conflict."""
    first = new_desk(small, 1)
    seen = save_desk(store, OWNER, first).hash
    other = save_desk(store, hand, with_leave(first, "A1", 1), seen=seen)
    with pytest.raises(InputError) as told:
        save_desk(store, OWNER, with_leave(first, "A2", 1), seen=seen)
    (conflict,) = told.value.findings
    assert conflict.code == "desk_conflict"
    assert hand.who in conflict.line("en")
    assert hand.who in conflict.line("zh")
    assert save_desk(store, OWNER, with_leave(first, "A1", 1), seen=seen).hash == other.hash
    assert list_desks(store, OWNER, other.name)[0].hash == other.hash


def test_the_last_saved_is_the_newest_whatever_the_clock_says(
    store: Store, small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that is put back by an hour loses no change, neither a new one nor one that is taken back."""
    first = new_desk(small, 1)
    seen = save_desk(store, OWNER, first)
    monkeypatch.setattr("store.trail.now", lambda: seen.created_at - timedelta(hours=1))
    changed = save_desk(store, OWNER, with_leave(first, "A1", 1), seen=seen.hash)
    assert list_desks(store, OWNER, seen.name)[0].hash == changed.hash
    again = save_desk(store, OWNER, first, seen=changed.hash)
    assert list_desks(store, OWNER, seen.name)[0].hash == again.hash == seen.hash
