"""A file that can't be written whole is not written at all, and the words say why."""

import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk import InputError
from desk.i18n import LANGUAGES, text
from desk.template import write_template_book
from desk.write.whole import PRIVATE, write_whole
from planner.output import staging
from planner.output.picture_file import write_pictures
from planner.output.write import refuse_unwritable, told_if_unwritable
from planner.planned import Planned
from planner.terminal.failure import failure
from planner.verdict import Exit
from views.opened import _sound

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full() -> Planned:
    raise FULL


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """This process can't make a file longer than ``limit`` bytes."""
    import resource

    before, handled = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of a process's files")
def test_a_table_or_a_workbook_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a CSV looked whole to whoever read it later; a workbook's maker left its parts on the disk that was full."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    table, book = tmp_path / "table.csv", tmp_path / "book.xlsx"
    write_whole(table, b"old", PRIVATE)
    for file, write in ((table, lambda: write_whole(table, b"x" * 99)), (book, lambda: write_template_book(book))):
        with at_most(50), pytest.raises(InputError) as refused, told_if_unwritable(tmp_path):
            write()
        assert [(one.code, one.file) for one in refused.value.findings] == [("output_unwritable", str(file))]
    assert table.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
    write_whole(table, b"new")
    assert (table.read_bytes(), table.stat().st_mode & 0o777) == (b"new", PRIVATE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_full_disk_is_said_in_words(tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that could not be copied was told as a list of Python's; room that ran out somewhere else, as an error
    inside Peakdesk or as a damaged plan, or not at all where its log had no room either."""
    whole = shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'"), ("c", "d", "[Errno 28] x")])
    with pytest.raises(InputError) as refused, told_if_unwritable(tmp_path):
        raise whole
    assert refused.value.findings[0].facts == {"reason": "No space left on device"}
    told = failure(FULL, lang)
    assert (told.code, [one.code for one in told.findings]) == (Exit.BAD_INPUT, ["output_unwritable"])
    with pytest.raises(InputError) as refused:
        _sound(full, "plan")
    assert [one.code for one in refused.value.findings] == ["output_unwritable"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert "KeyError: 'x'" in failure(KeyError("x"), lang).complaint


def test_a_file_without_pictures_says_so(tmp_path: Path) -> None:
    """The pictures of a forecast without promotions and drivers were a blank page."""
    for lang in LANGUAGES:
        write_pictures([], tmp_path / "p.html", lang=lang)
        assert f"<p>{text('planner.page.no_picture', lang)}</p>" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_no_plan_is_begun_where_none_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room that the smallest output takes is asked for before the work, not after it."""
    refuse_unwritable(tmp_path / "out")
    monkeypatch.setattr(staging, "LEAST_BYTES", 2**70)
    with pytest.raises(InputError) as refused:
        refuse_unwritable(tmp_path / "out")
    assert refused.value.findings[0].facts["reason"] == os.strerror(errno.ENOSPC)
