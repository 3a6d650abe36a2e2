"""The command line: `danvan COMMAND`, and the window when there is none."""

from __future__ import annotations

import logging
import sys
import traceback

import click

import desktop
from desktop.commands import books, data, journal, papers, signatures
from desktop.commands.manner import AnswerNo, common
from desktop.errors import USAGE, describe
from resources import _

log = logging.getLogger(__name__)


@click.group(invoke_without_command=True)
@common
@click.pass_context
def danvan(ctx: click.Context, as_json: bool) -> None:
    """Sổ Dân vận: the book of the movement "Dân vận khéo" of an office."""
    if ctx.invoked_subcommand is None and not as_json:
        ctx.exit(desktop.open_window())


for _command in (
    books.new, books.check, books.backup, books.restore,
    data.demo, data.import_, data.figures, papers.papers, papers.paper, signatures.sign, signatures.verify,
    journal.undo, journal.redo, journal.history, journal.bin_, journal.conflicts, journal.search,
):  # fmt: skip
    danvan.add_command(_command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 the answer is no, 2 wrong input, 3 fault of the PC."""
    words = sys.argv[1:] if arguments is None else arguments
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


def _wrong_usage(error: click.ClickException) -> str:
    """The library's complaint in our words, with what to do next."""
    match error:
        case click.MissingParameter():
            name = error.param.opts[0] if error.param else str(error.param_hint)
            words = _("The command lacks {name}. Add it; --help lists what it takes.").format(name=name)
        case click.NoSuchOption():
            words = _("There is no option {name}; --help lists them.").format(name=error.option_name)
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            choices = ", ".join(map(str, error.param.type.choices))
            words = _("{name} must be one of: {choices}.").format(name=error.param.opts[0], choices=choices)
        case click.BadParameter() if error.param:
            words = _("The value of {name} cannot be used; --help tells what it takes.").format(
                name=error.param.opts[0]
            )
        case _:
            words = _("This command is not right; danvan --help lists the commands.")
    return words


def _tell(error: Exception, *, debug: bool) -> int:
    text = describe(error)
    log.debug("command failed", exc_info=error)
    if debug:
        traceback.print_exception(error)
    click.echo(text.sentence, err=True)
    return text.code
