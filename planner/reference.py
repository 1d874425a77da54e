"""The reference of the commands, made from the commands themselves: ``python -m planner.reference docs/reference``."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desk.i18n import LANGUAGES, text
from planner.cli import main as program
from planner.terminal.session import Session
from planner.terminal.wording import argument_words, option_words, spelling

_FILE = {"en": "commands.md", "zh": "commands.zh.md"}


def write_reference(folder: Path) -> None:
    """Write the reference in every language to ``folder``."""
    for lang in LANGUAGES:
        (folder / _FILE[lang]).write_text(reference(lang), encoding="utf-8")


def reference(lang: str) -> str:
    """The reference in ``lang`` as Markdown."""
    head = [f"# {text('planner.reference.title', lang)}", "", text("planner.reference.about", lang).strip(), ""]
    return "\n".join([*head, *_commands(program, lang)])


def _commands(group: click.Group, lang: str, parent: str = "peakdesk") -> Iterator[str]:
    own = click.Context(group)
    named = ((name, group.get_command(own, name)) for name in group.list_commands(own))
    for name, command in ((name, command) for name, command in named if command is not None):
        context = click.Context(command, info_name=f"{parent} {name}", obj=Session(asked=lang))
        if isinstance(command, click.Group):
            yield from _commands(command, lang, f"{parent} {name}")
        else:
            yield from _section(context, lang)


def _section(context: click.Context, lang: str) -> Iterator[str]:
    command = context.command
    usage = " ".join([str(context.info_name), *command.collect_usage_pieces(context)])
    yield from (f"## {context.info_name}", "", text(str(command.help), lang), "", f"`{usage}`", "")
    parameters = command.get_params(context)
    yield from (f"| | {text('planner.reference.meaning', lang)} |", "| --- | --- |")
    for parameter in parameters:
        if isinstance(parameter, click.Option):
            yield _row(spelling(context, parameter), option_words(parameter, lang))
        else:
            yield _row(parameter.make_metavar(context), argument_words(context, parameter, lang))
    yield ""


def _row(name: str, words: str) -> str:
    escaped = name.replace("|", "\\|")
    return f"| `{escaped}` | {words} |"


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]))
