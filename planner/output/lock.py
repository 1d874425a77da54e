"""One writer at a time in a folder, without leaving a lock file where the platform can lock the folder itself."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RETRY_S = 0.1
NO_SUCH_CALL = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF)
"""What shared folders say of calls on a folder that they do not know: those of SMB, VirtualBox, Windows under Linux."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other process writes below ``folder``, and keep others waiting meanwhile.

    The lock ends with the process, however it ends. A network share that has no locks is written without.
    """
    handle = _opened(folder)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _opened(folder: Path) -> int:
        return os.open(folder / ".peakdesk.lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(_RETRY_S)
            else:
                return
else:
    import fcntl

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)

    def _lock(handle: int) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_RETRY_S)
            except OSError as error:
                if error.errno not in (*NO_SUCH_CALL, errno.ENOLCK):
                    raise
                return
            else:
                return
