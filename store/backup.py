"""Copies of a store that is in use, whole and verified; and back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import select

from desk import Finding, InputError
from store import blob
from store.address import file_url
from store.engine import Store, open_store
from store.schema import blobs


def backup(store: Store, target: Path) -> None:
    """Copy the store to the file ``target`` while others read and write; the old file or the new one, never a part.

    Raises
    ------
    InputError : the copy is not sound.
    """
    with _sound_copy(store.path, target) as part:
        part.replace(target)


def restore(store: Store, source: Path) -> None:
    """Put the content of the backup ``source`` into the store, replacing all that is there, in one transaction.

    Raises
    ------
    InputError : the backup is not sound; the store is untouched.
    """
    with _sound_copy(source, store.path) as part:
        _copy(part, store.path)


def verify(store: Store) -> tuple[Finding, ...]:
    """What is wrong with the store: broken pages, references to nothing, contents that are not what was put."""
    return tuple(_wrong(store))


def _wrong(store: Store) -> Iterator[Finding]:
    with store.reading() as connection:
        verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        if verdict != "ok":
            yield Finding("store_damaged", value=str(verdict))
            return
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding("store_damaged", value=f"{row[0]} {row[1]}")
        for key in connection.execute(select(blobs.c.hash)).scalars().all():
            try:
                blob.get(connection, key)
            except InputError as error:
                yield from error.findings


@contextmanager
def _sound_copy(source: Path, target: Path) -> Iterator[Path]:
    """A verified copy beside ``target``, brought to the newest schema, gone at the end."""
    if not source.is_file():
        raise InputError([Finding("store_no_backup", file=source.name)])
    part = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        _copy(source, part)
        if wrong := verify(open_store(file_url(part).render_as_string())):
            raise InputError(wrong)
        yield part
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
    except sqlite3.DatabaseError as error:
        raise InputError([Finding("store_unusable", file=source.name, facts={"reason": str(error)})]) from error
