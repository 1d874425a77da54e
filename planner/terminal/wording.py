"""Click commands whose help and complaints come from the catalogues, in the session's language."""

from typing import Any

import click

from desk.i18n import catalogue, text
from planner.terminal.reason import reason
from planner.terminal.session import Session


def language(context: click.Context | None) -> str:
    """The language of the session that ``context`` belongs to."""
    session = context.find_root().obj if context is not None else None
    return session.lang() if isinstance(session, Session) else Session().lang()


class WordedCommand(click.Command):
    """A command whose ``help``, and its parameters' help, are catalogue keys."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, purpose, arguments and options, in the session's language."""
        lang = language(ctx)
        usage = text("planner.cli.usage", lang)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{usage} ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(str(self.help), lang))
        arguments = [param for param in self.get_params(ctx) if isinstance(param, click.Argument)]
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        _section(
            formatter, "arguments", [(one.make_metavar(ctx), argument_words(ctx, one, lang)) for one in arguments], lang
        )
        _section(formatter, "options", [(spelling(ctx, one), option_words(one, lang)) for one in options], lang)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of the words; where nothing may be left it is refused in the session's language."""
        lenient, ctx.allow_extra_args = ctx.allow_extra_args, True
        rest = super().parse_args(ctx, args)
        if rest and not lenient and not ctx.resilient_parsing:
            ctx.fail(text("planner.cli.too_many", language(ctx), words=" ".join(map(str, rest))))
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, worded."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "planner.cli.option.help"
        return option


class WordedGroup(click.Group, WordedCommand):
    """A group whose help is worded like its commands'."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of a command, then the list of the commands."""
        WordedCommand.format_help(self, ctx, formatter)
        lang = language(ctx)
        purposes = ((name, text(self.purpose(ctx, name), lang)) for name in self.list_commands(ctx))
        rows = [(name, _first_sentence(words)) for name, words in purposes]
        _section(formatter, "commands", rows, lang)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a user needs them."""
        return list(self.commands)

    def purpose(self, ctx: click.Context, cmd_name: str) -> str:
        """The catalogue key of what a command is for."""
        return str(self.commands[cmd_name].help)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called; an unknown one is refused in the session's language."""
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            ctx.fail(text("planner.cli.no_such_command", language(ctx), name=args[0], known=known))
        return super().resolve_command(ctx, args)


def show_help_alone(context: click.Context) -> None:
    """Print the help of a group that was called without a command."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def complaint(error: click.UsageError) -> str:
    """What is wrong with the words of the command line, in the session's language."""
    lang = language(error.ctx)
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter) and name:
        return text("planner.cli.missing", lang, name=name)
    if isinstance(error, click.NoSuchOption):
        return text("planner.cli.no_such_option", lang, name=error.option_name)
    if isinstance(error, click.BadParameter) and name:
        return text("planner.cli.bad_value", lang, name=name, reason=reason(error, lang))
    if isinstance(error, click.BadOptionUsage):
        return text("planner.cli.bad_option", lang, name=error.option_name)
    return error.format_message()


def _section(formatter: click.HelpFormatter, key: str, rows: list[tuple[str, str]], lang: str) -> None:
    if rows:
        with formatter.section(text(f"planner.cli.{key}", lang)):
            formatter.write_dl(rows)


def spelling(ctx: click.Context, option: click.Option) -> str:
    """How an option is written."""
    names = ", ".join(option.opts)
    return names if option.is_flag or option.count else f"{names} {option.make_metavar(ctx)}"


def option_words(option: click.Option, lang: str) -> str:
    """What an option does, and its default."""
    words = text(str(option.help), lang)
    return f"{words} {text('planner.cli.default', lang, value=option.default)}" if option.show_default else words


def argument_words(ctx: click.Context, argument: click.Parameter, lang: str) -> str:
    """What an argument names."""
    words: Any = catalogue(lang).get(f"planner.cli.argument.{ctx.command.name}.{argument.name}")
    return str(words or text(f"planner.cli.argument.{argument.name}", lang))


def _first_sentence(words: str) -> str:
    ends = [words.find(mark) for mark in (". ", "。")]
    found = [end for end in ends if end >= 0]
    return words[: min(found)].rstrip() if found else words.rstrip(".")
