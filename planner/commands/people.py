"""``peakdesk people``: who may come in, as whom, and the tokens that stand for them."""

from typing import TYPE_CHECKING

import click

from desk import Finding, InputError
from desk.i18n import text
from planner.commands.stranger import strangers
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, language_option, option
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone
from planner.verdict import exit_code

if TYPE_CHECKING:
    from store import Store

_ROLES = ("manager", "analyst", "lead", "agent", "auditor")
_KINDS = ("api", "calendar")


@click.group(
    cls=WordedGroup,
    name="people",
    help="planner.cli.command.people",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def people(context: click.Context) -> None:
    """Who may come in; without a command it says what can be done."""
    show_help_alone(context)


@command("list", of=people)
@option("--store", metavar="URL")
def listed(session: Session, store: str | None) -> Answer:
    """Everybody who is known."""
    from store import list_principals, open_store, owner

    found = [known.principal for known in list_principals(open_store(store), owner())]
    rows = [[one.who, one.role, ", ".join(one.teams), one.agent or ""] for one in found]
    page = columns(rows) if rows else [text("planner.people.none", session.lang())]
    return Answer("\n".join(page), {"people": found})


@command("add", of=people)
@click.argument("who", metavar="WHO")
@option("--role", type=click.Choice(_ROLES), required=True)
@option("--team", multiple=True, metavar="TEAM")
@option("--as-agent", metavar="AGENT")
@option("--store", metavar="URL")
def add(
    session: Session, who: str, role: str, team: tuple[str, ...], as_agent: str | None, store: str | None
) -> Answer:
    """Let somebody in by the name that the sign-in proves."""
    from store import Principal, add_principal, open_store, owner

    opened, lang = open_store(store), session.lang()
    own = add_principal(opened, owner(), Principal(who, role, team, as_agent))
    found = tuple(strangers(opened, own))
    page = [text("planner.people.added", lang, who=who, role=role), *(one.line(lang) for one in found)]
    return Answer("\n".join(page), {"who": who, "role": role}, exit_code(found), found)


@command("remove", of=people)
@click.argument("who", metavar="WHO")
@option("--store", metavar="URL")
def remove(session: Session, who: str, store: str | None) -> Answer:
    """Let somebody in no more; their tokens end."""
    from store import open_store, owner, remove_principal

    opened = open_store(store)
    _refuse_unknown(opened, who)
    remove_principal(opened, owner(), who)
    return Answer(text("planner.people.removed", session.lang(), who=who), {"who": who})


@command("token", of=people)
@click.argument("who", metavar="WHO")
@option("--kind", type=click.Choice(_KINDS), default="api", show_default=True)
@option("--store", metavar="URL")
def token(session: Session, who: str, kind: str, store: str | None) -> Answer:
    """A new token that stands for somebody, told this once."""
    from store import make_token, open_store, principal_of

    opened = open_store(store)
    _refuse_unknown(opened, who)
    plain = make_token(opened, principal_of(opened, who), kind)
    page = f"/calendar/{plain}.ics" if kind == "calendar" else plain
    return Answer("\n".join([text("planner.people.token", session.lang(), who=who), page]), {"token": plain})


def _refuse_unknown(store: "Store", who: str) -> None:
    """The owner may know who is known; the store itself tells nobody."""
    from store import list_principals, owner

    if who not in {known.principal.who for known in list_principals(store, owner())}:
        raise InputError([Finding("principal_unknown", value=who[:64])])
