"""An uploaded contact log, read and judged."""

from typing import NamedTuple

import pandas as pd

from desk import Desk, Finding
from views.upload.table import judge_upload
from views.upload.unpack import MAX_UPLOAD_MB, Upload, one_line

TYPES = ("csv", "xlsx")
_TABLE = "contacts"
_MB = 1024 * 1024


class LogVerdict(NamedTuple):
    """The log where it can be used, and everything that was found."""

    log: pd.DataFrame | None
    findings: tuple[Finding, ...]


def check_log(desk: Desk, upload: Upload) -> LogVerdict:
    """Read an uploaded file as the contact log of a desk; nothing of it stays on disk."""
    if len(upload.content) > MAX_UPLOAD_MB * _MB:
        shown = one_line(upload.name)
        return LogVerdict(None, (Finding("upload_too_large", file=shown, facts={"limit": MAX_UPLOAD_MB}),))
    return LogVerdict(*judge_upload(desk, _TABLE, upload))
