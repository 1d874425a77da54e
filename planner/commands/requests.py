"""``peakdesk requests``: what agents ask for, and the answers."""

from typing import TYPE_CHECKING

import click

from desk.i18n import text
from planner.commands.acting import acting
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, language_option, option
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone

if TYPE_CHECKING:
    from store import Request

_KINDS = ("leave", "wish", "swap", "appeal")
_STATUSES = ("asked", "accepted", "approved", "refused", "withdrawn")
_ANSWERS = ("accept", "approve", "refuse", "withdraw")


@click.group(
    cls=WordedGroup,
    name="requests",
    help="planner.cli.command.requests",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def requests(context: click.Context) -> None:
    """What agents ask for; without a command it says what can be done."""
    show_help_alone(context)


@command("list", of=requests)
@option("--kind", type=click.Choice(_KINDS), words="of_kind")
@option("--status", type=click.Choice(_STATUSES))
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def listed(session: Session, kind: str | None, status: str | None, who: str | None, store: str | None) -> Answer:
    """All requests, newest first."""
    from store import list_requests

    own, lang = acting(store, who), session.lang()
    found = list_requests(own.store, own.principal, kind=kind, status=status)
    page = columns([_cells(one, lang) for one in found]) if found else [text("planner.requests.none", lang)]
    return Answer("\n".join(page), {"requests": found})


@command("answer", of=requests)
@click.argument("number", metavar="NUMBER", type=int)
@click.argument("answer", metavar="ANSWER", type=click.Choice(_ANSWERS))
@option("--why", default="", metavar="WORDS", words="reply")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def answer(session: Session, number: int, answer: str, why: str, who: str | None, store: str | None) -> Answer:
    """Accept, approve, refuse or withdraw a request."""
    from planner.answering import answered

    own = acting(store, who)
    done = answered(own.store, own.principal, number, answer, why)
    return Answer("  ".join(_cells(done, session.lang())), {"request": done})


def _cells(request: "Request", lang: str) -> list[str]:
    """Number, kind, whose, what for, how far, who asked."""
    what = ", ".join(str(value) for value in request.detail.values() if value is not None)
    status = text(f"planner.requests.status.{request.status}", lang)
    kind = text(f"planner.requests.kind.{request.kind}", lang)
    people = request.agent if request.partner is None else f"{request.agent} ↔ {request.partner}"
    return [str(request.id), kind, people, what, status, request.words]
