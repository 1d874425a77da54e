"""Desks, plans and the trail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from data import sample_path
from desk import Desk, InputError, load_desk
from store import (
    Hand,
    Store,
    list_desks,
    list_plans,
    load_desk_version,
    load_plan,
    open_store,
    read_folder,
    read_trail,
    save_desk,
    save_plan,
    set_status,
    verify,
)
from store.schema import blobs, trail

FILES = {
    "plan.json": '{"gap": 0.01, "name": "618 大促"}'.encode(),
    "ics/A1.ics": b"BEGIN",
    "empty.csv": b"",
}


def same(one: Desk, other: Desk) -> bool:
    """Whether settings and frames are equal to the last bit and dtype."""
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)
    return one.settings == other.settings and set(one.tables) == set(other.tables)


def test_a_desk_comes_back_as_it_was(store: Store, small: Desk, hand: Hand) -> None:
    """Clock changes, blanks, last digits and texts that look like formulas survive."""
    version = save_desk(store, small, hand)
    assert version.hash == small.content_hash
    assert same(small, load_desk_version(store, version.hash))


def test_the_sample_desk_comes_back_as_it_was(store: Store, hand: Hand) -> None:
    """A desk of the size that people have."""
    sample = load_desk(sample_path("618"))
    assert same(sample, load_desk_version(store, save_desk(store, sample, hand).hash))


def test_versions_are_listed_newest_first_and_kept_once(store: Store, small: Desk, hand: Hand) -> None:
    """Saving the same content again is no new version and leaves no trace."""
    renamed = replace(small, settings=small.settings.model_copy(update={"name": "other"}))
    first, second = save_desk(store, small, hand), save_desk(store, renamed, hand)
    assert save_desk(store, small, hand) == first
    assert list_desks(store) == (second, first)
    assert list_desks(store, "small") == (first,)
    assert len(read_trail(store)) == 2
    with store.reading() as connection:
        assert len(connection.execute(select(blobs.c.hash)).all()) == len(small.tables)


def test_a_plan_comes_back_with_all_its_files(store: Store, small: Desk, hand: Hand, tmp_path: Path) -> None:
    """Files of the folder, byte for byte."""
    desk = save_desk(store, small, hand).hash
    for path, content in FILES.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(content)
    version = save_plan(store, read_folder(tmp_path / "out"), desk, hand)
    assert save_plan(store, FILES, desk, hand) == version
    stored = load_plan(store, version.hash)
    assert stored.files == FILES
    assert stored.version == version
    assert version.summary == {"gap": 0.01, "name": "618 大促"}
    assert list_plans(store) == list_plans(store, desk) == (version,)
    assert list_plans(store, "0" * 64) == ()


def test_what_is_not_there_is_told(store: Store, small: Desk, hand: Hand) -> None:
    """Unknown hashes and folders without a plan are findings, not tracebacks."""
    desk = save_desk(store, small, hand).hash
    attempts = {
        "store_unknown_desk": lambda: load_desk_version(store, "1" * 64),
        "store_unknown_plan": lambda: load_plan(store, "1" * 64),
        "plan_json_missing": lambda: save_plan(store, {"roster.csv": b""}, desk, hand),
    }
    for wanted, attempt in attempts.items():
        with pytest.raises(InputError) as error:
            attempt()
        assert [finding.code for finding in error.value.findings] == [wanted]
    with pytest.raises(InputError, match="no desk version"):
        save_plan(store, FILES, "1" * 64, hand)
    assert list_plans(store) == ()


def test_a_plan_goes_step_by_step_and_a_published_one_stays(store: Store, small: Desk, hand: Hand) -> None:
    """Nobody changes what people already work by."""
    key = save_plan(store, FILES, save_desk(store, small, hand).hash, hand).hash
    for status in ("checked", "signed", "published"):
        assert set_status(store, key, status, Hand("bo@example.com", "looks good")).status == status
    with pytest.raises(InputError):
        set_status(store, key, "draft", hand)
    steps = [(entry.who, entry.before, entry.after, entry.why) for entry in read_trail(store, key)[1:]]
    assert steps[0] == ("bo@example.com", {"status": "draft"}, {"status": "checked"}, "looks good")
    assert len(steps) == 3


def test_the_trail_can_only_grow(store: Store, small: Desk, hand: Hand) -> None:
    """Not even our own code can change what was written down."""
    save_desk(store, small, hand)
    before = read_trail(store)
    for change in (update(trail).values(who="nobody"), delete(trail)):
        with pytest.raises(IntegrityError, match="only grow"), store.writing() as connection:
            connection.execute(change)
    assert read_trail(store) == before


def test_moments_are_utc_and_never_naive(store: Store) -> None:
    """A time from another zone is the same moment; a time without a zone is refused."""
    row = {"who": "ann", "action": "save", "kind": "desk", "subject": "x", "why": ""}
    at = datetime(2025, 6, 18, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    with store.writing() as connection:
        connection.execute(insert(trail).values(at=at, **row))
    (entry,) = read_trail(store)
    assert entry.at == at
    assert entry.at.tzinfo is UTC
    with pytest.raises(StatementError), store.writing() as connection:
        connection.execute(insert(trail).values(at=at.replace(tzinfo=None), **row))


def test_damage_is_seen(store: Store, small: Desk, hand: Hand) -> None:
    """A content that is not what was saved is never handed out."""
    key = save_desk(store, small, hand).hash
    assert verify(store) == ()
    with store.writing() as connection:
        connection.execute(update(blobs).values(body=b"x"))
    assert {finding.code for finding in verify(store)} == {"store_damaged"}
    with pytest.raises(InputError, match="damaged"):
        load_desk_version(store, key)


def save_many(address: str, worker: int) -> None:
    """Save ten plans of one's own."""
    store, hand = open_store(address), Hand(f"worker {worker}")
    desk = list_desks(store)[0].hash
    for number in range(10):
        save_plan(store, FILES | {"n.txt": f"{worker} {number}".encode()}, desk, hand)


def test_writers_at_the_same_time_all_get_through(address: str, store: Store, small: Desk, hand: Hand) -> None:
    """Nobody's save is lost or refused because another process saves too."""
    save_desk(store, small, hand)
    context = get_context("spawn")
    workers = [context.Process(target=save_many, args=(address, worker)) for worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(list_plans(store)) == 30
    assert verify(store) == ()
