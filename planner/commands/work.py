"""``peakdesk work``: does the jobs that wait in the store."""

import time

import click

from desk.i18n import text
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import Session
from planner.verdict import Exit

_LOOK_EVERY_S = 2.0


@command("work")
@option("--once", is_flag=True)
@option("--store", metavar="URL")
def work(session: Session, once: bool, store: str | None) -> Answer:
    """Take one job after the other until Ctrl-C; with ``once`` until none waits."""
    from planner.worker import work_once
    from store import open_store

    opened, lang, ended = open_store(store), session.lang(), []
    while True:
        job = work_once(opened)
        if job is not None:
            ended.append({"id": job.id, "status": job.status, "result": job.result})
            click.echo(
                text("planner.jobs.ended", lang, id=job.id, status=text(f"planner.jobs.{job.status}", lang)), err=True
            )
        elif once:
            failed = any(one["status"] == "failed" for one in ended)
            words = text("planner.jobs.worked", lang, number=len(ended))
            return Answer(words, {"jobs": ended}, Exit.NEEDS_EYES if failed else Exit.DONE)
        else:
            time.sleep(_LOOK_EVERY_S)
