"""What the tests of undo do over and over: edit, import, ask the same questions, read what was kept."""

from __future__ import annotations

from db import Book, Value
from db.undo import UndoResult
from tests.support.books import add_contribution, add_model, add_registration

_SEARCHES = ("đường", "duong", "Hộ ông", "MH", "trần văn b", "sạch")


def answers(book: Book) -> list[list[tuple[str, bool]]]:
    """What fixed searches find."""
    return [[(hit.record.id, hit.exact) for hit in book.search(text, 200)] for text in _SEARCHES]


def edit(book: Book, record: str, actor: str = "an", **values: Value) -> str:
    """Change a model by hand; the batch."""
    with book.writing(actor) as write:
        write.change("model", record, values)
    return write.batch.id


def bring_in(book: Book, rows: int = 6) -> tuple[str, list[str], list[str]]:
    """A batch of models with a registration and a contribution each: its id, the models, the parts."""
    with book.writing("an", act="import", title="Danh sách.xlsx") as write:
        models = [add_model(write, f"MH{n}", title=f"Đường sạch {n}") for n in range(rows)]
        parts = [add_registration(write, model) for model in models]
        parts += [add_contribution(write, model) for model in models]
    return write.batch.id, models, parts


def remove(book: Book, *records: str) -> str:
    """Put models into the bin; the batch."""
    with book.writing("an") as write:
        for record in records:
            write.remove("model", record)
    return write.batch.id


def reasons(result: UndoResult) -> list[tuple[str, str, str | None]]:
    """What was kept: record, reason, field."""
    return [(kept.id, kept.reason, kept.field) for kept in result.kept]


def ids(result: UndoResult) -> list[str]:
    """The records that were kept."""
    return [kept.id for kept in result.kept]


def latest(book: Book, act: str) -> str:
    """The id of the latest batch of this kind."""
    return next(batch.id for batch, _ in book.batches() if batch.act == act)
