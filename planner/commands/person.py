"""``peakdesk db person``: everything about one person, to take along or to be forgotten."""

from pathlib import Path

import click

from desk import Finding, InputError
from desk.i18n import text
from desk.write.whole import PRIVATE, write_whole
from planner.output.json_text import json_text
from planner.terminal.answer import Answer
from planner.terminal.command import command, language_option, option
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone


@click.group(
    cls=WordedGroup,
    name="person",
    help="planner.cli.command.person",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def person(context: click.Context) -> None:
    """One person; without a command it says what can be done."""
    show_help_alone(context)


@command("export", of=person)
@click.argument("agent", metavar="AGENT")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@option("--why", default="", metavar="WORDS")
@option("--store", metavar="URL")
def export(session: Session, agent: str, target: Path, why: str, store: str | None) -> Answer:
    """Write everything about an agent to a JSON file that only its owner can read."""
    from store import export_person, open_store, owner

    told = export_person(open_store(store), owner(), agent, why)
    try:
        write_whole(target, json_text(told).encode(), PRIVATE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Finding("json_unwritable", file=str(target), facts={"reason": reason})]) from error
    rows = sum(len(value) for value in told.values() if isinstance(value, list))
    return Answer(text("planner.person.exported", session.lang(), file=target, rows=rows), {"file": str(target)})


@command("erase", of=person)
@click.argument("agent", metavar="AGENT")
@option("--why", required=True, metavar="WORDS")
@option("--store", metavar="URL")
def erase(session: Session, agent: str, why: str, store: str | None) -> Answer:
    """Put a pseudonym in an agent's place everywhere."""
    from store import erase_person, open_store, owner

    pseudonym = erase_person(open_store(store), owner(), agent, why)
    return Answer(text("planner.person.erased", session.lang(), pseudonym=pseudonym), {"pseudonym": pseudonym})
