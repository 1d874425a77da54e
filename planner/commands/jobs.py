"""``peakdesk jobs``: long work in the store, which any session can submit, watch and stop."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.i18n import catalogue, text
from planner.commands.replaced import newest_desks, replaced
from planner.desk_at import desk_at
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, language_option, option
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone
from planner.verdict import Exit

if TYPE_CHECKING:
    from store import Job

_LOOK_EVERY_S = 1.0
_OVER = ("done", "failed", "cancelled")


@click.group(
    cls=WordedGroup,
    name="jobs",
    help="planner.cli.command.jobs",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def jobs(context: click.Context) -> None:
    """Long work; without a command it says what can be done."""
    show_help_alone(context)


@command("plan", of=jobs)
@existing("desk", "DESK")
@option("--store", metavar="URL")
def plan(session: Session, desk: Path | str, store: str | None) -> Answer:
    """Save a desk and let a worker plan it."""
    from store import open_store, owner, save_desk, submit_job

    loaded, opened = desk_at(desk), open_store(store)
    lang = session.for_desk(loaded)
    before = newest_desks(opened, owner())
    version = save_desk(opened, owner(), loaded)
    found = replaced(before, newest_desks(opened, owner()), loaded.settings.timezone)
    job = submit_job(opened, owner(), "plan", {"desk": version.hash, "lang": lang})
    page = [text("planner.jobs.submitted", lang, id=job.id), *(one.line(lang) for one in found)]
    return Answer("\n".join(page), {"id": job.id, "desk": version.hash}, findings=found)


@command("list", of=jobs)
@option("--store", metavar="URL")
def listed(session: Session, store: str | None) -> Answer:
    """All jobs, newest first."""
    from store import list_jobs, open_store, owner

    found, lang = list_jobs(open_store(store), owner()), session.lang()
    lines = columns([_cells(job, lang) for job in found]) if found else [text("planner.jobs.none", lang)]
    return Answer("\n".join(lines), {"jobs": [_record(job) for job in found]})


@command("watch", of=jobs)
@click.argument("number", metavar="NUMBER", type=int)
@option("--store", metavar="URL")
def watch(session: Session, number: int, store: str | None) -> Answer:
    """Follow a job to its end."""
    from store import open_store, owner, read_job

    opened, lang, told = open_store(store), session.lang(), ""
    while (job := read_job(opened, owner(), number)).status not in _OVER:
        line = "  ".join(_cells(job, lang))
        if line != told:
            click.echo(line, err=True)
        told = line
        time.sleep(_LOOK_EVERY_S)
    return Answer("  ".join(_cells(job, lang)), _record(job), Exit.DONE if job.status == "done" else Exit.NEEDS_EYES)


@command("stop", of=jobs)
@click.argument("number", metavar="NUMBER", type=int)
@option("--store", metavar="URL")
def stop(session: Session, number: int, store: str | None) -> Answer:
    """Ask a job to stop and keep the best so far."""
    from store import open_store, owner, stop_job

    job = stop_job(open_store(store), owner(), number)
    return Answer("  ".join(_cells(job, session.lang())), _record(job))


def _cells(job: "Job", lang: str) -> list[str]:
    """Number, kind, status, how far it is, who asked and when."""
    status = "dead" if job.dead else "stopping" if job.stop and job.status == "running" else job.status
    made = f"{job.created_at.astimezone():%Y-%m-%d %H:%M}"
    return [str(job.id), job.kind, text(f"planner.jobs.{status}", lang), _far(job, lang), job.created_by, made]


def _far(job: "Job", lang: str) -> str:
    if job.status != "running" or job.progress is None:
        return "–"
    phase, done = str(job.progress["phase"]), job.progress.get("done")
    words = catalogue(lang).get(phase, phase)
    return words if done is None else f"{words} {done:.0%}"


def _record(job: "Job") -> dict[str, object]:
    own = (
        "id",
        "kind",
        "status",
        "dead",
        "stop",
        "progress",
        "result",
        "worker",
        "created_by",
        "created_at",
        "ended_at",
    )
    return {name: getattr(job, name) for name in own}
