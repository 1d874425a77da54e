"""The text of a file that a user points at: a plain file of bounded size in an encoding that we know, or a finding."""

from pathlib import Path

from desk.load.encoding import as_utf8
from desk.load.ledger import Ledger

LARGEST_FILE_BYTES = 512 * 2**20


def file_text(file: Path, ledger: Ledger, *, most_bytes: int = LARGEST_FILE_BYTES) -> bytes | None:
    """The file's text as UTF-8; None, with a finding, where it is not fit to be read.

    A pipe or a device is never opened: it might never end.

    Raises
    ------
    OSError : it can't be read.
    """
    if not file.is_file():
        ledger.add("not_a_file" if file.exists() or file.is_symlink() else "no_such_file", file.name)
        return None
    if (size := file.stat().st_size) > most_bytes:
        ledger.add("file_too_large", file.name, value=_size(size), limit=_size(most_bytes))
        return None
    with file.open("rb") as source:
        return as_utf8(source.read(most_bytes), file.name, ledger)


def _size(count: int) -> str:
    return f"{count / 2**20:,.0f} MB" if count >= 2**20 else f"{count / 2**10:,.0f} kB"
