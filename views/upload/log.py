"""An uploaded contact log, read and judged in a temporary folder."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

from desk import Desk, Finding
from desk.load import judge_table
from views.upload.unpack import MAX_UPLOAD_MB, Upload, one_line

TYPES = ("csv", "xlsx")
_TABLE = "contacts"
_MB = 1024 * 1024


class LogVerdict(NamedTuple):
    """The log where it can be used, and everything that was found."""

    log: pd.DataFrame | None
    findings: tuple[Finding, ...]


def check_log(desk: Desk, upload: Upload) -> LogVerdict:
    """Read an uploaded file as the contact log of a desk; nothing of it stays on disk.

    The sender's name for the file only says whether it is a workbook, and stands in the findings.
    """
    shown = one_line(upload.name)
    if len(upload.content) > MAX_UPLOAD_MB * _MB:
        return LogVerdict(None, (Finding("upload_too_large", file=shown, facts={"limit": MAX_UPLOAD_MB}),))
    form = "xlsx" if upload.name.lower().endswith(".xlsx") else "csv"
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{_TABLE}.{form}"
        file.write_bytes(upload.content)
        log, findings = judge_table(desk, _TABLE, file)
    return LogVerdict(log, tuple(replace(own, file=own.file.replace(file.name, shown)) for own in findings))
