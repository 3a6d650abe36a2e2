"""The command for an office's own templates of papers."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

import forms
from desktop.commands.help import command
from desktop.commands.manner import FILE, answer, on_book, opened, refuse
from resources import N_, _


@command("template", N_("The template of a paper: save its two files, use changed ones or the shipped."))
@on_book
@click.argument("kind", metavar="KIND")
@click.option("--save", "save_to", type=FILE, help=N_("Write the two files to this folder, to change them."))
@click.option("--use", "use_from", type=FILE, help=N_("Use the two files of this folder from now on."))
@click.option("--shipped", is_flag=True, help=N_("Use the shipped template again."))
def template(
    book_path: Path,
    kind: str,
    save_to: Path | None,
    use_from: Path | None,
    shipped: bool,
    password_env: str | None,
    as_json: bool,
) -> None:
    if sum((save_to is not None, use_from is not None, shipped)) > 1:
        refuse(_("Please give one of --save, --use and --shipped."))
    with opened(book_path, password_env, writable=use_from is not None or shipped) as book:
        files = forms.save_files(book, kind, save_to) if save_to else []
        batch = forms.use_files(book, kind, use_from) if use_from else None
        batch = forms.use_shipped(book, kind) if shipped else batch
        title, own = forms.kind_in(book, kind).title, forms.is_own(book, kind)
    data = {"kind": kind, "title": title, "own": own, "files": [str(file) for file in files], "batch": batch}
    whose = _("{title}: the office's own template is in force.") if own else _(
        "{title}: the shipped template is in force."
    )
    answer(as_json, data, lambda: chain([whose.format(title=title)], map(str, files)))
