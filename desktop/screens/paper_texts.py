"""What no record holds: the clerk's own words for a report, a field for each section, saved as typed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

import forms
from db.periods import parse_period
from db.store import Record
from desktop.services import Services
from desktop.theme import Tone
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Value
from resources import _, ngettext


class PaperTexts(QWidget):
    """The sections of one kind of paper for one unit and period."""

    def __init__(self, services: Services, kind: forms.PaperKind) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self.kind = kind
        self._request: forms.PaperRequest | None = None
        self._records: dict[str, Record] = {}
        self.form = RecordForm([FieldSpec(s.id, s.title, Kind.LONG_TEXT, hint=s.help) for s in kind.sections])
        self.form.edited.connect(self._on_edited)
        copy = button(_("Start from the last report"), self.copy_last, icon_name="copy")
        card = Card(_("In your own words"))
        card.box.addWidget(
            label(_("Sections without words are printed with a dotted line."), "quiet", wrap=True)
        )
        card.box.addLayout(row(copy, 1))
        card.box.addWidget(self.form)
        box = QVBoxLayout(self)
        space(box)
        box.addWidget(card)

    def show_request(self, request: forms.PaperRequest) -> None:
        """The words for this unit and period; those of another one are saved first."""
        if self._asks(request) != self._asks(self._request):
            self.flush()
            self._request = request
            self._show(anew=True)

    def reload(self) -> None:
        """Read the words anew."""
        self._show(anew=False)

    def _show(self, *, anew: bool) -> None:
        if self._request is None:
            return
        self._records = self._texts_of(self._code(self._request.period))
        words = {name: record["text"] for name, record in self._records.items()}
        self.form.show_values(words, anew=anew)

    def flush(self) -> None:
        """Save what is being typed."""
        if self._request is not None:
            self.form.flush()

    def copy_last(self) -> None:
        """Fill the sections without words from the latest report of another period."""
        if self._request is None:
            return
        here, unit = self._code(self._request.period), self._request.unit
        earlier = [
            record
            for record in self._services.book.find("report_text", {"paper_kind": self.kind.id})
            if record["unit"] in (None, unit) and record["text"] and self._code(str(record["period"])) != here
        ]
        if not earlier:
            self._services.tell(Notice(_("There is no earlier report to start from."), Tone.INFO))
            return
        last = max((parse_period(str(record["period"])) for record in earlier), key=lambda period: period.end)
        found = {name: record["text"] for name, record in self._texts_of(last.code).items()}
        taken = [name for name in found if not self._text_here(name)]
        for name in taken:
            self._save(name, found[name])
        text = ngettext(
            "{n} section was taken from the report of {period}.",
            "{n} sections were taken from the report of {period}.",
            len(taken),
        ).format(n=len(taken), period=last.label)
        self._services.tell(Notice(text, Tone.GOOD))

    def _text_here(self, name: str) -> Value:
        record = self._records.get(name)
        return record["text"] if record else None

    def _texts_of(self, code: str) -> dict[str, Record]:
        unit = self._request.unit if self._request else ""
        found = self._services.book.find("report_text", {"paper_kind": self.kind.id})
        return {
            str(record["section"]): record
            for record in found
            if record["unit"] in (None, unit) and self._code(str(record["period"])) == code
        }

    @staticmethod
    def _code(period: str) -> str:
        return parse_period(period).code

    @staticmethod
    def _asks(request: forms.PaperRequest | None) -> tuple[str, str] | None:
        return (parse_period(request.period).code, request.unit) if request else None

    def _on_edited(self, name: str, value: Value) -> None:
        self._save(name, value)

    def _save(self, name: str, value: Value) -> None:
        request, known = self._request, self._records.get(name)
        section = self.kind.section(name)
        if request is None or section is None:
            return
        saving, title = self._services.saving, section.title
        if known is not None:
            saving.write(
                lambda w: w.change("report_text", known.id, {"text": value}),
                types=("report_text",),
                title=title,
            )
            return
        record: dict[str, Value] = {
            "paper_kind": self.kind.id,
            "unit": request.unit,
            "period": self._code(request.period),
            "section": name,
            "text": value,
        }
        saving.write(lambda w: w.add("report_text", record), types=("report_text",), title=title)
