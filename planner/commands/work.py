"""``peakdesk work``: does the jobs that wait in the store."""

import time
from typing import TYPE_CHECKING

import click

from desk import InputError
from desk.i18n import text
from planner.serve.crew import stand_behind
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import Session
from planner.verdict import Exit

if TYPE_CHECKING:
    from store import Job, Store

_LOOK_EVERY_S = 1.0


@command("work")
@option("--once", is_flag=True)
@option("--leash", is_flag=True)
@option("--store", metavar="URL")
def work(session: Session, once: bool, leash: bool, store: str | None) -> Answer:
    """Take one job after the other until Ctrl-C; with ``once`` until none waits, with ``leash`` until stdin ends."""
    from store import open_store

    if leash:
        stand_behind()
    opened, lang, ended = open_store(store), session.lang(), []
    while True:
        job = _next(opened, lang, once)
        if job is not None:
            ended.append({"id": job.id, "status": job.status, "result": job.result})
            status = text(f"planner.jobs.{job.status}", lang)
            click.echo(text("planner.jobs.ended", lang, id=job.id, status=status), err=True)
        elif once:
            failed = any(one["status"] == "failed" for one in ended)
            words = text("planner.jobs.worked", lang, number=len(ended))
            return Answer(words, {"jobs": ended}, Exit.NEEDS_EYES if failed else Exit.DONE)
        else:
            time.sleep(_LOOK_EVERY_S)


def _next(store: "Store", lang: str, once: bool) -> "Job | None":
    """The next job, done; a store that is away for a moment is told and asked again."""
    from planner.worker import work_once

    try:
        return work_once(store)
    except InputError as error:
        if once:
            raise
        click.echo(error.report(lang), err=True)
        return None
