"""The command line."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from planner.commands.app import app
from planner.commands.backtest import backtest
from planner.commands.check import check
from planner.commands.db import db
from planner.commands.demo import demo
from planner.commands.explain import explain
from planner.commands.export import export
from planner.commands.forecast import forecast
from planner.commands.import_book import import_book
from planner.commands.init import init
from planner.commands.jobs import jobs
from planner.commands.people import people
from planner.commands.plan import plan
from planner.commands.plans_check import plans
from planner.commands.requests import requests
from planner.commands.review import review
from planner.commands.score import score
from planner.commands.simulate import simulate
from planner.commands.staff import staff
from planner.commands.whatif import whatif
from planner.commands.work import work
from planner.terminal.command import language_option
from planner.terminal.session import session_of
from planner.terminal.wording import WordedGroup, complaint, show_help_alone
from planner.verdict import Exit


class Front(WordedGroup):
    """The program: reads the language before anything else, and ends with an honest exit code."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        """Run the command line; exits the process unless ``standalone_mode`` is False."""
        words = sys.argv[1:] if args is None else list(args)
        _never_fail_to_print()
        code = self._run(args, prog_name or "peakdesk", extra | {"obj": session_of(words)})
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: Sequence[str] | None, prog_name: str, extra: dict[str, Any]) -> int:
        try:
            return int(super().main(args, prog_name, standalone_mode=False, **extra) or 0)
        except click.UsageError as error:
            click.echo(complaint(error), err=True)
            return Exit.BAD_INPUT
        except click.Abort:
            return Exit.INTERRUPTED


def _never_fail_to_print() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(OSError, ValueError):
                stream.reconfigure(errors="replace")


@click.group(
    cls=Front,
    name="peakdesk",
    help="planner.cli.command.peakdesk",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def main(context: click.Context) -> None:
    """Plans customer-service desks through big sales promotions."""
    show_help_alone(context)


for command in (
    demo,
    init,
    check,
    forecast,
    backtest,
    staff,
    plan,
    simulate,
    whatif,
    explain,
    score,
    review,
    export,
    import_book,
    app,
    plans,
    requests,
    people,
    work,
    jobs,
    db,
):
    main.add_command(command)
