"""A new output folder beside the old one: it takes the old one's place whole, or not at all."""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.output.exchange import exchange
from planner.output.lock import NO_SUCH_CALL, only_writer

_NEW, _OLD = "new", "old"
MARK = ".peakdesk-"
"""In the names of folders that a writer makes for itself."""
LEAST_BYTES = 8 * 2**20
"""What the smallest plan takes while it is written: its report alone has five millions."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield an empty folder to write to; at the end of the block it becomes ``out``.

    Whatever ends the process, and whenever, ``out`` is the old folder or the new one. An exception in the block
    leaves the old one. What a killed process left beside ``out`` is removed here by the next one.

    Parameters
    ----------
    out : the output folder; need not exist.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(out.parent):
        recover(out)
        staging = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        try:
            new = staging / _NEW
            new.mkdir(mode=0o755)
            yield new
            _to_disk(new)
            put_in_place(new, out)
            _sync(out.parent)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def probe(out: Path) -> None:
    """Make a folder beside ``out``, or where its parents would be made, and take it away again.

    Raises
    ------
    OSError : that can't be done, so neither could :func:`replacing`; or no output has room there, however small.
    """
    out = out.resolve()
    place = next(folder for folder in out.parents if folder.exists())
    if shutil.disk_usage(place).free < LEAST_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
    shutil.rmtree(tempfile.mkdtemp(prefix=_prefix(out), dir=place), ignore_errors=True)


def put_in_place(new: Path, out: Path) -> None:
    """Make the finished folder ``new`` appear as ``out``; the old one, if any, ends beside ``new``'s place."""
    if not out.exists():
        new.rename(out)
    elif not exchange(new, out):
        out.rename(new.with_name(_OLD))
        new.rename(out)


def recover(out: Path) -> None:
    """Remove what dead writers left beside ``out``, after finishing an exchange in two steps that was cut short.

    To be called by the only writer.
    """
    for staging in leftovers(out):
        if not out.exists() and (staging / _OLD).exists():
            finished = staging / _NEW
            (finished if finished.exists() else staging / _OLD).rename(out)
        shutil.rmtree(staging, ignore_errors=True)


def leftovers(out: Path) -> list[Path]:
    """Folders beside ``out`` that belong to a running or a dead writer."""
    out = out.resolve()
    return sorted(path for path in out.parent.iterdir() if path.name.startswith(_prefix(out)))


def _prefix(out: Path) -> str:
    return f".{out.name}{MARK}"


def _to_disk(folder: Path) -> None:
    for parent, _, files in os.walk(folder, topdown=False):
        for name in files:
            _sync(Path(parent) / name)
        _sync(Path(parent))


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if path.is_file() or error.errno not in NO_SUCH_CALL:
            raise
    finally:
        os.close(handle)
