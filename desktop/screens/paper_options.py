"""Which paper, of which period, compared with what: the few choices a paper begins with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

import forms
from db.periods import parse_period, same_period_last_year
from db.personal import INTERNAL
from db.unreadable import PeriodError
from desktop.screens import showing
from desktop.screens.model_field import model_spec, offer_models
from desktop.screens.paper_periods import period_choices, period_code, split_period
from desktop.services import Services
from desktop.widgets.field import Choices, FieldSpec, Kind, NotAValueError
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import button, space
from desktop.widgets.paged_table import Value
from resources import N_, _

USUAL = "result_report"
PHOTOS = "photo_annex"
_MEGABYTE = 1_000_000
_COMPARE = (("none", N_("Nothing")), ("last_year", N_("The same period a year before")))


class PaperOptions(QWidget):
    """``changed()`` when another paper is asked for."""

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._kinds = {each.id: forms.kind_in(services.book, each.id) for each in forms.kinds()}
        year = services.book.now().year
        self.form = RecordForm(self._first_specs())
        self.more = RecordForm(self._more_specs())
        self.more.hide()
        self._toggle = button(_("More choices"), self._show_more, icon_name="chevron-down", kind="link")
        offer_models(self.form.boxes["model"].field, services)
        self.form.show_values(_usual(year), anew=True)
        self.more.show_values({"unit": services.book.own_unit(), "units": "then"}, anew=True)
        box = QVBoxLayout(self)
        space(box, between=8)
        for part in (self.form, self._toggle, self.more):
            box.addWidget(part)
        for form in (self.form, self.more):
            form.edited.connect(self._on_edited)
        self._fit()

    @property
    def kind(self) -> forms.PaperKind:
        """The kind of paper that is chosen, with the office's own template where it has one."""
        return self._kinds[str(self._values().get("kind") or USUAL)]

    def set_period(self, code: str) -> None:
        """Choose this period."""
        self._show({**self._values(), **self._said_period(code)})
        self.changed.emit()

    def set_request(self, request: forms.PaperRequest) -> None:
        """Choose everything that was asked for then."""
        label = "" if request.label == parse_period(request.period).label else request.label
        size = max(request.max_size // _MEGABYTE, bool(request.max_size))
        self._show({
            **self._said_period(request.period),
            "kind": request.kind, "compare": self._said_compare(request), "audience": request.audience,
            "model": request.model or None, "photos": str(request.photos or "") or None,
            "unit": request.unit, "units": request.units, "label": label or None,
            "cutoff": request.cutoff.isoformat() if request.cutoff else None,
            "max_size": size or None, "signatory": request.signatory or None,
        })  # fmt: skip
        self.changed.emit()

    def request(self) -> forms.PaperRequest:
        """What is asked for. Raises PeriodError."""
        values = self._values()
        period = self._period(values)
        return forms.PaperRequest(
            kind=self.kind.id,
            period=period,
            unit=str(values.get("unit") or self._services.book.own_unit()),
            compare=self._compare(str(values.get("compare") or "none"), period),
            units=str(values.get("units") or "then"),
            cutoff=showing.day(values.get("cutoff")),
            label=str(values.get("label") or ""),
            number=str(values.get("number") or ""),
            issued_on=showing.day(values.get("issued_on")),
            signatory=str(values.get("signatory") or ""),
            photos=int(values.get("photos") or 0),
            model=str(values.get("model") or "") if self._has_photos() else "",
            max_size=int(values.get("max_size") or 0) * _MEGABYTE,
            audience=str(values.get("audience") or INTERNAL),
        )

    # -- from a request and back

    def _said_period(self, code: str) -> dict[str, Value]:
        kind, year, first = split_period(code)
        self._offer("period", period_choices(kind))
        return {"period": kind, "year": year, "first": first}

    def _said_compare(self, request: forms.PaperRequest) -> str:
        if request.compare is None:
            return "none"
        if request.compare == same_period_last_year(parse_period(request.period)).code:
            return "last_year"
        self._offer("compare", [*_compare_choices(), (request.compare, parse_period(request.compare).label)])
        return request.compare

    @staticmethod
    def _compare(chosen: str, period: str) -> str | None:
        if chosen == "last_year":
            return same_period_last_year(parse_period(period)).code
        return None if chosen == "none" else chosen

    @staticmethod
    def _period(values: dict[str, Value]) -> str:
        year, first = values.get("year"), values.get("first")
        if year is None:
            raise PeriodError("")
        return period_code(str(values.get("period") or "year"), int(year), int(first) if first else None)

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.form.boxes[name].field
        if isinstance(field, ChoiceField):
            field.offer(choices)

    def _values(self) -> dict[str, Value]:
        boxes = {**self.form.boxes, **self.more.boxes}
        return {name: box.field.held.value for name, box in boxes.items()}

    def _show(self, values: dict[str, Value]) -> None:
        for form in (self.form, self.more):
            form.show_values({**self._values(), **values}, anew=True)
        self._fit()

    # -- parts

    def _first_specs(self) -> list[FieldSpec]:
        audiences = showing.choice_list("audience")
        kinds = [(kind.id, kind.title) for kind in self._kinds.values()]
        return [
            FieldSpec("kind", _("Kind of paper"), Kind.CHOICE, choices=kinds, required=True, wide=True),
            model_spec(self._services, _("Photos of the model"), hint=_("All models"), wide=True),
            FieldSpec("period", _("Period"), Kind.CHOICE, choices=period_choices(), required=True),
            FieldSpec("year", _("Year"), Kind.NUMBER, parse=_a_year, required=True),
            FieldSpec("first", _("From the year"), Kind.NUMBER, parse=_a_year),
            FieldSpec("compare", _("Compared with"), Kind.CHOICE, choices=_compare_choices(), wide=True),
            FieldSpec("audience", _("Written for"), Kind.CHOICE, choices=audiences, required=True, wide=True),
        ]

    def _more_specs(self) -> list[FieldSpec]:
        date = showing.spec("paper", "cutoff", self._services.names)
        signers = [
            (str(one["full_name"]), f"{one['full_name']} – {one['title'] or ''}")
            for one in self._services.book.find("signatory", {"unit": self._services.book.own_unit()})
        ]
        a_page = [(n, _("{n} photos a page").format(n=n)) for n in ("2", "4", "6")]
        units = [("then", _("as they were then")), ("today", _("as they are today"))]
        return [
            FieldSpec("cutoff", _("Figures up to the day"), Kind.DATE, parse=date.parse, show=date.show),
            FieldSpec("label", _("Name of the period on paper"), hint=_("15 năm")),
            FieldSpec("unit", _("Unit"), Kind.CHOICE, choices=self._services.names.units()),
            FieldSpec("units", _("Units"), Kind.CHOICE, choices=units),
            FieldSpec("number", _("Number")),
            FieldSpec("issued_on", _("Issued on"), Kind.DATE, parse=date.parse, show=date.show),
            FieldSpec("photos", _("Photo annex"), Kind.CHOICE, choices=a_page, hint=_("None")),
            FieldSpec("max_size", _("File no larger than (MB)"), Kind.NUMBER, parse=_megabytes),
            FieldSpec("signatory", _("Signed by"), Kind.CHOICE, choices=signers, wide=True),
        ]

    def _on_edited(self, _name: str, _value: Value) -> None:
        self._fit()
        self.changed.emit()

    def _has_photos(self) -> bool:
        return self.kind.id == PHOTOS or bool(self._values().get("photos"))

    def _fit(self) -> None:
        """Only what this paper and this period can use."""
        boxes = self.form.boxes
        boxes["first"].setVisible(boxes["period"].field.held.value == "span")
        boxes["model"].setVisible(self._has_photos())
        boxes["compare"].setVisible(self.kind.id != PHOTOS)

    def _show_more(self) -> None:
        shown = self.more.isHidden()
        self.more.setVisible(shown)
        self._toggle.setText(" " + (_("Fewer choices") if shown else _("More choices")))


def _compare_choices() -> list[tuple[Value, str]]:
    return [(name, _(words)) for name, words in _COMPARE]


def _usual(year: int) -> dict[str, Value]:
    return {"kind": USUAL, "period": "year", "year": year, "compare": "none", "audience": INTERNAL}


def _megabytes(text: str) -> Value:
    clean = text.strip()
    if not clean:
        return None
    if not clean.isdigit() or int(clean) == 0:
        raise NotAValueError(_("A whole number of megabytes, such as 5."))
    return int(clean)


def _a_year(text: str) -> Value:
    clean = text.strip()
    if not clean:
        return None
    if not (clean.isdigit() and len(clean) == 4):
        raise NotAValueError(_("A year has four digits, such as 2026."))
    return int(clean)
