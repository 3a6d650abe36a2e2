"""Commands for units that change: renamed, merged, divided, dissolved on a day, one entry each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from db import Book
from db.choices import choices
from db.unit_changes import Successor, dissolve, divide, merge, rename
from db.writing import Writing
from desktop.commands.help import command
from desktop.commands.manner import DAY, answer, on_book, opened, refuse
from resources import N_, _

_KINDS = [choice.code for choice in choices("unit_kind")]
_ON = click.option(
    "--on", "on", type=DAY, required=True, help=N_("The first day on which it is so, written as 2025-07-01.")
)
_CODE = click.option("--new-code", required=True, metavar="CODE", help=N_("Code of the new unit."))
_NAME = click.option("--new-name", required=True, metavar="NAME", help=N_("Name of the new unit."))
_KIND = click.option(
    "--new-kind", type=click.Choice(_KINDS), help=N_("Kind of the new unit; otherwise as before.")
)
_PARENT = click.option(
    "--parent", metavar="CODE", help=N_("Code of the superior unit; otherwise the one there was.")
)
_DECISION = click.option("--decision", metavar="TEXT", help=N_("Number and day of the decision."))

Change = Callable[[Book, Writing], object]


def _unit(book: Book, code: str) -> str:
    found = book.find("org_unit", {"code": code})
    if not found:
        refuse(_("There is no unit {code} in this book.").format(code=code))
    return found[0].id


def _optional(book: Book, code: str | None) -> str | None:
    return _unit(book, code) if code else None


def _do(path: Path, password_env: str | None, as_json: bool, title: str, change: Change) -> None:
    with opened(path, password_env, writable=True) as book:
        with book.writing(book.account, title=title) as write:
            change(book, write)
        units = _units(book, {record for kind, record in write.changed if kind == "org_unit"})
    told: dict[str, Any] = {"batch": write.batch.id, "units": units}

    def lines() -> Iterator[str]:
        for one in units:
            yield "  ".join(str(value) for value in one.values() if value)
        yield _("To take it back: danvan undo --batch {batch}").format(batch=write.batch.id)

    answer(as_json, told, lines)


def _units(book: Book, ids: set[str]) -> list[dict[str, object]]:
    found = book.find("org_unit", {"id": sorted(ids)}, "code")
    return [{name: unit[name] for name in ("code", "name", "valid_from", "valid_to")} for unit in found]


@command("rename-unit", N_("Give a unit another name from a day on; before, it keeps the old one."))
@on_book
@click.argument("code", metavar="CODE")
@_CODE
@_NAME
@_ON
@_DECISION
def rename_unit(
    book_path: Path,
    code: str,
    new_code: str,
    new_name: str,
    on: date,
    decision: str | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    def change(book: Book, write: Writing) -> None:
        rename(write, _unit(book, code), Successor(new_code, new_name), on.isoformat(), decision)

    title = _("Unit renamed: {name}").format(name=new_name)
    _do(book_path, password_env, as_json, title, change)


@command("merge-units", N_("Several units become one on a day, a new one or one that goes on."))
@on_book
@click.argument("codes", metavar="CODE", nargs=-1, required=True)
@click.option("--into", metavar="CODE", help=N_("The unit that goes on and takes in the others."))
@click.option("--new-code", metavar="CODE", help=N_("Code of the new unit."))
@click.option("--new-name", metavar="NAME", help=N_("Name of the new unit."))
@_KIND
@_PARENT
@_ON
@_DECISION
def merge_units(
    book_path: Path,
    codes: tuple[str, ...],
    into: str | None,
    new_code: str | None,
    new_name: str | None,
    new_kind: str | None,
    parent: str | None,
    on: date,
    decision: str | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    def change(book: Book, write: Writing) -> None:
        olds = [_unit(book, code) for code in codes]
        merge(write, olds, target(book), on.isoformat(), decision)

    def target(book: Book) -> Successor | str:
        if into:
            return _unit(book, into)
        return Successor(str(new_code), str(new_name), new_kind, _optional(book, parent))

    if bool(into) == bool(new_code and new_name):
        refuse(_("Give the new unit with --new-code and --new-name, or one that goes on with --into."))
    _do(book_path, password_env, as_json, _("Units merged: {name}").format(name=new_name or into), change)


@command("divide-unit", N_("One unit becomes several on a day."))
@on_book
@click.argument("code", metavar="CODE")
@click.option(
    "--into", "parts", multiple=True, required=True, metavar="CODE=NAME",
    help=N_("Code and name of a new unit; given for each of them."),
)  # fmt: skip
@click.option(
    "--place", "places", multiple=True, metavar="CODE=CODE",
    help=N_("A unit below it and the new unit it comes under; given for each of them."),
)  # fmt: skip
@click.option(
    "--keeps-book", "keeper", metavar="CODE",
    help=N_("Where the unit of this book is divided: the new unit to which the book belongs from then on."),
)  # fmt: skip
@_ON
@_DECISION
def divide_unit(
    book_path: Path,
    code: str,
    parts: tuple[str, ...],
    places: tuple[str, ...],
    keeper: str | None,
    on: date,
    decision: str | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    def change(book: Book, write: Writing) -> None:
        into = [Successor(*_pair(part)) for part in parts]
        below = {_unit(book, group): new for group, new in map(_pair, places)}
        day, unit = on.isoformat(), _unit(book, code)
        divide(write, unit, into, day, below=below, keeper=keeper, decision=decision)

    _do(book_path, password_env, as_json, _("Unit divided: {name}").format(name=code), change)


def _pair(text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not (left.strip() and sign and right.strip()):
        refuse(_("{value} is no pair; write it as P1=P2.").format(value=text))
    return left.strip(), right.strip()


@command("dissolve-unit", N_("A level falls away on a day: those below it come under its superior."))
@on_book
@click.argument("code", metavar="CODE")
@_PARENT
@_ON
def dissolve_unit(
    book_path: Path, code: str, parent: str | None, on: date, password_env: str | None, as_json: bool
) -> None:
    def change(book: Book, write: Writing) -> None:
        dissolve(write, _unit(book, code), on.isoformat(), _optional(book, parent))

    _do(book_path, password_env, as_json, _("Unit dissolved: {name}").format(name=code), change)
