"""Exchanges two folders in one step, where the platform can."""

import ctypes
import errno
import os
import sys
from pathlib import Path

_HERE_FD = -100
_LINUX_EXCHANGE = 2
_DARWIN_SWAP = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(first: Path, second: Path) -> bool:
    """Exchange two existing paths atomically; False where the platform or the file system has no such call.

    Parameters
    ----------
    first, second : paths on one file system, both existing.

    Raises
    ------
    OSError
        The call exists and failed.
    """
    if sys.platform == "linux":
        call, arguments = "renameat2", (_HERE_FD, os.fsencode(first), _HERE_FD, os.fsencode(second), _LINUX_EXCHANGE)
    elif sys.platform == "darwin":
        call, arguments = "renamex_np", (os.fsencode(first), os.fsencode(second), _DARWIN_SWAP)
    else:
        return False
    return _called(call, arguments)


def _called(name: str, arguments: tuple[int | bytes, ...]) -> bool:
    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if function is None:
        return False
    if function(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code))
