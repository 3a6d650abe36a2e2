"""Commands for the life of models: last year's registrations maintained in a year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from db import Book
from db.life.maintaining import Candidate, candidates
from db.life.maintaining import maintain as maintain_in
from desktop.commands.help import command
from desktop.commands.manner import answer, on_book, opened, refuse
from resources import N_, _, ngettext

_WHY = {
    "stopped": N_("stopped or withdrawn"),
    "never_registered": N_("was never registered"),
    "ended": N_("the model has ended"),
    "no_longer_works": N_("a check found it no longer working"),
    "there_already": N_("registered already"),
}


@command("maintain", N_("Register last year's models again as maintained, as one entry."))
@on_book
@click.option("--year", type=click.IntRange(1900, 2100), required=True, help=N_("The year to register in."))
@click.option(
    "--model", "codes", multiple=True, metavar="CODE", help=N_("Only this model; may be given several times.")
)
@click.option("--dry-run", is_flag=True, help=N_("Only say what would land."))
def maintain(
    book_path: Path,
    year: int,
    codes: tuple[str, ...],
    dry_run: bool,
    password_env: str | None,
    as_json: bool,
) -> None:
    with opened(book_path, password_env, writable=not dry_run) as book:
        found = candidates(book, year)
        _refuse_unknown(codes, {str(one.model["code"]) for one in found}, year)
        wanted = [one for one in found if not codes or one.model["code"] in codes]
        chosen = [one for one in wanted if one.left_out is None]
        batch = "" if dry_run or not chosen else _register(book, year, chosen)
    left = [one for one in wanted if one.left_out is not None]
    told = {
        "year": year,
        "batch": batch or None,
        "maintained": [_told(one) for one in chosen],
        "left_out": [{**_told(one), "reason": one.left_out.value} for one in left if one.left_out],
    }
    answer(as_json, told, lambda: _lines(year, chosen, left, batch))


def _register(book: Book, year: int, chosen: list[Candidate]) -> str:
    today = book.now().date()
    day = today.isoformat() if today.year == year else None
    title = _("Maintained in {year}").format(year=year)
    with book.writing(book.account, title=title) as write:
        maintain_in(write, year, {one.id for one in chosen}, day)
    return write.batch.id


def _refuse_unknown(codes: tuple[str, ...], known: set[str], year: int) -> None:
    for code in codes:
        if code not in known:
            words = _("No model {code} was registered in {year}. Nothing was changed.")
            refuse(words.format(code=code, year=year - 1))


def _told(one: Candidate) -> dict[str, object]:
    return {"code": one.model["code"], "title": one.model["title"], "line": one.registration["line"]}


def _lines(year: int, chosen: list[Candidate], left: list[Candidate], batch: str) -> Iterator[str]:
    count = ngettext(
        "{n} registration maintained in {year}:", "{n} registrations maintained in {year}:", len(chosen)
    )
    yield count.format(n=len(chosen), year=year)
    yield from (f"    {one.model['code']}  {one.model['title']}" for one in chosen)
    for one in left:
        why = _(_WHY[one.left_out.value]) if one.left_out else ""
        yield f"– {one.model['code']}  {one.model['title']}: {why}"
    if batch:
        yield _("To take it back: danvan undo --batch {batch}").format(batch=batch)
    else:
        yield _("Nothing was written.")
