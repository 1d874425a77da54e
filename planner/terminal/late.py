"""A group whose commands are imported when they are called: no call pays for what it does not use."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from planner.terminal.wording import WordedGroup


class LateGroup(WordedGroup):
    """A group of the commands in ``places``.

    Parameters
    ----------
    places : name of a command -> ``module:name``, where it is.
    """

    def __init__(self, *words: Any, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a user needs them."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; None where there is none."""
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def purpose(self, ctx: click.Context, cmd_name: str) -> str:
        """The catalogue key of what a command is for, without importing it."""
        return f"planner.cli.command.{cmd_name}"
