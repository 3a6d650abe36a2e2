"""Commands for the book itself: new, check, backup, restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

import forms
from db import Book, NewUnit, Record
from db.backup import back_up
from db.backup import restore as put_back
from db.check import Problem, check_keys
from db.check import check as check_book
from db.choices import choices
from desktop.commands.manner import FILE, AnswerNo, answer, common, on_book, opened, password_from
from resources import _

UNIT_KINDS = [choice.code for choice in choices("unit_kind")]


@click.command()
@click.argument("book_path", metavar="BOOK", type=FILE)
@click.option("--unit-code", required=True)
@click.option("--unit-name", required=True)
@click.option("--unit-kind", required=True, type=click.Choice(UNIT_KINDS))
@click.option("--password-env", metavar="NAME")
@common
def new(
    book_path: Path, unit_code: str, unit_name: str, unit_kind: str, password_env: str | None, as_json: bool
) -> None:
    """Make a book for one office."""
    password = password_from(password_env, _("Password of the new book"))
    book, sheet = Book.create(book_path, password, NewUnit(unit_code, unit_name, unit_kind))
    book.close()
    file = forms.write_sheet(sheet, book_path)

    def lines() -> Iterator[str]:
        yield _("The book is {path}.").format(path=book_path)
        yield _("Print the recovery sheet {path} and keep it in a safe.").format(path=file)

    answer(as_json, {"book": str(book_path), "recovery_sheet": str(file)}, lines)


def _tell(problems: list[Problem]) -> dict[str, object]:
    return {
        "ok": not any(problem.grave for problem in problems),
        "problems": [{"code": problem.code, "message": problem.message} for problem in problems],
    }


def _outdated(paper: Record) -> Problem:
    return Problem(
        "paper_outdated",
        _("The figures of the paper “{title}” ({file}) have changed since it was issued.").format(
            title=paper.title, file=paper["file_name"]
        ),
        grave=False,
    )


def _finish(as_json: bool, problems: list[Problem], extra: dict[str, object], good: str) -> None:
    def lines() -> Iterator[str]:
        yield from (problem.message for problem in problems)
        if not any(problem.grave for problem in problems):
            yield good

    answer(as_json, {**_tell(problems), **extra}, lines)
    if any(problem.grave for problem in problems):
        raise AnswerNo


@click.command()
@on_book
def check(book_path: Path, password_env: str | None, as_json: bool) -> None:
    """Look whether the book is whole."""
    with opened(book_path, password_env, writable=False) as book:
        problems = [*check_book(book), *check_keys(book)]
        if not any(problem.grave for problem in problems):
            problems.extend(map(_outdated, forms.outdated_papers(book)))
    _finish(as_json, problems, {}, _("The book is whole."))


@click.command()
@on_book
@click.option("--to", "folder", type=FILE)
def backup(book_path: Path, folder: Path | None, password_env: str | None, as_json: bool) -> None:
    """Make a copy, open it, check it and compare it."""
    with opened(book_path, password_env, writable=False) as book:
        made = back_up(book, folder)
    good = _("The backup {path} was opened and checked.").format(path=made.path)
    _finish(as_json, [], {"file": str(made.path), "digest": made.digest}, good)


@click.command()
@click.argument("backup_path", metavar="BACKUP", type=FILE)
@click.option("--to", "target", type=FILE, required=True)
@click.option("--password-env", metavar="NAME")
@common
def restore(backup_path: Path, target: Path, password_env: str | None, as_json: bool) -> None:
    """Put a backup back under a new name."""
    password = password_from(password_env, _("Password of the book"))
    problems = put_back(backup_path, password, target)
    _finish(
        as_json, problems, {"book": str(target)}, _("The book was restored to {path}.").format(path=target)
    )
