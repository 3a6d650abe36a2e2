"""Photos of a period that its annex does not print, their model not being registered in it: told by model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from db import Book, Value
from db.personal import Whereabouts
from db.vietnamese import sort_key
from forms.paper_request import PaperRequest
from resources import _, ngettext

_NAMED_AT_MOST: Final = 5
_FIELDS: Final = ("model", "unit")


def not_registered(
    book: Book, request: PaperRequest, registered: Collection[str], where: Whereabouts
) -> Iterator[tuple[str, str]]:
    """Code and sentence on the photos of period and unit whose model (id) is not among ``registered``."""
    counts = Counter(_models(book, request, registered, where))
    if not counts:
        return
    titles = {record: f"{code or ''} {title}".strip() for record, code, title in _titles(book, counts)}
    named = sorted((titles.get(model, _("no model")) for model in counts), key=sort_key)
    names = ", ".join(named[:_NAMED_AT_MOST]) + (", …" if len(named) > _NAMED_AT_MOST else "")
    words = ngettext(
        "{n} photo of this period is not in the annex: its model is not registered in it ({names}).",
        "{n} photos of this period are not in the annex: their models are not registered in it ({names}).",
        counts.total(),
    )
    yield "photos_not_registered", words.format(n=counts.total(), names=names)


def _models(
    book: Book, request: PaperRequest, registered: Collection[str], where: Whereabouts
) -> Iterator[str]:
    """The model of each such photo (``None`` as text where it has none); where nobody knows, it is ours."""
    period = request.span()
    span = ("taken_on", period.start.isoformat(), period.end.isoformat())
    asked, ours = frozenset({request.unit}), frozenset({book.own_unit()})
    for row in book.rows("photo", _FIELDS, between=span):
        values: dict[str, Value] = dict(zip(_FIELDS, row, strict=True))
        if values["model"] not in registered and where.covers(asked, where.of("photo", values) or ours):
            yield str(values["model"])


def _titles(book: Book, models: Collection[str]) -> Iterator[tuple[str, str | None, str]]:
    return book.rows("model", ("id", "code", "title"), {"id": list(models)})
