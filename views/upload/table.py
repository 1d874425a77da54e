"""An uploaded table, read and judged in a temporary folder as if it had come with the desk."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from desk import Desk, Finding, InputError
from desk.load import judge_table
from views.upload.unpack import Upload, one_line


def judge_upload(desk: Desk, name: str, upload: Upload) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    """Read an uploaded file as table ``name`` of a desk; nothing of it stays on disk.

    The sender's name for the file only says whether it is a workbook, and stands in the findings.

    Returns
    -------
    The rows, None where they can't be used, and everything that was found.
    """
    form = "xlsx" if upload.name.lower().endswith(".xlsx") else "csv"
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{name}.{form}"
        file.write_bytes(upload.content)
        rows, findings = judge_table(desk, name, file)
    shown = one_line(upload.name)
    return rows, tuple(replace(own, file=own.file.replace(file.name, shown)) for own in findings)


def upload_rows(desk: Desk, name: str, upload: Upload) -> pd.DataFrame:
    """The rows of an uploaded table.

    Raises
    ------
    InputError : with every finding, where at least one is an error.
    """
    rows, findings = judge_upload(desk, name, upload)
    if rows is None:
        raise InputError(findings)
    return rows
