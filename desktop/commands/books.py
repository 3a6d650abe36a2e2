"""Commands for the book itself: new, check, backup, restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

import forms
from db import Book, NewUnit, photos
from db.backup import back_up
from db.backup import restore as put_back
from db.check import Problem, check_keys, check_sums
from db.check import check as check_book
from db.choices import choices
from db.consents import outdated_by_consent
from desktop.commands.help import command
from desktop.commands.manner import (
    FILE,
    PASSWORD_ENV,
    AnswerNo,
    answer,
    common,
    on_book,
    opened,
    password_from,
    refuse,
)
from resources import N_, _, ngettext

UNIT_KINDS = [choice.code for choice in choices("unit_kind")]


@command("new", N_("Make a book for one office."))
@click.argument("book_path", metavar="BOOK", type=FILE)
@click.option("--unit-code", required=True, metavar="CODE", help=N_("Code of the office."))
@click.option("--unit-name", required=True, metavar="NAME", help=N_("Name of the office."))
@click.option("--unit-kind", required=True, type=click.Choice(UNIT_KINDS), help=N_("Kind of the office."))
@PASSWORD_ENV
@common
def new(
    book_path: Path, unit_code: str, unit_name: str, unit_kind: str, password_env: str | None, as_json: bool
) -> None:
    if not unit_code.strip() or not unit_name.strip():
        refuse(_("The office needs a code and a name that are not empty."))
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


def _outdated(book: Book) -> Iterator[Problem]:
    withdrawn = outdated_by_consent(book, book.now().date().isoformat())
    for paper in forms.outdated_papers(book):
        code, words = (
            "paper_outdated",
            _("The figures of the paper “{title}” ({file}) have changed since it was issued."),
        )
        if paper.id in withdrawn:
            code, words = (
                "paper_consent_withdrawn",
                _(
                    "The paper “{title}” ({file}) is outdated: somebody whom it shows no longer agrees. "
                    "Take it down and write it anew."
                ),
            )
        yield Problem(code, words.format(title=paper.title, file=paper["file_name"]), grave=False)


def _finish(as_json: bool, problems: list[Problem], extra: dict[str, object], good: str) -> None:
    def lines() -> Iterator[str]:
        yield from (problem.message for problem in problems)
        if not any(problem.grave for problem in problems):
            yield good

    answer(as_json, {**_tell(problems), **extra}, lines)
    if any(problem.grave for problem in problems):
        raise AnswerNo


@command("check", N_("Look whether the book is whole."))
@on_book
def check(book_path: Path, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=False) as book:
        problems = [*check_book(book), *check_keys(book), *photos.check_photos(book), *check_sums(book)]
        if not any(problem.grave for problem in problems):
            problems.extend(_outdated(book))
    _finish(as_json, problems, {}, _("The book is whole."))


def _not_copied(count: int) -> Problem:
    words = ngettext(
        "The file of {count} photo is missing or damaged and is not in the backup; “check” names it.",
        "The files of {count} photos are missing or damaged and are not in the backup; “check” names them.",
        count,
    )
    return Problem("photos_not_copied", words.format(count=count), grave=False)


@command("backup", N_("Make a copy of the book, open it, check it and compare it."))
@on_book
@click.option("--to", "folder", type=FILE, help=N_("Folder for the copy; otherwise the usual one."))
def backup(book_path: Path, folder: Path | None, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=False) as book:
        made = back_up(book, folder)
    good = _("The backup {path} was opened and checked.").format(path=made.path)
    lost = [_not_copied(made.photos_lost)] if made.photos_lost else []
    _finish(as_json, lost, {"file": str(made.path), "digest": made.digest}, good)


@command("restore", N_("Put a backup back under a new name."))
@click.argument("backup_path", metavar="BACKUP", type=FILE)
@click.option("--to", "target", type=FILE, required=True, help=N_("Where the restored book is to be."))
@PASSWORD_ENV
@common
def restore(backup_path: Path, target: Path, password_env: str | None, as_json: bool) -> None:
    password = password_from(password_env, _("Password of the book"))
    problems = put_back(backup_path, password, target)
    _finish(
        as_json, problems, {"book": str(target)}, _("The book was restored to {path}.").format(path=target)
    )
