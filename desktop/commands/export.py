"""Command for the whole book as a workbook, and the option that tells how old text of a list is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from db import RECORD_TYPES
from desktop.commands.help import command
from desktop.commands.manner import AUDIENCE, FILE, AnswerNo, Command, answer, on_book, opened, refuse, say
from forms import spreadsheets
from forms.audience import veil_of
from resources import N_, _, ngettext

_ENDING = ".xlsx"
_ENCODINGS = ("unicode", "tcvn3", "vni")
_NAMES = {"unicode": "Unicode", "tcvn3": "TCVN3 (ABC)", "vni": "VNI", "nfd": "Unicode tổ hợp"}


def _chosen(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        column, _sign, encoding = value.rpartition("=")
        if not column or encoding.lower() not in _ENCODINGS:
            words = _(
                "{value} names no column and encoding; write it as COLUMN=tcvn3, COLUMN=vni or "
                "COLUMN=unicode."
            )
            refuse(words.format(value=value))
        found[column] = encoding.lower()
    return found


ENCODING: Callable[[Command], Command] = click.option(
    "--encoding",
    "encodings",
    metavar="COLUMN=…",
    multiple=True,
    callback=_chosen,
    help=N_("How a column is written, where it is not recognised: COLUMN=tcvn3, =vni or =unicode."),
)


def tell_old_columns(columns: Sequence[spreadsheets.ColumnText]) -> None:
    """Say which columns were in an old encoding, each with a sample."""
    for one in columns:
        before, after = one.samples[0] if one.samples else ("", "")
        place = {"sheet": one.sheet, "column": one.column, "before": before, "after": after}
        place["likely"] = one.likely
        if one.encoding == "mixed":
            text = _(
                "{sheet}, {column}: some cells are in an old encoding, others are not ({before} would be "
                "{after}). Say which it is: --encoding “{column}={likely}”."
            )
        else:
            text = _("{sheet}, {column}: read as {encoding}, {before} is {after}.")
        say(text.format(encoding=_NAMES.get(one.encoding, ""), **place))


@command("export", N_("Write the whole book to a workbook (.xlsx) that can be imported again."))
@on_book
@click.option("--out", "target", type=FILE, required=True, help=N_("The file to be written (.xlsx)."))
@AUDIENCE
def export(
    book_path: Path, target: Path, audience: str, password_env: str | None, as_json: bool
) -> None:
    if target.suffix.lower() != _ENDING:
        refuse(_("A book is written as .xlsx; {name} has another ending.").format(name=target.name))
    if not target.parent.is_dir() or target.is_dir():
        refuse(_("{path} cannot be written: name a file in a folder that is there.").format(path=target))
    with opened(book_path, password_env, writable=False) as book:
        made = spreadsheets.export_book(book, target, veil=veil_of(book, audience))
    answer(as_json, made.as_json(), lambda: _lines(made))
    if made.problems:
        raise AnswerNo


def _lines(made: spreadsheets.Exported) -> Iterator[str]:
    yield " · ".join(f"{title} {count}" for title, count in made.rows.items() if count)
    yield from (f"! {problem}" for problem in made.problems)
    yield from (f"! {remark}" for remark in made.remarks)
    yield from left_out_lines(made)
    yield _("The book is in {path}. Keep this file safe: unlike the book it has no password.").format(
        path=made.file
    )


def left_out_lines(made: spreadsheets.Exported) -> Iterator[str]:
    """What does not travel in a workbook."""
    for name, count in made.left_out.items():
        kind = _(RECORD_TYPES[name].label)
        yield ngettext(
            "{count} record does not travel in a workbook ({kind}); it stays in the book.",
            "{count} records do not travel in a workbook ({kind}); they stay in the book.",
            count,
        ).format(count=count, kind=kind)
