"""What the system says of a place that can't be written, in words."""

import errno
import re
import shutil
import tempfile
from pathlib import Path

from desk import Finding

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_ERRNO = re.compile(r"\[Errno \d+\] ([^:]+).*", re.DOTALL)


def no_room(error: BaseException) -> Finding | None:
    """What tells of an error that only says that a disk takes nothing more; None where it says something else."""
    if not isinstance(error, OSError) or error.errno not in _NO_ROOM:
        return None
    return unwritable(Path(error.filename or tempfile.gettempdir()), error)


def unwritable(place: Path, error: OSError) -> Finding:
    """What tells that ``place`` can't be written."""
    return Finding("output_unwritable", file=str(place), facts={"reason": error.strerror or _first_reason(error)})


def _first_reason(error: OSError) -> str:
    """Of a whole folder that can't be copied, why its first file can't."""
    if not isinstance(error, shutil.Error):
        return str(error)
    _, _, why = error.args[0][0]
    return _ERRNO.sub(r"\1", str(why))
