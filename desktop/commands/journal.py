"""Commands for the journal: undo, redo, history, bin, conflicts, search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from db.errors import UnknownRecordError
from db.history import Conflict, Entry
from db.records import RECORD_TYPES
from db.search import Hit
from db.undo import UndoResult
from desktop.commands.manner import answer, on_book, opened
from desktop.words import kept_reason, where_found
from resources import _

_RECORD_ID = re.compile(r"[0-9a-z]+\.[0-9a-z]+")


def _told(result: UndoResult) -> dict[str, object]:
    return {
        "batch": result.batch,
        "undone": result.undone,
        "kept": [
            {"type": kept.type, "id": kept.id, "title": kept.title, "reason": kept_reason(kept)}
            for kept in result.kept
        ],
    }


def _in_words(result: UndoResult) -> Iterator[str]:
    yield _("{count} records were taken back.").format(count=result.undone)
    for kept in result.kept:
        yield f"– {kept.title or kept.id}: {kept_reason(kept)}"


@click.command()
@on_book
@click.option("--batch", help="The entry to take back; an import needs its id.")
@click.option("--all", "everything", is_flag=True, help="Also fields changed since.")
def undo(
    book_path: Path, batch: str | None, everything: bool, password_env: str | None, as_json: bool
) -> None:
    """Take back the last entry of this account, or the named one."""
    with opened(book_path, password_env, writable=True) as book:
        result = book.undo(book.account, batch, everything=everything)
    answer(as_json, _told(result), lambda: _in_words(result))


@click.command()
@on_book
def redo(book_path: Path, password_env: str | None, as_json: bool) -> None:
    """Take back the last undo."""
    with opened(book_path, password_env, writable=True) as book:
        result = book.redo(book.account)
    answer(as_json, _told(result), lambda: _in_words(result))


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


def _entry_lines(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        yield f"{entry.at}  {entry.actor}  {entry.act}  {entry.batch}"
        for change in entry.changes:
            yield f"    {change.field}: {change.before} → {change.after}"


@click.command()
@on_book
@click.argument("record")
def history(book_path: Path, record: str, password_env: str | None, as_json: bool) -> None:
    """Who changed a record, when and how. RECORD is its id, or the code of a model or unit."""
    with opened(book_path, password_env, writable=False) as book:
        coded = [*book.find("model", {"code": record}), *book.find("org_unit", {"code": record})]
        if not coded and not _RECORD_ID.fullmatch(record):
            raise UnknownRecordError(record)
        entries = book.history(coded[0].id if coded else record)
        if not entries:
            raise UnknownRecordError(record)
    data = {"record": record, "history": [_entry(entry) for entry in entries]}
    answer(as_json, data, lambda: _entry_lines(entries))


@click.command(name="bin")
@on_book
@click.argument("action", type=click.Choice(["list", "restore"]), default="list", required=False)
@click.argument("record", required=False)
def bin_(book_path: Path, action: str, record: str | None, password_env: str | None, as_json: bool) -> None:
    """What was removed, and how to get it back."""
    if action == "restore":
        if record is None:
            raise click.UsageError("bin restore ID")
        if not _RECORD_ID.fullmatch(record):
            raise UnknownRecordError(record)
        with opened(book_path, password_env, writable=True) as book:
            count = book.restore(book.account, record)
        words = _("{count} records came back.").format(count=count)
        answer(as_json, {"restored": count}, lambda: iter([words]))
        return
    with opened(book_path, password_env, writable=False) as book:
        found = book.bin()
    data = {"records": [{"type": one.type, "id": one.id, "title": one.title} for one in found]}
    answer(
        as_json, data, lambda: (f"{one.id}  {_(RECORD_TYPES[one.type].label)}: {one.title}" for one in found)
    )


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


@click.command()
@on_book
def conflicts(book_path: Path, password_env: str | None, as_json: bool) -> None:
    """What two people did unaware of each other."""
    with opened(book_path, password_env, writable=False) as book:
        found = book.conflicts()

    def lines() -> Iterator[str]:
        for conflict in found:
            values = " | ".join(f"{s.value} ({s.actor}, {s.at})" for s in conflict.sides)
            yield f"{conflict.record.title}: {conflict.field}: {values}"

    answer(as_json, {"conflicts": [_conflict(conflict) for conflict in found]}, lines)


@click.command()
@on_book
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=50)
def search(book_path: Path, text: str, limit: int, password_env: str | None, as_json: bool) -> None:
    """Find records by their words, with or without marks."""
    with opened(book_path, password_env, writable=False) as book:
        hits = [(hit, where_found(book, hit.record)) for hit in book.search(text, limit)]

    def told(hit: Hit, where: str) -> dict[str, object]:
        record = hit.record
        return {
            "type": record.type,
            "id": record.id,
            "title": record.title,
            "where": where,
            "exact": hit.exact,
        }

    lines = (f"{_(RECORD_TYPES[h.record.type].label)}: {h.record.title} – {where}" for h, where in hits)
    answer(as_json, {"hits": [told(hit, where) for hit, where in hits]}, lambda: lines)
