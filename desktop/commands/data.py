"""Commands for what goes in and what is counted: demo, import, figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

import forms
from db import Book, NewUnit, demo_units
from db import demo as demo_book
from db.choices import label
from db.figures import Asked, compute, compute_by_unit
from db.numbers import show_number, to_stored
from db.periods import parse_period
from db.sums.asking import facts_for
from db.sums.keeping import make
from desktop.commands.export import ENCODING, tell_old_columns
from desktop.commands.help import command
from desktop.commands.manner import (
    CUTOFF,
    FILE,
    PERIOD,
    UNITS,
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
from resources import N_, _

PRACTICE_PASSWORD = "thu-nghiem-2026"  # noqa: S105 - opens practice certificates only, and is printed
DEMO_PASSWORD = "danvan-thu-2026"  # noqa: S105 - a demo book of invented people; the command prints it


def _years(text: str) -> tuple[int, int]:
    first, _dash, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()) or int(first) > int(last or first):
        refuse(_("{value} are no years; write them as 2024-2026.").format(value=text))
    return int(first), int(last or first)


@command("demo", N_("Make a demo book of invented people, with a practice certificate."))
@click.argument("book_path", metavar="BOOK", type=FILE)
@click.option("--models", type=click.IntRange(1, 200_000), default=60, help=N_("How many models (60)."))
@click.option(
    "--years", metavar="YEARS", default="2024-2026", help=N_("From which year to which (2024-2026).")
)
@click.option("--seed", type=int, default=1, help=N_("The same number makes the same book (1)."))
@click.option(
    "--with-units",
    "shape",
    type=click.Choice(demo_units.SHAPES),
    help=N_("A city in which three wards become one on 1 July 2025: with a district above them, or without."),
)
@click.option(
    "--password-env", metavar="NAME", help=N_("Variable that holds the password; otherwise the demo's own.")
)
@common
def demo(
    book_path: Path,
    models: int,
    years: str,
    seed: int,
    shape: str | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    first_and_last = _years(years)
    password = password_from(password_env, "") if password_env else DEMO_PASSWORD
    place = demo_units.place_of_change(shape) if shape else demo_book.usual_place()
    office = place.office
    unit = NewUnit(office["code"], office["name"], office["kind"])
    book, sheet = Book.create(book_path, password, unit)
    with book:
        demo_book.fill(book, models=models, years=first_and_last, seed=seed, place=place)
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


@command("import", N_("Take a workbook (.xlsx) or one sheet of it (.csv) into the book, as one batch."))
@on_book
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--dry-run", is_flag=True, help=N_("Only say what would land."))
@click.option("--accept-good", is_flag=True, help=N_("Land the good rows even if some are refused."))
@click.option("--overwrite", is_flag=True, help=N_("Also replace what was changed by hand since."))
@ENCODING
def import_(
    book_path: Path,
    file: Path,
    dry_run: bool,
    accept_good: bool,
    overwrite: bool,
    encodings: dict[str, str],
    password_env: str | None,
    as_json: bool,
) -> None:
    workbook = spreadsheets.read_workbook(file, encodings)
    tell_old_columns(workbook.old_columns)
    with opened(book_path, password_env, writable=not dry_run) as book:
        plan = spreadsheets.plan(workbook, book, book.now().date())
        if dry_run:
            result = plan.preview(overwrite=overwrite)
        else:
            result = spreadsheets.land(plan, book, book.account, accept_good=accept_good, overwrite=overwrite)
    data = {**result.as_json(), "encodings": [one.as_json() for one in workbook.old_columns]}
    answer(as_json, data, lambda: _import_lines(result, dry_run=dry_run))
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
        yield _("refused: {place}: {reason}").format(place=_place(finding), reason=finding.reason)
    for finding in result.warnings:
        say(f"{_place(finding)}: {finding.reason}")
    if result.landed and not result.batch:
        yield _("The book holds all of this already; nothing was changed.")
    elif result.landed:
        yield _("Everything is in the book. To take it back: danvan undo --batch {batch}").format(
            batch=result.batch
        )
    elif not dry_run:
        yield _("Nothing was taken into the book.")


def _place(finding: spreadsheets.Finding) -> str:
    """Where in the file: sheet, row, column and what stands there, as far as they are known."""
    row = _("row {row}").format(row=finding.row) if finding.row else ""
    value = f"“{finding.value}”" if finding.value else ""
    return ", ".join(filter(None, (finding.sheet, row, finding.column, value))) or _("the file")


def unit_named(book: Book, code: str | None) -> str:
    """Id of the unit with this code, the book's own without one. Raises ClerkError."""
    found = book.find("org_unit", {"code": code}) if code else []
    if code and not found:
        refuse(_("There is no unit {code} in this book.").format(code=code))
    return found[0].id if found else book.own_unit()


@command("figures", N_("Count and add up a period."))
@on_book
@PERIOD
@click.option("--unit", metavar="CODE", help=N_("Code of a unit; otherwise the book's own and all below."))
@click.option("--by-unit", is_flag=True, help=N_("Also the figures of every unit below."))
@UNITS
@CUTOFF
@click.option(
    "--keep",
    type=click.Choice(("due", "all")),
    help=N_("First keep sums in the book, those that are due or all anew: long periods then answer at once."),
)
def figures(
    book_path: Path,
    period: str,
    unit: str | None,
    by_unit: bool,
    units: str,
    cutoff: date | None,
    keep: str | None,
    password_env: str | None,
    as_json: bool,
) -> None:
    with opened(book_path, password_env, writable=keep is not None) as book:
        if keep:
            make(book, anew=keep == "all")
        span = parse_period(period)
        asked = Asked(span.start, span.end, span.label, unit_named(book, unit), units, cutoff)
        facts = facts_for(book, asked, by_unit=by_unit)
    result = compute(facts, asked)
    if by_unit:
        result["by_unit"] = compute_by_unit(facts, asked)
    answer(as_json, result, lambda: figure_lines(result))


# Fields of a recognition and the lists that have the words for them
_RECOGNISED = {
    "status": "recognition_status",
    "form": "recognition_form",
    "level": "level",
    "recipient_type": "recipient_type",
}


def figure_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The chief figures in sentences."""
    models, money = result["models"], result["contributions"]

    def shown(value: Any) -> str:
        return _("not stated") if value is None else show_number(to_stored(Decimal(str(value))))

    yield f"{result['period']['label']} ({result['period']['from']} – {result['period']['to']})"
    yield _("Models registered: {value}").format(value=shown(models["registered"]))
    for subject, value in models["by_subject"].items():
        yield f"    {label('subject_type', subject)}: {shown(value)}"
    for field, value in models["by_field"].items():
        yield f"    {label('field', field)}: {shown(value)}"
    yield _("Socialised funding (đồng): {value}").format(value=shown(money["socialised_vnd"]))
    yield _("Labour days: {value}").format(value=shown(money["labour_days"]))
    for one in result["recognition"]:
        words = (label(name, one[field]) for field, name in _RECOGNISED.items() if one[field])
        yield f"    {', '.join(words)}: {shown(one['value'])}"
    for unit in result.get("by_unit", ()):
        yield f"    {unit['name']}: {shown(unit['figures']['models']['registered'])}"
    for problem in result["problems"]:
        yield f"! {problem['message']}"


__all__ = ["demo", "figure_lines", "figures", "import_", "unit_named"]
