"""A file takes the old one's place whole, or not at all."""

import os
import shutil
from pathlib import Path
from secrets import token_hex

OPEN, PRIVATE = 0o666, 0o600
"""Who may read a new file: whoever the system lets, or its owner only."""


def write_whole(path: Path, content: bytes, mode: int = OPEN) -> None:
    """Write ``content`` to ``path`` in one step; a file that is there keeps its permissions. A device, a pipe or a link
    stays and is written into, and so is a file in a folder that may not be written.

    Raises
    ------
    OSError : naming ``path``; the old file stands, and nothing is left beside it.
    """
    try:
        _written(path, content, mode)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _written(path: Path, content: bytes, mode: int) -> None:
    if path.is_symlink() or (path.exists() and not (path.is_file() and os.access(path.parent, os.W_OK))):
        path.write_bytes(content)
        return
    part = path.with_name(f".peakdesk-{token_hex(8)}")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
