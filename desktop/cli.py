"""The command line: `danvan COMMAND`, and the window when there is none."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence
from itertools import chain, pairwise

import click

import desktop
from desktop.commands import books, data, export, journal, life, papers, photos, signatures, templates, units
from desktop.commands.help import SpokenGroup, name_of
from desktop.commands.manner import AnswerNo, common
from desktop.errors import USAGE, describe
from resources import LANGUAGES, N_, _, use_language

log = logging.getLogger(__name__)


@click.group(
    cls=SpokenGroup,
    invoke_without_command=True,
    help=N_("Sổ Dân vận: an office's book of the movement “Dân vận khéo”. Without a command: the window."),
)
@common
@click.pass_context
def danvan(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is not None:
        return
    if as_json:
        raise click.UsageError("--json without a command", ctx)
    ctx.exit(desktop.open_window())


for _command in (
    books.new, books.check, books.backup, books.restore,
    data.demo, data.import_, data.figures, export.export, photos.photos_,
    papers.papers, papers.paper, templates.template, signatures.sign, signatures.verify,
    journal.undo, journal.redo, journal.history, journal.bin_, journal.conflicts, journal.search,
    life.maintain, units.rename_unit, units.merge_units, units.divide_unit, units.dissolve_unit,
):  # fmt: skip
    danvan.add_command(_command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 the answer is no, 2 wrong input, 3 fault of the PC."""
    words = sys.argv[1:] if arguments is None else arguments
    use_language(_language_of(words))
    try:
        danvan.main(words, prog_name="danvan", standalone_mode=False)
    except AnswerNo:
        return 1
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        click.echo(_wrong_usage(error), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(_("Stopped. What was not finished was taken back."), err=True)
        return USAGE
    except Exception as error:  # noqa: BLE001 - the one place that turns every error into a sentence
        return _tell(error, debug="--debug" in words)
    return 0


def _language_of(words: Sequence[str]) -> str:
    """Looked for before the words are understood: what is wrong with them is said in this language too."""
    after = (value for name, value in pairwise(words) if name == "--lang")
    joined = (word.removeprefix("--lang=") for word in words if word.startswith("--lang="))
    return next((value for value in chain(after, joined) if value in LANGUAGES), LANGUAGES[0])


def _wrong_usage(error: click.ClickException) -> str:
    """The library's complaint in our words, with what to do next."""
    match error:
        case click.MissingParameter():
            words = _("The command lacks {name}. Add it; --help lists what it takes.").format(
                name=_name(error)
            )
        case click.NoSuchOption():
            words = _("There is no option {name}; --help lists them.").format(name=error.option_name)
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            choices = ", ".join(map(str, error.param.type.choices))
            words = _("{name} must be one of: {choices}.").format(name=_name(error), choices=choices)
        case click.BadParameter() if error.param:
            words = _("The value of {name} cannot be used; --help tells what it takes.").format(
                name=_name(error)
            )
        case click.BadOptionUsage():
            words = _(
                "After {name} a value is missing, or there is one too many; --help tells what it takes."
            ).format(name=error.option_name)
        case click.UsageError() if error.ctx and error.ctx.parent:
            words = _("These words do not fit the command; {command} --help tells what it takes.").format(
                command=error.ctx.command_path
            )
        case _:
            words = _("This command is not right; danvan --help lists the commands.")
    return words


def _name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return name_of(error.param, error.ctx)


def _tell(error: Exception, *, debug: bool) -> int:
    text = describe(error)
    log.debug("command failed", exc_info=error)
    if debug:
        traceback.print_exception(error)
    click.echo(text.sentence, err=True)
    return text.code
