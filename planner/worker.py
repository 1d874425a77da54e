"""Takes jobs from the store and does them, one after the other."""

import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from desk import Finding, InputError, NoAnswerError, StoppedEarlyError
from desk.i18n import LANGUAGES
from desk.nouns import Report
from planner.jobs import DOING
from planner.output.finding_record import packed
from planner.pulse import Pulse, beating
from store import Job, Store, end_job, owner, take_job

_BEAT_S = 1.0
"""How often whoever watches a job hears of it, seconds."""


def work_once(store: Store, worker: str | None = None, *, beat_s: float = _BEAT_S) -> Job | None:
    """Take the next job and do it to its end.

    Returns
    -------
    The ended job; None where none waits, or where another worker took it over meanwhile.
    """
    name = worker or f"{socket.gethostname()}:{os.getpid()}"
    server = owner()
    job = take_job(store, server, name)
    if job is None:
        return None
    with beating(Pulse(store, server, job.id, name), beat_s) as pulse:
        status, result = _attempt(store, job, pulse)
    return None if pulse.lost else end_job(store, server, job.id, name, status, result)


def _attempt(store: Store, job: Job, report: Report) -> tuple[str, Mapping[str, Any]]:
    """What came of the job; nothing that goes wrong in it ends the worker."""
    try:
        return "done", DOING[job.kind](store, owner(job.created_by), job, report)
    except (InputError, NoAnswerError) as error:
        return "failed", _told(error.findings)
    except StoppedEarlyError as error:
        return "cancelled", _told(error.findings)
    except Exception as error:
        return "failed", {"error": f"{type(error).__name__}: {error}"}


def _told(findings: Sequence[Finding]) -> Mapping[str, Any]:
    """Findings, and their sentences in every language."""
    said = {lang: [finding.line(lang) for finding in findings] for lang in LANGUAGES}
    return {"findings": [packed(finding) for finding in findings], "said": said}
