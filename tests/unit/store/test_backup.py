"""Copies and the way back."""

import fcntl
import os
import resource
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import Desk, InputError
from store import (
    CellEdit,
    Principal,
    Store,
    answer_request,
    backup,
    edit_duty,
    list_desks,
    open_store,
    restore,
    save_desk,
    undo_edit,
    verify,
)
from store.schema import METADATA
from tests.unit.store.world import START, build, new_plan


def test_a_backup_brings_back_what_was_there(store: Store, small: Desk, hand: Principal, tmp_path: Path) -> None:
    """Copy, lose, restore: the desk is there again, and later work is gone. Nobody else may read the copy."""
    copy = tmp_path / "copy.db"
    backup(store, hand, copy)
    assert copy.stat().st_mode & 0o077 == 0
    save_desk(store, hand, small)
    restore(store, hand, copy)
    assert list_desks(store, hand) == ()
    save_desk(store, hand, small)
    backup(store, hand, copy)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    restore(other, hand, copy)
    assert list_desks(other, hand) == list_desks(store, hand)
    assert {path.name for path in tmp_path.iterdir()} - {"inner"} == {"copy.db", "other.db"}


def test_a_full_disk_is_that_of_the_copy(store: Store, small: Desk, hand: Principal, tmp_path: Path) -> None:
    """Who has no room for the copy is not told that the store is broken; nothing of the copy is left."""
    build(store, small)
    copy, (soft, hard) = tmp_path / "copy.db", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(InputError) as error:
            backup(store, hand, copy)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [(own.code, own.file) for own in error.value.findings] == [("store_copy_unwritable", str(copy))]
    assert {path.name for path in tmp_path.iterdir()} <= {"inner"}


def test_every_table_is_in_a_backup(store: Store, small: Desk, hand: Principal, tmp_path: Path) -> None:
    """Row by row, whatever the two databases are: journal with undone edits, requests with answers, all of it."""
    world = build(store, small)
    draft = new_plan(store, world.desk)
    edit_duty(store, hand, draft, [CellEdit("A1", START, "break")])
    undo_edit(store, hand, draft)
    answer_request(store, hand, world.requests["A1"], "approve")
    copy = tmp_path / "copy.db"
    backup(store, hand, copy)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    restore(other, hand, copy)
    restore(store, hand, copy)
    kept = [rows(one) for one in (store, other)]
    assert kept[0] == kept[1]
    assert all(kept[0][name] for name in set(kept[0]) - {"forecasts", "forecast_parts"})
    assert undo_edit(store, Principal("owner", "manager"), world.draft)


def rows(store: Store) -> dict[str, list[object]]:
    """Everything in a store."""
    with store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        }


@pytest.mark.parametrize(("content", "code"), [(None, "store_no_backup"), (b"no database " * 99, "store_unusable")])
def test_a_bad_backup_touches_nothing(
    content: bytes | None, code: str, store: Store, small: Desk, hand: Principal, tmp_path: Path
) -> None:
    """What can't be restored whole is not restored at all."""
    version = save_desk(store, hand, small)
    bad = tmp_path / "bad.db"
    if content:
        bad.write_bytes(content)
    with pytest.raises(InputError) as error:
        restore(store, hand, bad)
    assert [finding.code for finding in error.value.findings] == [code]
    assert error.value.report("zh")
    assert list_desks(store, hand) == (version,)


def test_what_is_no_file_is_written_into(store: Store, hand: Principal, tmp_path: Path) -> None:
    """Run by root, a backup to a device put a file in its place; a link stays, and what lies behind it is replaced."""
    copy, link, pipe = tmp_path / "copy.db", tmp_path / "latest.db", tmp_path / "pipe"
    link.symlink_to(copy)
    backup(store, hand, link)
    assert link.is_symlink()
    assert copy.read_bytes().startswith(b"SQLite format 3")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 2**20)
    backup(store, hand, pipe)
    poured = os.read(reader, 2**21)
    os.close(reader)
    assert pipe.is_fifo()
    assert len(poured) == copy.stat().st_size


def test_where_a_copy_can_not_be_is_told(store: Store, hand: Principal, tmp_path: Path) -> None:
    """A folder, a place that is not there, and the store's own file, which a copy would have torn from its journal."""
    places = {tmp_path: "store_copy_unwritable", tmp_path / "no" / "x.db": "store_copy_unwritable"}
    if store.path is not None:
        places[store.path] = "store_onto_itself"
    for place, code in places.items():
        with pytest.raises(InputError) as error:
            backup(store, hand, place)
        assert [finding.code for finding in error.value.findings] == [code]
        assert error.value.report("zh") != error.value.report("en")
    assert verify(store, hand) == ()
