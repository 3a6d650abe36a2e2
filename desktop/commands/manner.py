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
from db.errors import WrongPasswordError
from resources import LANGUAGES, _, use_language

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


def _language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        use_language(value)
        ctx.meta["danvan.lang"] = value


def common(command: Command) -> Command:
    """The options every command takes."""
    options = (
        click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output."),
        click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error."),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=_language,
            help="Language of messages (vi).",
        ),
    )
    return functools.reduce(lambda made, option: option(made), options, command)


def on_book(command: Command) -> Command:
    """The options of a command that opens a book."""
    made = click.option("--password-env", metavar="NAME", help="Variable that holds the book's password.")(
        command
    )
    return click.argument("book_path", metavar="BOOK", type=FILE)(common(made))


def password_from(variable: str | None, what: str) -> str:
    """A password from the environment variable, or typed at the terminal; never from an argument."""
    if variable:
        if variable not in os.environ:
            raise ClerkError(_("The variable {name} with the password is not set.").format(name=variable))
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise ClerkError(_("A password is needed: name a variable with --password-env."))
    typed: str = click.prompt(what, hide_input=True, err=True)
    return typed


@contextmanager
def opened(path: Path, password_env: str | None, *, writable: bool) -> Iterator[Book]:
    """The book, closed again whatever happens."""
    password = password_from(password_env, _("Password of the book"))
    if not password:
        raise WrongPasswordError
    book = Book.open(path, password, writable=writable)
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


def say(text: str) -> None:
    """A message beside the result, on standard error."""
    click.echo(text, err=True)


def refuse(text: str) -> NoReturn:
    """End with a sentence: wrong input."""
    raise ClerkError(text)
