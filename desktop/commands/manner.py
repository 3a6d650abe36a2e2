"""How every command behaves: options, one JSON object or plain lines, passwords, errors as one sentence."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from db import Book
from db.engine import storage_faults
from db.errors import BookTooOldError, WrongPasswordError
from db.personal import AUDIENCES, INTERNAL
from resources import LANGUAGES, N_, _

Command = TypeVar("Command", bound=Callable[..., Any])


class AnswerNo(Exception):
    """The command did its work and the answer is "no": exit code 1."""


class ClerkError(Exception):
    """Wrong usage or input; ``str(error)`` is the sentence."""


FILE = click.Path(path_type=Path)


class _Day(click.ParamType[date]):
    name = "date"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - the interface of the library
        ctx: click.Context | None,  # noqa: ARG002 - click hands it in
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise ClerkError(_("{value} is no date; write it as 2024-05-21.").format(value=value)) from None


DAY = _Day()
_JSON = "danvan.json"

# Options of several commands
PASSWORD_ENV = click.option(
    "--password-env",
    metavar="NAME",
    help=N_("Variable that holds the book's password; otherwise it is asked for."),
)
KEY_PASSWORD_ENV = click.option(
    "--sign-password-env",
    "key_password_env",
    metavar="NAME",
    help=N_("Variable that holds the password of the key file; otherwise it is asked for."),
)
PERIOD = click.option(
    "--period",
    required=True,
    metavar="PERIOD",
    help=N_(
        "2024, 2024-09, 2024Q3, 2024H1, 2024M9, 2009..2024, 2024-01-01..2024-05-21; with @nd09 behind it"
        " the cut-offs of State reports."
    ),
)
UNITS = click.option(
    "--units",
    type=click.Choice(["then", "today"]),
    default="then",
    help=N_("then: units as they stood on each day; today: their successors of today (then)."),
)
CUTOFF = click.option(
    "--cutoff", type=DAY, help=N_("Leave out what is dated after this day, written as 2024-05-21.")
)
AUDIENCE = click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=INTERNAL,
    help=N_("internal: all (so unless said); upper: no phones, addresses of persons; public: masked."),
)


def _as_json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    """``danvan --json papers`` asks for the same as ``danvan papers --json``."""
    asked = bool(value or ctx.meta.get(_JSON))
    ctx.meta[_JSON] = asked
    return asked


def common(command: Command) -> Command:
    """The options every command takes."""
    options = (
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            callback=_as_json,
            help=N_("One JSON object on standard output, messages on standard error."),
        ),
        click.option("--debug", is_flag=True, expose_value=False, help=N_("Show where an error happened.")),
        # Put into force before the words are read: complaints and help are spoken in it wherever it stands
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            is_eager=True,
            help=N_("Language of messages (vi)."),
        ),
    )
    return functools.reduce(lambda made, option: option(made), options, command)


def on_book(command: Command) -> Command:
    """The options of a command that opens a book."""
    return click.argument("book_path", metavar="BOOK", type=FILE)(common(PASSWORD_ENV(command)))


def password_from(variable: str | None, what: str, option: str = "--password-env") -> str:
    """A password from the environment variable, or typed at the terminal; never from an argument.

    ``option``: the one that names the variable.
    """
    if variable:
        if variable not in os.environ:
            raise ClerkError(_("The variable {name} with the password is not set.").format(name=variable))
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise ClerkError(_("A password is needed: name a variable with {option}.").format(option=option))
    typed: str = click.prompt(what, hide_input=True, err=True)
    return typed


def _opened(path: Path, password: str, *, writable: bool) -> Book:
    """The book; one of an older version is brought up to date first, also where it is only to be read."""
    try:
        return Book.open(path, password, writable=writable)
    except BookTooOldError:
        Book.open(path, password).close()
    words = _("The book was of an older version and is up to date now. A copy as it was lies beside it.")
    click.echo(words, err=True)
    return Book.open(path, password, writable=writable)


@contextmanager
def opened(path: Path, password_env: str | None, *, writable: bool) -> Iterator[Book]:
    """The book, closed again whatever happens."""
    password = password_from(password_env, _("Password of the book"))
    if not password:
        raise WrongPasswordError
    book = _opened(path, password, writable=writable)
    try:
        with storage_faults(path):
            yield book
    finally:
        book.close()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, Path)):
        return str(value)
    raise TypeError(type(value).__name__)


def answer(as_json: bool, data: dict[str, Any], lines: Callable[[], Iterator[str]]) -> None:
    """Print the result: the object, or the same in sentences."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, default=_plain))
    else:
        for line in lines():
            click.echo(line)


def content_of(file: Path) -> bytes:
    """A file that the clerk named. Raises ClerkError where it is a folder."""
    try:
        return file.read_bytes()
    except IsADirectoryError:
        refuse(_("{path} is a folder. Please name a file.").format(path=file))


def say(text: str) -> None:
    """A message beside the result, on standard error."""
    click.echo(text, err=True)


def refuse(text: str) -> NoReturn:
    """End with a sentence: wrong input."""
    raise ClerkError(text)
