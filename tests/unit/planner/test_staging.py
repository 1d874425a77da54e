"""An output folder is replaced whole or stays as it was."""

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from desk import InputError
from planner import plan
from planner.output import staging
from planner.output.exchange import exchange
from planner.output.staging import leftovers, replacing
from planner.output.write import refuse_unwritable, refuse_unwritable_file


def folder(path: Path, word: str) -> Path:
    path.mkdir()
    (path / "word").write_text(word)
    return path


def interrupted(out: Path) -> None:
    with replacing(out) as new:
        (new / "word").write_text("half")
        raise KeyboardInterrupt


@pytest.mark.parametrize("atomic", [True, False])
def test_new_folder_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atomic: bool) -> None:
    """The new content appears and nothing is left beside it, with and without a system call for exchanging."""
    if not atomic:
        monkeypatch.setattr(staging, "exchange", lambda first, second: False)
    out = folder(tmp_path / "out", "old")
    with replacing(out) as new:
        (new / "word").write_text("new")
    assert (out / "word").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_first_output_appears(tmp_path: Path) -> None:
    """A folder that was not there is made, with its parents."""
    out = tmp_path / "deep" / "out"
    with replacing(out) as new:
        (new / "word").write_text("new")
    assert (out / "word").read_text() == "new"


def test_an_error_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    """Whatever is raised while writing, the old output stays and the half-written one goes."""
    out = folder(tmp_path / "out", "old")
    with pytest.raises(KeyboardInterrupt):
        interrupted(out)
    assert (out / "word").read_text() == "old"
    assert leftovers(out) == []


def test_what_a_dead_writer_left_is_cleaned_by_the_next(tmp_path: Path) -> None:
    """A killed process can't clean up; the next one does."""
    out = folder(tmp_path / "out", "old")
    stale = tmp_path / ".out.peakdesk-dead"
    folder(stale, "half")
    with replacing(out) as new:
        (new / "word").write_text("new")
    assert leftovers(out) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no folder is synced or locked there")
def test_a_network_share_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders can't be synced or locked on some: a whole plan was lost at its end. A broken disk is told."""
    import fcntl

    sync, said = os.fsync, errno.EINVAL

    def fails(handle: int, *words: int) -> None:
        if words or stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.ENOLCK if words else said, "")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fails)
    monkeypatch.setattr(fcntl, "flock", fails)
    with replacing(tmp_path / "out") as new:
        (new / "word").write_text("new")
    assert (tmp_path / "out" / "word").read_text() == "new"
    said = errno.EIO
    with pytest.raises(OSError, match="Errno 5"), replacing(tmp_path / "out"):
        pass


@pytest.mark.parametrize(("parts", "word"), [({"old", "new"}, "new"), ({"old"}, "old")])
def test_an_exchange_cut_short_is_finished(tmp_path: Path, parts: set[str], word: str) -> None:
    """Where two renames are needed and the process died between them, the finished folder is put in place."""
    out, stale = tmp_path / "out", tmp_path / ".out.peakdesk-dead"
    stale.mkdir()
    for name in parts:
        folder(stale / name, name)
    staging.recover(out)
    assert (out / "word").read_text() == word


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux's")
def test_exchange_is_one_step_on_linux(tmp_path: Path) -> None:
    """Both folders change their names in one system call."""
    first, second = folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b")
    assert exchange(first, second)
    assert ((first / "word").read_text(), (second / "word").read_text()) == ("b", "a")


def test_exchange_tells_of_a_missing_folder(tmp_path: Path) -> None:
    """A failed call is an error, not a silent no."""
    with pytest.raises(OSError, match="No such file"):
        exchange(folder(tmp_path / "a", "a"), tmp_path / "missing")


def test_a_place_that_cant_be_written_is_told_before_the_work(tiny: Path, tmp_path: Path) -> None:
    """It was found out when all was planned; the name is the one that was given, not that of a folder of ours."""
    (tmp_path / "file").touch()
    for out in (tmp_path / "file" / "out", tmp_path / "file" / "new" / "out"):
        with pytest.raises(InputError, match=f"{out} can't be written"):
            plan(tiny, out, report=lambda progress: pytest.fail("the work began"))
    refuse_unwritable(tmp_path / "new" / "out")
    refuse_unwritable_file(tmp_path / "errors.csv")
    with pytest.raises(InputError, match=r"errors\.csv can't be written"):
        refuse_unwritable_file(tmp_path / "new" / "errors.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
