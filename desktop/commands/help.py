"""`--help` in the language in force: the layout is click's, the words are ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from resources import N_, _

Made = Callable[[Callable[..., Any]], click.Command]

# What stands for a value: our own names, and those that click gives to the types it knows
_STANDS_FOR: Final = (
    N_("BOOK"), N_("FILE"), N_("NAME"), N_("RECORD"), N_("BACKUP"), N_("KIND"), N_("TEXT"), N_("PATH"),
    N_("DATE"), N_("NUMBER"), N_("CODE"), N_("PERIOD"), N_("YEARS"), N_("ID"), N_("ACTION"),
    N_("CODE=NAME"), N_("CODE=CODE"),
)  # fmt: skip
_OF_CLICK: Final = {"INTEGER": "NUMBER", "INTEGER RANGE": "NUMBER"}
_EVERYWHERE: Final = ("--json", "--lang", "--debug", "--help")


def _said(text: str | None) -> str:
    return _(text) if text else ""


def stands_for(param: click.Parameter, ctx: click.Context) -> str:
    """What stands for the value of an option or argument: ``BOOK``, ``TEXT``, ``[then|today]``."""
    name = param.metavar or param.make_metavar(ctx)
    if name.startswith("["):
        return name
    return _(_OF_CLICK.get(name, name))


def name_of(param: click.Parameter, ctx: click.Context) -> str:
    """How a clerk knows an option or argument: ``--period``, ``BOOK``."""
    return stands_for(param, ctx) if isinstance(param, click.Argument) else param.opts[0]


class Spoken(click.Command):
    """A command whose ``help``, and that of its options, is English to be translated."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        arguments = (param for param in self.params if isinstance(param, click.Argument))
        pieces = [_("[OPTIONS]"), *(_in_usage(argument, ctx) for argument in arguments)]
        if isinstance(self, click.Group):
            pieces.append(_("COMMAND …"))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_said(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its own options, then those that every command takes."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        options.sort(key=_place)
        with formatter.section(_("Options")):
            formatter.write_dl([(_spelled(option, ctx), _explained(option)) for option in options])


def _in_usage(argument: click.Argument, ctx: click.Context) -> str:
    name = stands_for(argument, ctx)
    return name if argument.required else f"[{name}]"


def _place(option: click.Option) -> int:
    return _EVERYWHERE.index(option.opts[0]) if option.opts[0] in _EVERYWHERE else -1


def _spelled(option: click.Option, ctx: click.Context) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {stands_for(option, ctx)}"


def _explained(option: click.Option) -> str:
    if option.opts[0] == "--help":
        return _("Show this help.")
    words = _said(option.help)
    return _("{words} (needed)").format(words=words) if option.required else words


class SpokenGroup(Spoken, click.Group):
    """The program itself: after its options come its commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _said(self.commands[name].help)) for name in self.list_commands(ctx)])


def command(name: str, help_text: str) -> Made:
    """Make a command of a function; ``help_text`` is marked with ``N_``."""
    return click.command(name, cls=Spoken, help=help_text)
