"""Takes jobs from the store and does them, one after the other."""

import os
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desk import InputError, NoAnswerError
from desk.nouns import Report
from planner.pulse import Pulse, beating
from planner.recipe import plan
from store import Job, Principal, Store, end_job, load_desk_version, owner, read_folder, save_plan, take_job
from store.job import BEAT_S

Result = Mapping[str, Any]
Doing = Callable[[Store, Principal, Job, Report], Result]


def work_once(store: Store, worker: str | None = None, *, beat_s: float = BEAT_S) -> Job | None:
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


def _attempt(store: Store, job: Job, report: Report) -> tuple[str, Result]:
    """What came of the job; nothing that goes wrong in it ends the worker."""
    try:
        return "done", DOING[job.kind](store, owner(job.created_by), job, report)
    except (InputError, NoAnswerError) as error:
        return "failed", {"findings": [finding.record(lang) for finding in error.findings for lang in ("en", "zh")]}
    except Exception as error:
        return "failed", {"error": f"{type(error).__name__}: {error}"}


def plan_job(store: Store, principal: Principal, job: Job, report: Report) -> Result:
    """Plan the saved desk ``request["desk"]`` and save the plan as a draft in the name of who submitted the job;
    ``settings`` as :func:`plan` takes them."""
    request = job.request
    desk = load_desk_version(store, principal, request["desk"])
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        planned = plan(desk, out, lang=request.get("lang"), report=report, **request.get("settings", {}))
        saved = save_plan(store, principal, read_folder(out), request["desk"])
    return {"plan": saved.hash, "exit_code": int(planned.exit_code)}


DOING: dict[str, Doing] = {"plan": plan_job}
