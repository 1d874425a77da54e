"""An uploaded desk, read and judged in a temporary folder."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from desk import Desk, Finding, InputError, load_desk
from views.upload.unpack import Upload, one_line, unpack


class Verdict(NamedTuple):
    """The desk where it can be used, and everything that was found."""

    desk: Desk | None
    findings: tuple[Finding, ...]


def check(uploads: Sequence[Upload]) -> Verdict:
    """Read uploaded files as a desk; nothing of them stays on disk."""
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        source, refused = unpack(uploads, Path(folder))
        if any(finding.severity == "error" for finding in refused):
            return Verdict(None, refused)
        named = {folder: ""} | ({source.name: one_line(uploads[0].name)} if source.is_file() else {})
        try:
            desk = load_desk(source)
        except InputError as error:
            return Verdict(None, refused + tuple(_named(finding, named) for finding in error.findings))
        return Verdict(desk, refused + tuple(_named(finding, named) for finding in desk.findings))


def _named(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The finding without the name of our temporary folder, a workbook as its owner calls it."""
    file = finding.file
    for ours, theirs in names.items():
        file = file.replace(ours, theirs).lstrip("/\\")
    return replace(finding, file=file)
