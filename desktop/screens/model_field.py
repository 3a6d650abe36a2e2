"""A field for a model: its code or some words of its name are typed, what fits is offered below."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView

from db.reading import Reading
from desktop.services import Services
from desktop.widgets.field import FieldSpec, NotAValueError, plain
from desktop.widgets.fields import FieldWidget, LineField
from desktop.widgets.paged_table import Value
from resources import _

_OFFERED = 12
_BETWEEN = " – "


def model_spec(
    services: Services, label: str, *, required: bool = False, hint: str = "", wide: bool = False
) -> FieldSpec:
    """The declaration of such a field; its value is the id of a model."""
    book = services.book
    return FieldSpec(
        "model", label, parse=lambda text: model_named(book, text), show=lambda value: _words(book, value),
        required=required, hint=hint or _("Code or name"), wide=wide,
    )  # fmt: skip


def offer_models(field: FieldWidget, services: Services) -> None:
    """Let the field offer the models that fit what is typed."""
    if not isinstance(field, LineField):
        return
    offered = QStringListModel(field)
    completer = QCompleter(offered, field)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    popup = QListView()
    popup.setAccessibleName(field.held.spec.label)
    completer.setPopup(popup)
    field.setCompleter(completer)
    field.textEdited.connect(lambda text: offered.setStringList(offers(services.book, text)))
    completer.activated.connect(lambda _text: field.held.commit())


def offers(book: Reading, text: str) -> list[str]:
    """Models whose code or name fits, in the words they are chosen by."""
    clean = str(plain(text) or "")
    if not clean:
        return []
    coded = [model.id for model in book.find("model", {"code": clean}, limit=1)]
    rows = book.row_numbers("model", None, "code", clean)[:_OFFERED]
    named = [str(values[0]) for values in book.by_row_number("model", ("id",), rows).values()]
    return [_words(book, one) for one in dict.fromkeys((*coded, *named))]


def model_named(book: Reading, text: str) -> Value:
    """The id of the one model that is meant. Raises NotAValueError."""
    clean = str(plain(text) or "")
    if not clean:
        return None
    coded = book.find("model", {"code": clean.partition(_BETWEEN)[0]}, limit=2)
    if coded:
        return coded[0].id
    rows = book.row_numbers("model", None, "code", clean)
    if not rows:
        raise NotAValueError(_("No model is called “{text}”.").format(text=clean))
    if len(rows) > 1:
        words = _("{n} models fit “{text}”: choose one of the list, or type its code.")
        raise NotAValueError(words.format(n=len(rows), text=clean))
    return str(book.by_row_number("model", ("id",), rows)[rows[0]][0])


def _words(book: Reading, value: Value) -> str:
    if not value:
        return ""
    code, title = next(iter(book.rows("model", ("code", "title"), {"id": value})), ("", str(value)))
    return _BETWEEN.join(str(part) for part in (code, title) if part)
