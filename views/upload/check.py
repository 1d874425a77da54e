"""An uploaded desk, read and judged in a temporary folder."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from desk import Desk, Finding, InputError, load_desk
from views.upload.unpack import Upload, unpack


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
        try:
            desk = load_desk(source)
        except InputError as error:
            return Verdict(None, refused + tuple(_without(folder, finding) for finding in error.findings))
        return Verdict(desk, refused + desk.findings)


def _without(folder: str, finding: Finding) -> Finding:
    """The finding without the name of our temporary folder."""
    return replace(finding, file=finding.file.replace(folder, "").lstrip("/\\"))
