"""The command line."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from planner.terminal.answer import undeliverable
from planner.terminal.command import language_option
from planner.terminal.late import LateGroup
from planner.terminal.session import session_of
from planner.terminal.wording import complaint, show_help_alone
from planner.verdict import Exit

COMMANDS = {
    "demo": "planner.commands.demo:demo",
    "init": "planner.commands.init:init",
    "check": "planner.commands.check:check",
    "forecast": "planner.commands.forecast:forecast",
    "backtest": "planner.commands.backtest:backtest",
    "staff": "planner.commands.staff:staff",
    "plan": "planner.commands.plan:plan",
    "simulate": "planner.commands.simulate:simulate",
    "whatif": "planner.commands.whatif:whatif",
    "replan": "planner.commands.replan:replan",
    "explain": "planner.commands.explain:explain",
    "score": "planner.commands.score:score",
    "review": "planner.commands.review:review",
    "export": "planner.commands.export:export",
    "import": "planner.commands.import_book:import_book",
    "app": "planner.commands.app:app",
    "plans": "planner.commands.plans_check:plans",
    "requests": "planner.commands.requests:requests",
    "people": "planner.commands.people:people",
    "work": "planner.commands.work:work",
    "jobs": "planner.commands.jobs:jobs",
    "db": "planner.commands.db:db",
}
"""Where each command is, in the order in which a user needs them."""


class Front(LateGroup):
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
        except OSError as error:
            with suppress(OSError):
                click.echo(undeliverable(error).line(extra["obj"].lang()), err=True)
            return Exit.BAD_INPUT


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
    places=COMMANDS,
    params=[language_option()],
)
@click.pass_context
def main(context: click.Context) -> None:
    """Plans customer-service desks through big sales promotions."""
    show_help_alone(context)
