"""Makes a function that returns an Answer into a command of ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desk import PeakdeskError
from desk.i18n import LANGUAGES
from desk.load import is_in_store
from desk.load.folder import DESK_BELOW, SETTINGS_FILE
from planner.terminal.answer import Answer, deliver
from planner.terminal.failure import failure
from planner.terminal.session import Session
from planner.terminal.wording import WordedCommand
from planner.verdict import Exit

Work = Callable[..., Answer]


def command(name: str, of: click.Group | None = None) -> Callable[[Work], WordedCommand]:
    """Decorate ``work(session, **parameters) -> Answer`` as the command ``name``, of a group where one is given.

    Adds ``--json``, ``--lang`` and ``--debug``; turns every error into words and an exit code.
    """

    def decorated(work: Work) -> WordedCommand:
        @click.pass_obj
        def run(session: Session, /, json_file: str | None, **parameters: Any) -> int:
            lang = session.lang(_desk_in(parameters))
            answer = _attempt(work, session, parameters, lang)
            return _deliver(answer, name, json_file, answer.lang or lang)

        run.__doc__ = work.__doc__
        params = [*reversed(getattr(work, "__click_params__", [])), *_common()]
        key = name if of is None else f"{of.name}_{name}"
        made = WordedCommand(name, callback=run, params=params, help=f"planner.cli.command.{key}")
        if of is not None:
            of.add_command(made)
        return made

    return decorated


def option(*names: str, words: str | None = None, **settings: Any) -> Callable[[Work], Work]:
    """An option whose words stand in the catalogue under ``planner.cli.option.<name>``, or under ``words`` there."""
    key = words or names[-1].removeprefix("--").replace("-", "_")
    return click.option(*names, help=f"planner.cli.option.{key}", **settings)


class Place(click.ParamType[str | Path]):
    """A path, or the words that name a place in the store, which are none."""

    name = "place"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        """The path, or the words as they are."""
        return value if is_in_store(str(value)) else Path(value)


def existing(name: str, metavar: str) -> Callable[[Work], Work]:
    """The argument that names what the command reads; whether it is there, and right, the reader says. A desk may lie
    in the store."""
    return click.argument(name, metavar=metavar, type=Place() if name == "desk" else click.Path(path_type=Path))


def _attempt(work: Work, session: Session, parameters: dict[str, Any], lang: str) -> Answer:
    try:
        return work(session, **parameters)
    except (KeyboardInterrupt, Exception) as error:
        if session.debug and not isinstance(error, KeyboardInterrupt | PeakdeskError):
            raise
        return failure(error, lang)


def _deliver(answer: Answer, name: str, json_file: str | None, lang: str) -> int:
    lost = deliver(answer, name, json_file, lang)
    for finding in lost:
        click.echo(finding.line(lang), err=True)
    return Exit.BAD_INPUT if lost else answer.code


def language_option() -> click.Option:
    """``--lang``: read from the command line's words before anything else, declared here for help and checking."""
    choice = click.Choice(LANGUAGES)
    return click.Option(("--lang",), help="planner.cli.option.lang", type=choice, expose_value=False)


def _common() -> list[click.Parameter]:
    def made(*names: str, key: str, **settings: Any) -> click.Option:
        return click.Option(names, help=f"planner.cli.option.{key}", **settings)

    return [
        made("json_file", "--json", key="json", metavar="FILE", default=None),
        language_option(),
        made("--debug", key="debug", is_flag=True, expose_value=False),
    ]


def _desk_in(parameters: dict[str, Any]) -> Path | None:
    """The desk that the words name, or the copy of it in the output that they name."""
    desk, out = parameters.get("desk"), parameters.get("out") or next(iter(parameters.get("paths", ())), None)
    if isinstance(desk, Path):
        return desk if desk.is_file() or (desk / SETTINGS_FILE).is_file() else desk / DESK_BELOW
    return out / DESK_BELOW if isinstance(out, Path) else None
