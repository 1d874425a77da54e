"""Copies of a store that is in use, whole and verified; and back. A backup is a SQLite file, whatever the database."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from desk import Finding, InputError
from store import blob
from store.access import guarded
from store.address import file_url
from store.engine import Store, open_store
from store.principal import Principal
from store.schema import METADATA, blobs

BATCH_ROWS = 200
_WRITING = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSYNC", "SQLITE_READONLY")
"""What SQLite calls a failure of the file that is written, not of the one that is read."""


@guarded("store.keep")
def backup(store: Store, principal: Principal, target: Path) -> None:
    """Copy the store to the file ``target`` while others read and write; the old file or the new one, never a part.

    A link stays and the file behind it is replaced; a device or a pipe is written into.

    Raises
    ------
    InputError : the copy is not sound, or can't be written; ``target`` is the store itself.
    """
    target = target.resolve()
    if store.path is not None and target == store.path.resolve():
        raise InputError([Finding("store_onto_itself", file=target.name)])
    into = target.exists() and not target.is_file()
    with _told(target), _part_in(Path(tempfile.gettempdir()) if into else target.parent) as part:
        if store.path is None:
            _copy_rows_out(store, part)
        else:
            _copy_pages(store.path, part)
        _refuse_unsound(part)
        _pour(part, target) if into else part.replace(target)


@guarded("store.keep")
def restore(store: Store, principal: Principal, source: Path) -> None:
    """Put the content of the backup ``source`` into the store, replacing all that is there, in one transaction.

    Raises
    ------
    InputError : the backup is not sound; the store is untouched.
    """
    if not source.is_file():
        raise InputError([Finding("store_no_backup", file=source.name)])
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder, _told(source), _part_in(Path(folder)) as part:
        _copy_pages(source, part)
        _refuse_unsound(part)
        if store.path is None:
            _copy_rows_in(part, store)
        else:
            with _told_of_store(store.path):
                _copy_pages(part, store.path)


@guarded("store.keep")
def verify(store: Store, principal: Principal) -> tuple[Finding, ...]:
    """What is wrong with the store: broken pages, references to nothing, contents that are not what was put."""
    return tuple(_wrong(store))


def _wrong(store: Store) -> Iterator[Finding]:
    with store.reading() as connection:
        unsound = tuple(store.backend.unsound(connection))
        yield from unsound
        if unsound:
            return
        for key in connection.execute(select(blobs.c.hash)).scalars().all():
            try:
                blob.get(connection, key)
            except InputError as error:
                yield from error.findings


def _refuse_unsound(part: Path) -> None:
    """Bring the copy to the newest schema and read all of it."""
    if wrong := tuple(_wrong(_opened(part))):
        raise InputError(wrong)


def _opened(part: Path) -> Store:
    return open_store(file_url(part).render_as_string())


@contextmanager
def _part_in(folder: Path) -> Iterator[Path]:
    """A file to be filled, which only its owner may read, gone at the end unless it was moved away."""
    part = folder / f".peakdesk.{token_hex(4)}"
    part.touch(mode=0o600)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Name the copy, not the store, as what can't be written."""
    try:
        yield
    except OSError as error:
        facts = {"reason": error.strerror or type(error).__name__}
        raise InputError([Finding("store_copy_unwritable", file=str(target), facts=facts)]) from error


@contextmanager
def _told_of_store(path: Path) -> Iterator[None]:
    """Name the store as what can't be written."""
    try:
        yield
    except OSError as error:
        facts = {"reason": error.strerror or type(error).__name__}
        raise InputError([Finding("store_unusable", file=path.name, facts=facts)]) from error


def _pour(part: Path, target: Path) -> None:
    with part.open("rb") as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)


def _copy_pages(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(_WRITING):
            raise OSError(errno.EIO, str(error)) from error
        raise InputError([Finding("store_unusable", file=source.name, facts={"reason": str(error)})]) from error


def _copy_rows_out(store: Store, part: Path) -> None:
    try:
        with store.reading() as source, _opened(part).writing() as target:
            _copy_rows(source, target)
    except InputError as error:
        if error.findings[0].file != part.name:
            raise
        raise OSError(errno.EIO, str(error.findings[0].facts.get("reason", ""))) from error


def _copy_rows_in(part: Path, store: Store) -> None:
    with _opened(part).reading() as source, store.writing() as target:
        store.backend.grow_only(target, on=False)
        for table in reversed(METADATA.sorted_tables):
            target.execute(delete(table))
        _copy_rows(source, target)
        store.backend.grow_only(target, on=True)
        store.backend.copied(target)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        found = source.execution_options(yield_per=BATCH_ROWS).execute(select(table).order_by(*table.primary_key))
        for rows in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
