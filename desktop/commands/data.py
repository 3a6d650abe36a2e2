"""Commands for what goes in and what is counted: demo, import, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

import forms
from db import Book, NewUnit
from db import demo as demo_book
from db.figures import Asked, compute, compute_by_unit, load
from db.numbers import show_number, to_stored
from db.periods import parse_period
from desktop.commands.manner import (
    DAY,
    FILE,
    AnswerNo,
    answer,
    common,
    on_book,
    opened,
    password_from,
    refuse,
    say,
)
from forms import signing, spreadsheets
from resources import _

PRACTICE_PASSWORD = "thu-nghiem-2026"  # noqa: S105 - opens practice certificates only, and is printed
DEMO_PASSWORD = "danvan-thu-2026"  # noqa: S105 - a demo book of invented people; the command prints it


def _years(text: str) -> tuple[int, int]:
    first, _dash, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()) or int(first) > int(last or first):
        refuse(_("{value} are no years; write them as 2024-2026.").format(value=text))
    return int(first), int(last or first)


@click.command()
@click.argument("book_path", metavar="BOOK", type=FILE)
@click.option("--models", type=click.IntRange(1, 200_000), default=60)
@click.option("--years", default="2024-2026")
@click.option("--seed", type=int, default=1)
@click.option("--password-env", metavar="NAME", help="Variable with the password; otherwise the demo's own.")
@common
def demo(
    book_path: Path, models: int, years: str, seed: int, password_env: str | None, as_json: bool
) -> None:
    """Make a demo book of invented people, with a practice certificate."""
    first_and_last = _years(years)
    password = password_from(password_env, "") if password_env else DEMO_PASSWORD
    office = demo_book.material()["office"]
    unit = NewUnit(office["code"], office["name"], office["kind"])
    book, sheet = Book.create(book_path, password, unit)
    with book:
        demo_book.fill(book, models=models, years=first_and_last, seed=seed)
        files = _practice(book_path.parent, office["signatory"]["full_name"], office["name"], book.now())
    forms.write_sheet(sheet, book_path)
    made = {
        "book": str(book_path),
        "password": password,
        "p12": str(files.p12),
        "p12_password": PRACTICE_PASSWORD,
        "root": str(files.root),
        "crl": str(files.crl),
    }
    answer(as_json, made, lambda: (f"{name}: {value}" for name, value in made.items()))


def _practice(folder: Path, signer: str, organisation: str, now: datetime) -> signing.PracticeFiles:
    # In force a day earlier already: a clock that is a little behind must not spoil the demo.
    made = signing.make_practice(signer, organisation, PRACTICE_PASSWORD, now - timedelta(days=1))
    return signing.write_practice(made, folder)


@click.command(name="import")
@on_book
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would land.")
@click.option("--accept-good", is_flag=True, help="Land the good rows even if some are refused.")
@click.option("--overwrite", is_flag=True, help="Also replace what was changed by hand since.")
def import_(
    book_path: Path,
    file: Path,
    dry_run: bool,
    accept_good: bool,
    overwrite: bool,
    password_env: str | None,
    as_json: bool,
) -> None:
    """Take a workbook (.xlsx) or one sheet of it (.csv) into the book, as one batch."""
    workbook = spreadsheets.read_workbook(file)
    with opened(book_path, password_env, writable=not dry_run) as book:
        plan = spreadsheets.plan(workbook, book, book.now().date())
        if dry_run:
            result = plan.preview(overwrite=overwrite)
        else:
            result = spreadsheets.land(plan, book, book.account, accept_good=accept_good, overwrite=overwrite)
    answer(as_json, result.as_json(), lambda: _import_lines(result, dry_run=dry_run))
    if result.refused:
        raise AnswerNo


def _import_lines(result: spreadsheets.ImportResult, *, dry_run: bool) -> Iterator[str]:
    for title, counts in (
        (_("new"), result.accepted),
        (_("changed"), result.updated),
        (_("unchanged"), result.unchanged),
    ):
        if counts:
            yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.items())
    for finding in result.refused:
        place = f"{finding.sheet}, {finding.column} {finding.row or ''}".strip()
        yield _("refused: {place}: {value}: {reason}").format(
            place=place, value=finding.value, reason=finding.reason
        )
    for finding in result.warnings:
        say(f"{finding.sheet} {finding.row or ''}: {finding.reason}")
    if result.landed and not result.batch:
        yield _("The book holds all of this already; nothing was changed.")
    elif result.landed:
        yield _("Everything is in the book. To take it back: danvan undo --batch {batch}").format(
            batch=result.batch
        )
    elif not dry_run:
        yield _("Nothing was taken into the book.")


def unit_named(book: Book, code: str | None) -> str:
    """Id of the unit with this code, the book's own without one. Raises ClerkError."""
    found = book.find("org_unit", {"code": code}) if code else []
    if code and not found:
        refuse(_("There is no unit {code} in this book.").format(code=code))
    return found[0].id if found else book.own_unit()


@click.command()
@on_book
@click.option("--period", required=True, help="2024, 2024-09, 2024Q3, 2024H1, 2024M9, 2009..2024 ...")
@click.option("--unit", help="Code of a unit; otherwise the book's own and all below.")
@click.option("--by-unit", is_flag=True)
@click.option("--units", type=click.Choice(["then", "today"]), default="then")
@click.option("--cutoff", type=DAY)
def figures(
    book_path: Path,
    period: str,
    unit: str | None,
    by_unit: bool,
    units: str,
    cutoff: date | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    """Count and add up a period."""
    with opened(book_path, password_env, writable=False) as book:
        span = parse_period(period)
        asked = Asked(span.start, span.end, span.label, unit_named(book, unit), units, cutoff)
        facts = load(book)
    result = compute(facts, asked)
    if by_unit:
        result["by_unit"] = compute_by_unit(facts, asked)
    answer(as_json, result, lambda: figure_lines(result))


def figure_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The chief figures in sentences."""
    models, money = result["models"], result["contributions"]

    def shown(value: Any) -> str:
        return _("not stated") if value is None else show_number(to_stored(Decimal(str(value))))

    yield f"{result['period']['label']} ({result['period']['from']} – {result['period']['to']})"
    yield _("Models registered: {value}").format(value=shown(models["registered"]))
    for subject, value in models["by_subject"].items():
        yield f"    {subject}: {shown(value)}"
    for field, value in models["by_field"].items():
        yield f"    {field}: {shown(value)}"
    yield _("Socialised funding (đồng): {value}").format(value=shown(money["socialised_vnd"]))
    yield _("Labour days: {value}").format(value=shown(money["labour_days"]))
    for one in result["recognition"]:
        words = ", ".join(str(one[name]) for name in ("status", "form", "level", "recipient_type"))
        yield f"    {words}: {shown(one['value'])}"
    for problem in result["problems"]:
        yield f"! {problem['message']}"


__all__ = ["demo", "figure_lines", "figures", "import_", "unit_named"]
