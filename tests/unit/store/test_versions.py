"""Desks, plans and the trail."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from data import sample_path
from desk import Desk, InputError, load_desk
from store import (
    Principal,
    Store,
    list_desks,
    list_plans,
    load_desk_version,
    load_forecast,
    load_learned,
    load_plan,
    open_store,
    owner,
    plan_digests,
    read_folder,
    read_plan_file,
    read_trail,
    save_desk,
    save_forecast,
    save_plan,
    verify,
)
from store.schema import blobs, desks, trail
from tests.faults.forked import forked
from tests.unit.store.world import forecast

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


def test_a_desk_comes_back_as_it_was(store: Store, small: Desk, hand: Principal) -> None:
    """Clock changes, blanks, last digits and texts that look like formulas survive."""
    version = save_desk(store, hand, small)
    assert version.hash == small.content_hash
    assert same(small, load_desk_version(store, hand, version.hash))


def test_the_sample_desk_comes_back_as_it_was(store: Store, hand: Principal) -> None:
    """A desk of the size that people have."""
    sample = load_desk(sample_path("618"))
    assert same(sample, load_desk_version(store, hand, save_desk(store, hand, sample).hash))


def test_versions_are_listed_newest_first_and_kept_once(store: Store, small: Desk, hand: Principal) -> None:
    """Saving the same content again is no new version and leaves no trace."""
    renamed = replace(small, settings=small.settings.model_copy(update={"name": "other"}))
    first, second = save_desk(store, hand, small), save_desk(store, hand, renamed)
    assert save_desk(store, hand, small) == first
    assert list_desks(store, hand) == (second, first)
    assert list_desks(store, hand, "small") == (first,)
    assert len(read_trail(store, hand)) == 2
    with store.reading() as connection:
        assert len(connection.execute(select(blobs.c.hash)).all()) == len(small.tables)


def test_what_was_taken_back_is_the_newest_again(store: Store, small: Desk, hand: Principal) -> None:
    """A change undone leaves the content of an earlier version: that is what holds from now on, and by whom."""
    changed = replace(small, tables={name: small.table(name) for name in ("history", "agents")})
    first, second = save_desk(store, hand, small), save_desk(store, hand, changed)
    assert list_desks(store, hand, "small") == (second, first)
    again = save_desk(store, owner("bo@example.com"), small, "a mistake")
    assert again.hash == first.hash
    assert again.created_by == "bo@example.com"
    assert list_desks(store, hand, "small") == (again, second)
    assert [entry.why for entry in read_trail(store, hand, first.hash)] == ["", "a mistake"]


def test_a_forecast_comes_back_with_what_was_learned(store: Store, small: Desk, hand: Principal) -> None:
    """Frames beside the forecast are kept with it, and belong to its identity."""
    desk, odd = save_desk(store, hand, small).hash, pd.DataFrame({"queue": ["sale"], "usual": [2.5]})
    plain = save_forecast(store, hand, forecast(), desk)
    version = save_forecast(store, hand, forecast(), desk, learned={"odd": odd})
    assert version.hash != plain.hash
    assert load_forecast(store, hand, version.hash).paths.shape == forecast().paths.shape
    assert load_learned(store, hand, plain.hash) == {}
    [(name, frame)] = load_learned(store, hand, version.hash).items()
    assert name == "odd"
    pd.testing.assert_frame_equal(frame, odd)


def test_a_plan_comes_back_with_all_its_files(store: Store, small: Desk, hand: Principal, tmp_path: Path) -> None:
    """Files of the folder, byte for byte."""
    desk = save_desk(store, hand, small).hash
    for path, content in FILES.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(content)
    version = save_plan(store, hand, read_folder(tmp_path / "out"), desk)
    assert save_plan(store, hand, FILES, desk) == version
    stored = load_plan(store, hand, version.hash)
    assert stored.files == FILES
    assert {path: read_plan_file(store, hand, version.hash, path) for path in FILES} == FILES
    assert plan_digests(store, hand, version.hash) == {path: sha256(own).hexdigest() for path, own in FILES.items()}
    assert stored.version == version
    assert version.summary == {"gap": 0.01, "name": "618 大促"}
    assert list_plans(store, hand) == list_plans(store, hand, desk) == (version,)
    assert list_plans(store, hand, "0" * 64) == ()


def test_what_is_not_there_is_told(store: Store, small: Desk, hand: Principal) -> None:
    """Unknown hashes and folders without a plan are findings, not tracebacks."""
    desk = save_desk(store, hand, small).hash
    attempts = {
        "store_unknown_desk": lambda: load_desk_version(store, hand, "1" * 64),
        "store_unknown_plan": lambda: load_plan(store, hand, "1" * 64),
        "plan_json_missing": lambda: save_plan(store, hand, {"roster.csv": b""}, desk),
    }
    for wanted, attempt in attempts.items():
        with pytest.raises(InputError) as error:
            attempt()
        assert [finding.code for finding in error.value.findings] == [wanted]
    with pytest.raises(InputError, match="no desk version"):
        save_plan(store, hand, FILES, "1" * 64)
    assert list_plans(store, hand) == ()


def test_the_trail_can_only_grow(store: Store, small: Desk, hand: Principal) -> None:
    """Not even our own code can change what was written down."""
    save_desk(store, hand, small)
    before = read_trail(store, hand)
    for change in (update(trail).values(who="nobody"), delete(trail)):
        with pytest.raises(IntegrityError, match="only grow"), store.writing() as connection:
            connection.execute(change)
    assert read_trail(store, hand) == before


def test_moments_are_utc_and_never_naive(store: Store, hand: Principal) -> None:
    """A time from another zone is the same moment; a time without a zone is refused."""
    row = {"who": "ann", "action": "save", "kind": "desk", "subject": "x", "why": ""}
    at = datetime(2025, 6, 18, 20, 0, tzinfo=timezone(timedelta(hours=8)))
    with store.writing() as connection:
        connection.execute(insert(trail).values(at=at, **row))
    (entry,) = read_trail(store, hand)
    assert entry.at == at
    assert entry.at.tzinfo is UTC
    with pytest.raises(StatementError), store.writing() as connection:
        connection.execute(insert(trail).values(at=at.replace(tzinfo=None), **row))


def test_damage_is_seen(store: Store, small: Desk, hand: Principal) -> None:
    """A content that is not what was saved is never handed out."""
    key = save_desk(store, hand, small).hash
    assert verify(store, hand) == ()
    with store.writing() as connection:
        connection.execute(update(blobs).values(body=b"x"))
    assert {finding.code for finding in verify(store, hand)} == {"store_damaged"}
    with pytest.raises(InputError, match="damaged"):
        load_desk_version(store, hand, key)


def test_settings_of_another_version_are_told(store: Store, small: Desk, hand: Principal) -> None:
    """After a way back to an older Peakdesk, or without a setting that is no more, opening it was an error of ours."""
    kept = save_desk(store, hand, small)
    with store.writing() as connection:
        later = json.loads(connection.execute(select(desks.c.settings)).scalar_one()) | {"of_the_future": 1}
        connection.execute(update(desks).values(settings=json.dumps(later)))
    with pytest.raises(InputError) as error:
        load_desk_version(store, hand, kept.hash)
    assert [(own.code, own.value) for own in error.value.findings] == [("store_other_settings", kept.hash[:12])]
    assert all("of_the_future" in error.value.report(lang) for lang in ("en", "zh"))


def save_many(address: str, worker: int) -> None:
    """Save ten plans of one's own."""
    store, hand = open_store(address), owner(f"worker {worker}")
    desk = list_desks(store, hand)[0].hash
    for number in range(10):
        save_plan(store, hand, FILES | {"n.txt": f"{worker} {number}".encode()}, desk)


def test_writers_at_the_same_time_all_get_through(
    store_address: str, store: Store, small: Desk, hand: Principal
) -> None:
    """Nobody's save is lost or refused because another process saves too."""
    save_desk(store, hand, small)
    workers = [forked(save_many, store_address, worker) for worker in range(3)]
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(list_plans(store, hand)) == 30
    assert verify(store, hand) == ()
