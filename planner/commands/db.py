"""``peakdesk db``: the store."""

from pathlib import Path

import click

from desk.i18n import text
from planner.commands.person import person
from planner.terminal.answer import Answer
from planner.terminal.command import command, language_option, option
from planner.terminal.failure import findings_page
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone
from planner.verdict import exit_code

_FILE = click.Path(path_type=Path)


@click.group(
    cls=WordedGroup, name="db", help="planner.cli.command.db", invoke_without_command=True, params=[language_option()]
)
@click.pass_context
def db(context: click.Context) -> None:
    """The store; without a command it says what can be done."""
    show_help_alone(context)


@command("upgrade", of=db)
@option("--store", metavar="URL")
def upgrade(session: Session, store: str | None) -> Answer:
    """Make the store, or bring its schema up to date."""
    from store import upgrade as bring_up

    revision = bring_up(store)
    return Answer(text("planner.db.upgrade", session.lang(), revision=revision), {"revision": revision})


@command("backup", of=db)
@click.argument("target", metavar="FILE", type=_FILE)
@option("--store", metavar="URL")
def backup(session: Session, target: Path, store: str | None) -> Answer:
    """Copy the store to ``target`` while it is in use; the copy is verified."""
    from store import backup as copy
    from store import open_store, owner

    copy(open_store(store), owner(), target)
    return Answer(text("planner.db.backup", session.lang(), file=target), {"file": str(target)})


@command("restore", of=db)
@click.argument("source", metavar="FILE", type=_FILE)
@option("--store", metavar="URL")
def restore(session: Session, source: Path, store: str | None) -> Answer:
    """Put a verified copy in the store's place."""
    from store import open_store, owner
    from store import restore as put_back

    put_back(open_store(store), owner(), source)
    return Answer(text("planner.db.restore", session.lang(), file=source), {"file": str(source)})


@command("verify", of=db)
@option("--store", metavar="URL")
def verify(session: Session, store: str | None) -> Answer:
    """Read everything in the store and compare it with its hashes."""
    from store import open_store, owner
    from store import verify as wrong

    findings = wrong(open_store(store), owner())
    lang = session.lang()
    return Answer(findings_page(findings, lang), {}, exit_code(findings), findings)


db.add_command(person)
