"""Copies and the way back."""

from pathlib import Path

import pytest

from desk import Desk, InputError
from store import Principal, Store, backup, list_desks, open_store, restore, save_desk


def test_a_backup_brings_back_what_was_there(store: Store, small: Desk, hand: Principal, tmp_path: Path) -> None:
    """Copy, lose, restore: the desk is there again, and later work is gone."""
    copy = tmp_path / "copy.db"
    backup(store, hand, copy)
    save_desk(store, hand, small)
    restore(store, hand, copy)
    assert list_desks(store, hand) == ()
    save_desk(store, hand, small)
    backup(store, hand, copy)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    restore(other, hand, copy)
    assert list_desks(other, hand) == list_desks(store, hand)
    assert {path.name for path in tmp_path.iterdir()} - {"inner"} == {"copy.db", "other.db"}


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
