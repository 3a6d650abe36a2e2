"""Commands for the journal: undo, redo, history, bin, conflicts, search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from db.errors import UnknownRecordError
from db.history import Conflict, Entry
from db.records import RECORD_TYPES
from db.records.definition import Value
from db.search import Hit
from db.undo import CHANGED, REFERRED, Kept, UndoResult
from desktop import history_words
from desktop.commands.help import command
from desktop.commands.manner import answer, on_book, opened, refuse
from desktop.history_words import Line
from desktop.values import BookTitles, record_words
from desktop.words import kept_reason, where_found
from resources import N_, _, ngettext

_NOTHING = "–"
_COUNTED = 1_000  # of each type; "more" says that there are more
_RECORD_ID = re.compile(r"[0-9a-z]+\.[0-9a-z]+")


def _reason(result: UndoResult, kept: Kept, *, everything: bool) -> str:
    """With ``everything`` the same is named, but what was changed since went too, unless it is held."""
    held = {one.id for one in result.kept if one.reason == REFERRED}
    if everything and kept.reason == CHANGED and kept.id not in held:
        return _("changed since, taken back all the same")
    return kept_reason(kept)


def _told(result: UndoResult, *, everything: bool = False) -> dict[str, object]:
    return {
        "batch": result.batch,
        "undone": result.undone,
        "kept": [
            {
                "type": kept.type,
                "id": kept.id,
                "title": kept.title,
                "reason": _reason(result, kept, everything=everything),
            }
            for kept in result.kept
        ],
    }


def _in_words(result: UndoResult, *, everything: bool = False) -> Iterator[str]:
    yield ngettext(
        "{count} record was taken back.", "{count} records were taken back.", result.undone
    ).format(count=result.undone)
    yield from _kept_in_words(result, everything=everything)


def _redone_in_words(result: UndoResult) -> Iterator[str]:
    yield _("Done again; records changed by it: {count}.").format(count=result.undone)
    yield from _kept_in_words(result)


def _kept_in_words(result: UndoResult, *, everything: bool = False) -> Iterator[str]:
    for kept in result.kept:
        yield f"– {kept.title or kept.id}: {_reason(result, kept, everything=everything)}"


@command("undo", N_("Take back the last entry of this account, or the named one."))
@on_book
@click.option("--batch", metavar="ID", help=N_("The entry to take back; an import needs its id."))
@click.option("--all", "everything", is_flag=True, help=N_("Also fields changed since."))
def undo(
    book_path: Path, batch: str | None, everything: bool, password_env: str | None, as_json: bool
) -> None:
    with opened(book_path, password_env, writable=True) as book:
        result = book.undo(book.account, batch, everything=everything)
    answer(as_json, _told(result, everything=everything), lambda: _in_words(result, everything=everything))


@command("redo", N_("Take back the last undo."))
@on_book
def redo(book_path: Path, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=True) as book:
        result = book.redo(book.account)
    answer(as_json, _told(result), lambda: _redone_in_words(result))


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": f"{entry.site}.{entry.seq}",
        "batch": entry.batch,
        "actor": entry.actor,
        "at": entry.at,
        "act": entry.act,
        "changes": [
            {"field": c.field, "before": c.before, "after": c.after, "erased": c.erased}
            for c in entry.changes
        ],
    }


def _entry_lines(found: Sequence[Line]) -> Iterator[str]:
    """What the window's F8 says: a line for each moment and person, under it what was changed."""
    for (at, actor, act), changed in groupby(found, key=lambda line: (line.at, line.actor, line.act)):
        yield f"{at}  {actor}  {act}"
        for line in changed:
            yield f"    {line.field}: {line.before or _NOTHING} → {line.after or _NOTHING}"


def _shown(value: Value) -> str:
    return _NOTHING if value is None else str(value)


