"""What ends a command before its answer: told in words and an exit code, never in a traceback."""

import platform
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from importlib.metadata import version

from desk import Finding, InputError, NoAnswerError, PeakdeskError, StoppedEarlyError
from desk.i18n import text
from planner.output.unwritable import no_room
from planner.terminal.answer import Answer
from planner.verdict import Exit


def failure(error: BaseException, lang: str) -> Answer:
    """The answer that tells of ``error``.

    An unexpected error is written to a log file whose path the answer names.
    """
    if isinstance(error, KeyboardInterrupt):
        return Answer("", code=Exit.INTERRUPTED, complaint=text("planner.cli.interrupted", lang))
    if isinstance(error, InputError | NoAnswerError):
        code = Exit.BAD_INPUT if isinstance(error, InputError) else Exit.NO_ANSWER
        return Answer("", code=code, findings=error.findings, complaint=findings_page(error.findings, lang))
    if isinstance(error, StoppedEarlyError):
        words = "\n".join(finding.line(lang) for finding in error.findings)
        return Answer("", code=Exit.INTERRUPTED, findings=error.findings, complaint=words)
    if isinstance(error, PeakdeskError):
        return Answer("", code=Exit(error.exit_code), complaint=str(error))
    if told := no_room(error):
        return failure(InputError([told]), lang)
    log = _logged(error)
    words = text("planner.cli.internal", lang, error=type(error).__name__, log=log)
    return Answer("", {"error": type(error).__name__, "log": log}, Exit.INTERNAL, complaint=words)


def findings_page(findings: tuple[Finding, ...], lang: str) -> str:
    """One line a finding, and how many there are of which severity."""
    lines = [text(f"planner.severity.{finding.severity}", lang, line=finding.line(lang)) for finding in findings]
    counts = {kind: sum(finding.severity == kind for finding in findings) for kind in ("error", "warning", "note")}
    return "\n".join([*lines, text("planner.cli.counts", lang, **counts)])


def _logged(error: BaseException) -> str:
    head = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} peakdesk {version('peakdesk')}", platform.platform(), sys.version]
    told = "\n".join([*head, "", *traceback.format_exception(error)]).encode("utf-8", "backslashreplace")
    try:
        with tempfile.NamedTemporaryFile(prefix="peakdesk-error-", suffix=".log", delete=False) as file:
            file.write(told)
    except OSError:
        return f"{type(error).__name__}: {error}"
    return file.name
