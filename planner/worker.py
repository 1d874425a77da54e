"""Takes jobs from the store and does them, one after the other."""

import os
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desk import Finding, InputError, NoAnswerError, StoppedEarlyError
from desk.i18n import LANGUAGES
from desk.nouns import Report
from planner.jobs import DOING
from planner.output.finding_record import packed
from planner.output.unwritable import no_room
from planner.pulse import Pulse, beating
from store import Job, Store, deaths_of, end_job, owner, take_job

MOST_DEATHS = 3
"""A job that so many workers died of is given up: the others behind it are to have their turn."""
_AWAY = frozenset(("store_unusable", "store_server_unusable"))
_PATIENCE_S = (0.5, 1.0, 2.0, 4.0, 8.0)
_JOB_PATIENCE_S = (*_PATIENCE_S, 15.0, 30.0, 60.0)
"""So long a job waits for a store that is away, as when its server is started anew, before all that it did is lost."""
_BEAT_S = 1.0
"""How often whoever watches a job hears of it, seconds."""


def work_once(store: Store, worker: str | None = None, *, beat_s: float = _BEAT_S) -> Job | None:
    """Take the next job and do it to its end.

    Returns
    -------
    The ended job, given up where too many workers died of it; None where none waits, or where another worker took it
    over meanwhile.
    """
    name = worker or f"{socket.gethostname()}:{os.getpid()}"
    server = owner()
    job = take_job(store, server, name)
    if job is None:
        return None
    if (deaths := deaths_of(store, server, job.id)) >= MOST_DEATHS:
        gone = Finding("job_died", value=str(job.id), facts={"deaths": deaths})
        return end_job(store, server, job.id, name, "failed", _told([gone]))
    with beating(Pulse(store, server, job.id, name), beat_s) as pulse:
        status, result = _attempt(replace(store, patience_s=_JOB_PATIENCE_S), job, pulse)
    return None if pulse.lost else _ended(store, job.id, name, status, result)


def _ended(store: Store, number: int, name: str, status: str, result: Mapping[str, Any]) -> Job:
    """The job, ended; a store that is away for a moment is asked again, so that the work is not done in vain."""
    for wait_s in _PATIENCE_S:
        try:
            return end_job(store, owner(), number, name, status, result)
        except InputError as error:
            if not _AWAY & {finding.code for finding in error.findings}:
                raise
            time.sleep(wait_s)
    return end_job(store, owner(), number, name, status, result)


def _attempt(store: Store, job: Job, report: Report) -> tuple[str, Mapping[str, Any]]:
    """What came of the job; nothing that goes wrong in it ends the worker."""
    try:
        return "done", DOING[job.kind](store, owner(job.created_by), job, report)
    except (InputError, NoAnswerError) as error:
        return "failed", _told(error.findings)
    except StoppedEarlyError as error:
        return "cancelled", _told(error.findings)
    except Exception as error:
        if told := no_room(error):
            return "failed", _told([told])
        return "failed", {"error": f"{type(error).__name__}: {error}"}


def _told(findings: Sequence[Finding]) -> Mapping[str, Any]:
    """Findings, and their sentences in every language."""
    said = {lang: [finding.line(lang) for finding in findings] for lang in LANGUAGES}
    return {"findings": [packed(finding) for finding in findings], "said": said}
