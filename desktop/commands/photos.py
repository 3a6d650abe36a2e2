"""Commands for photos: add, list, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from db import Book, Record, photos
from db.choices import choices
from db.choices import label as choice_label
from db.personal import INTERNAL
from db.photo_store import PhotoStore, is_hash
from desktop.commands.help import command
from desktop.commands.manner import AUDIENCE, DAY, FILE, AnswerNo, answer, on_book, opened, refuse, say
from desktop.values import BookTitles, record_words, shown_date
from forms.audience import left_out_photos, veil_of
from resources import N_, _, ngettext

STAGES = [choice.code for choice in choices("photo_stage")]


@command("photos", N_("Photos of a model in, with a reason for each one refused; list them, write them out."))
@on_book
@click.argument(
    "action", metavar="ACTION", type=click.Choice(["add", "list", "export"]), default="list", required=False
)
@click.argument("files", metavar="FILE", type=FILE, nargs=-1)
@click.option("--model", "code", metavar="CODE", help=N_("Code of the model."))
@click.option("--stage", type=click.Choice(STAGES), help=N_("Before, during or after the work."))
@click.option(
    "--taken-on", type=DAY, help=N_("The day of those that do not tell it themselves, as 2024-05-21.")
)
@click.option("--caption", metavar="TEXT", help=N_("What the photos show."))
@click.option("--out", "folder", type=FILE, help=N_("Folder for “export”."))
@AUDIENCE
def photos_(
    book_path: Path,
    action: str,
    files: tuple[Path, ...],
    code: str | None,
    stage: str | None,
    taken_on: date | None,
    caption: str | None,
    folder: Path | None,
    audience: str,
    password_env: str | None,
    as_json: bool,
) -> None:
    if action == "add":
        if not (files and code and stage):
            refuse(_("“photos BOOK add” needs a file or a folder, --model and --stage."))
        with opened(book_path, password_env, writable=True) as book:
            _add(book, files, code, stage, taken_on.isoformat() if taken_on else None, caption, as_json)
        return
    with opened(book_path, password_env, writable=False) as book:
        model = model_named(book, code) if code else None
        if action == "list":
            _list(book, model, as_json)
        elif folder is None:
            refuse(_("“photos BOOK export” needs a folder: --out."))
        else:
            _export(book, model, folder, audience, as_json)


def model_named(book: Book, code: str) -> str:
    """Id of the model with this code. Raises ClerkError."""
    found = book.find("model", {"code": code})
    if not found:
        refuse(_("There is no model {code} in this book.").format(code=code))
    return found[0].id


# -- add


def _add(
    book: Book,
    files: tuple[Path, ...],
    code: str,
    stage: str,
    taken_on: str | None,
    caption: str | None,
    as_json: bool,
) -> None:
    model = model_named(book, code)
    done = photos.add_photos(book, files, model=model, stage=stage, taken_on=taken_on, caption=caption)
    data = {
        "added": [
            {"id": one.id, "file": one.file, "taken_on": one.taken_on, "wrong_day": one.wrong_day}
            for one in done.added
        ],
        "duplicates": [{"file": one.file, "id": one.id} for one in done.duplicates],
        "reattached": [{"file": one.file, "id": one.id} for one in done.reattached],
        "refused": [{"file": one.file, "reason": one.reason} for one in done.refused],
        "batch": done.batch or None,
    }
    answer(as_json, data, lambda: _added_lines(book, done))
    _say_dates(done, taken_on)
    if done.refused:
        raise AnswerNo


def _added_lines(book: Book, done: photos.PhotosAdded) -> Iterator[str]:
    for new in done.added:
        words = _("added: {file} ({before} → {size} KB)")
        yield words.format(file=new.file, before=new.size_before // 1000, size=new.size // 1000)
    for known in done.reattached:
        yield _("put back: {file}; the file of this photo was missing").format(file=known.file)
    for known in done.duplicates:
        words = _("already in the book: {file}, a photo of {model}")
        yield words.format(file=known.file, model=_model_of(book, known.id))
    for refused in done.refused:
        yield _("refused: {file}: {reason}").format(file=refused.file, reason=refused.reason)
    if done.batch:
        words = _("The photos are in the book. To take them back: danvan undo --batch {batch}")
        yield words.format(batch=done.batch)
    else:
        yield _("Nothing new was taken into the book.")


def _model_of(book: Book, photo: str) -> str:
    """Code and title of the model whose photo this is (id)."""
    model = book.get("photo", photo)["model"]
    if not model:
        return _("no model")
    found = book.get("model", str(model))
    return " ".join(str(part) for part in (found["code"], f"“{found.title}”") if part)


def _say_dates(done: photos.PhotosAdded, taken_on: str | None) -> None:
    """What the clerk should know of the dates: those still unknown, and those not taken from the option."""
    for one in done.undated:
        words = _("{file} does not tell when it was taken; give the date with --taken-on, or later.")
        if one.wrong_day:
            words = _("{file}: the camera's date, {day}, cannot be right; give it with --taken-on, or later.")
        say(words.format(file=one.file, day=shown_date(one.wrong_day)))
    for one in done.added:
        if taken_on and one.own_date and one.taken_on != taken_on:
            words = _("{file} tells its own date, {date}; that one was kept.")
            say(words.format(file=one.file, date=one.taken_on))


# -- list and export


def _list(book: Book, model: str | None, as_json: bool) -> None:
    store = PhotoStore.beside(book.path, book.key)
    codes = dict(book.rows("model", ("id", "code")))
    shown = ("stage", "taken_on", "caption", "file_name", "hash", "width", "height", "size", "pair")
    found = [
        {
            "id": photo.id,
            "model": codes.get(photo["model"]),
            **{name: photo[name] for name in shown},
            "present": is_hash(photo["hash"]) and store.has(str(photo["hash"])),
        }
        for photo in book.find("photo", {"model": model} if model else None)
    ]

    def lines() -> Iterator[str]:
        for one in found:
            stage = choice_label("photo_stage", str(one["stage"])) if one["stage"] else None
            day = shown_date(one["taken_on"]) or _("no date")
            parts = (one["model"], stage, day, one["caption"] or one["file_name"])
            missing = "" if one["present"] else _("the file is missing")
            yield "  ".join(str(part) for part in (*parts, missing) if part)
        words = ngettext("{count} photo", "{count} photos", len(found))
        yield words.format(count=len(found))

    answer(as_json, {"photos": found}, lines)


def _export(book: Book, model: str | None, folder: Path, audience: str, as_json: bool) -> None:
    veil = veil_of(book, audience)
    hidden: dict[str, str] = {}

    def may_show(photo: Record) -> bool:
        if reason := veil.why_hidden(photo):
            hidden[photo.id] = reason
        return not reason

    done = photos.export_photos(book, folder, model=model, may_show=may_show)
    told = [*left_out_photos(hidden.values()), *_warned(audience)]
    data = {
        "files": list(done.files),
        "left_out": [photo.id for photo in done.left_out],
        "audience": audience,
        "hidden": list(hidden),
        "problems": [{"code": code, "message": message} for code, message in told],
    }
    answer(as_json, data, lambda: _exported_lines(book, done, [message for _code, message in told]))
    if done.left_out:
        raise AnswerNo


def _warned(audience: str) -> Iterator[tuple[str, str]]:
    if audience == INTERNAL:
        yield "for_the_office_only", _(
            "All pictures were written, of children and of persons who did not agree too. Keep them in the"
            " office; for others write them with “--audience public”."
        )


def _exported_lines(book: Book, done: photos.PhotosExported, told: Sequence[str]) -> Iterator[str]:
    titles = BookTitles(book)
    yield from map(str, done.files)
    for photo in done.left_out:
        words = _("left out: {title}; its file is missing or damaged")
        yield words.format(title=record_words(photo, titles))
    yield from (f"! {message}" for message in told)