@command(
    "history",
    N_("Who changed a record, when and how. RECORD is its id, or the code of a model or unit."),
)
@on_book
@click.argument("record", metavar="RECORD")
def history(book_path: Path, record: str, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=False) as book:
        coded = [*book.find("model", {"code": record}), *book.find("org_unit", {"code": record})]
        if not coded and not _RECORD_ID.fullmatch(record):
            raise UnknownRecordError(record)
        entries = book.history(coded[0].id if coded else record)
        if not entries:
            raise UnknownRecordError(record)
        found = list(history_words.lines(entries, BookTitles(book)))
    data = {"record": record, "history": [_entry(entry) for entry in entries]}
    answer(as_json, data, lambda: _entry_lines(found))


@command("bin", N_("What was removed; “bin BOOK restore RECORD” brings it back."))
@on_book
@click.argument(
    "action", metavar="ACTION", type=click.Choice(["list", "restore"]), default="list", required=False
)
@click.argument("record", metavar="RECORD", required=False)
def bin_(book_path: Path, action: str, record: str | None, password_env: str | None, as_json: bool) -> None:
    if action == "restore":
        if record is None:
            raise click.UsageError("bin restore ID")
        if not _RECORD_ID.fullmatch(record):
            raise UnknownRecordError(record)
        with opened(book_path, password_env, writable=True) as book:
            if record not in {one.id for one in book.bin()}:
                refuse(_("{record} is not in the bin; nothing was changed.").format(record=record))
            count = book.restore(book.account, record)
        words = ngettext("{n} record came back.", "{n} records came back.", count).format(n=count)
        answer(as_json, {"restored": count}, lambda: iter([words]))
        return
    with opened(book_path, password_env, writable=False) as book:
        found = book.bin()
    data = {"records": [{"type": one.type, "id": one.id, "title": one.title} for one in found]}
    lines = [f"{one.id}  {_(RECORD_TYPES[one.type].label)}: {one.title}" for one in found]
    answer(as_json, data, lambda: iter(lines or [_("The bin is empty.")]))


def _conflict(conflict: Conflict) -> dict[str, object]:
    record = conflict.record
    return {
        "kind": conflict.kind,
        "type": record.type,
        "id": record.id,
        "title": record.title,
        "field": conflict.field,
        "before": conflict.before,
        "sides": [
            {"value": s.value, "actor": s.actor, "at": s.at, "site": s.site, "record": s.record}
            for s in conflict.sides
        ],
    }


@command("conflicts", N_("What two people did unaware of each other."))
@on_book
def conflicts(book_path: Path, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=False) as book:
        found = book.conflicts()

    def lines() -> Iterator[str]:
        if not found:
            yield _("There are no conflicts.")
        for conflict in found:
            values = " | ".join(f"{_shown(s.value)} ({s.actor}, {s.at})" for s in conflict.sides)
            yield f"{conflict.record.title}: {conflict.field}: {values}"

    answer(as_json, {"conflicts": [_conflict(conflict) for conflict in found]}, lines)


@command("search", N_("Find records by their words, with or without marks."))
@on_book
@click.argument("text", metavar="TEXT")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, help=N_("At most so many (50)."))
def search(book_path: Path, text: str, limit: int, password_env: str | None, as_json: bool) -> None:
    with opened(book_path, password_env, writable=False) as book:
        titles = BookTitles(book)
        found = book.search(text, limit)
        hits = [(hit, record_words(hit.record, titles), where_found(book, hit.record)) for hit in found]
        groups = book.search_groups(text, shown=0, counted=_COUNTED)

    def told(hit: Hit, title: str, where: str) -> dict[str, object]:
        record = hit.record
        return {
            "type": record.type,
            "id": record.id,
            "title": title,
            "where": where,
            "exact": hit.exact,
        }

    lines = [f"{_(RECORD_TYPES[h.record.type].label)}: {title} – {where}" for h, title, where in hits]
    data: dict[str, object] = {"hits": [told(*hit) for hit in hits]}
    if groups:
        data["groups"] = [{"type": g.type, "count": g.count, "more": g.more} for g in groups]
    answer(as_json, data, lambda: iter(lines or [_("Nothing was found.")]))
