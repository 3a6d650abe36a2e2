"""Which paper, of which period, compared with what: the few choices a report begins with."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

import forms
from db.periods import parse_period, same_period_last_year
from db.personal import INTERNAL
from db.unreadable import PeriodError
from desktop.screens import showing
from desktop.services import Services
from desktop.widgets.field import FieldSpec, Kind, NotAValueError
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import button, space
from desktop.widgets.paged_table import Value
from resources import N_, _


@dataclass(frozen=True, slots=True)
class PeriodKind:
    """A kind of period: its words and its code, made of the year and a number or last year."""

    name: str
    words: str
    code: str


_PERIODS = (
    PeriodKind("year", N_("Whole year"), "{year}"),
    PeriodKind("quarter1", N_("Quarter I"), "{year}Q1"),
    PeriodKind("quarter2", N_("Quarter II"), "{year}Q2"),
    PeriodKind("quarter3", N_("Quarter III"), "{year}Q3"),
    PeriodKind("quarter4", N_("Quarter IV"), "{year}Q4"),
    PeriodKind("half1", N_("First 6 months"), "{year}H1"),
    PeriodKind("half2", N_("Last 6 months"), "{year}H2"),
    PeriodKind("months9", N_("First 9 months"), "{year}M9"),
    *(PeriodKind(f"month{at:02}", N_("Month {n}"), f"{{year}}-{at:02}") for at in range(1, 13)),
    PeriodKind("span", N_("Several years, from …"), "{first}..{year}"),
)
_MEGABYTE = 1_000_000
_CODES = {kind.name: kind.code for kind in _PERIODS}
_COMPARE = (("none", N_("Nothing")), ("last_year", N_("The same period a year before")))


def period_choices() -> list[tuple[str, str]]:
    """(name, words) of the kinds of period."""
    return [(kind.name, _(kind.words).format(n=kind.name[-2:].lstrip("0"))) for kind in _PERIODS]


def split_period(code: str) -> tuple[str, int, int | None]:
    """The kind, year and first year of a period code; a whole year where it is none of ours."""
    first, _dots, last = code.partition("..")
    if last.isdigit() and first.isdigit():
        return "span", int(last), int(first)
    year = int(code[:4])
    for kind in _PERIODS:
        if kind.code.format(year=year, first="") == code:
            return kind.name, year, None
    return "year", year, None


class PaperOptions(QWidget):
    """``changed()`` when another paper is asked for."""

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        year = services.book.now().year
        self.form = RecordForm(self._first_specs())
        self.more = RecordForm(self._more_specs())
        self.more.hide()
        self._toggle = button(_("More choices"), self._show_more, icon_name="chevron-down", kind="link")
        self.form.show_values(_usual(year), anew=True)
        self.more.show_values({"unit": services.book.own_unit(), "units": "then"}, anew=True)
        box = QVBoxLayout(self)
        space(box, between=8)
        for part in (self.form, self._toggle, self.more):
            box.addWidget(part)
        for form in (self.form, self.more):
            form.edited.connect(self._on_edited)
        self._show_span()

    def set_period(self, code: str) -> None:
        """Choose this period."""
        kind, year, first = split_period(code)
        values: dict[str, Value] = {**self._values(), "period": kind, "year": year, "first": first}
        self.form.show_values(values, anew=True)
        self._show_span()
        self.changed.emit()

    def request(self, kind: str) -> forms.PaperRequest:
        """What is asked for. Raises PeriodError."""
        values = self._values()
        period = self._period(values)
        compare = values.get("compare") == "last_year"
        return forms.PaperRequest(
            kind=kind,
            period=period,
            unit=str(values.get("unit") or self._services.book.own_unit()),
            compare=same_period_last_year(parse_period(period)).code if compare else None,
            units=str(values.get("units") or "then"),
            cutoff=showing.day(values.get("cutoff")),
            label=str(values.get("label") or ""),
            number=str(values.get("number") or ""),
            issued_on=showing.day(values.get("issued_on")),
            signatory=str(values.get("signatory") or ""),
            photos=int(values.get("photos") or 0),
            max_size=int(values.get("max_size") or 0) * _MEGABYTE,
            audience=str(values.get("audience") or INTERNAL),
        )

    def _values(self) -> dict[str, Value]:
        boxes = {**self.form.boxes, **self.more.boxes}
        return {name: box.field.held.value for name, box in boxes.items()}

    @staticmethod
    def _period(values: dict[str, Value]) -> str:
        year = values.get("year")
        if year is None:
            raise PeriodError("")
        first = values.get("first") or year
        return _CODES[str(values.get("period") or "year")].format(year=year, first=first)

    def _first_specs(self) -> list[FieldSpec]:
        compare = [(name, _(words)) for name, words in _COMPARE]
        audiences = showing.choice_list("audience")
        return [
            FieldSpec("period", _("Period"), Kind.CHOICE, choices=period_choices(), required=True),
            FieldSpec("year", _("Year"), Kind.NUMBER, parse=_a_year, required=True),
            FieldSpec("first", _("From the year"), Kind.NUMBER, parse=_a_year),
            FieldSpec("compare", _("Compared with"), Kind.CHOICE, choices=compare, wide=True),
            FieldSpec(
                "audience", _("Written for"), Kind.CHOICE, choices=audiences, required=True, wide=True
            ),
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

    def _on_edited(self, name: str, _value: Value) -> None:
        if name == "period":
            self._show_span()
        self.changed.emit()

    def _show_span(self) -> None:
        is_span = self.form.boxes["period"].field.held.value == "span"
        self.form.boxes["first"].setVisible(is_span)

    def _show_more(self) -> None:
        shown = self.more.isHidden()
        self.more.setVisible(shown)
        self._toggle.setText(" " + (_("Fewer choices") if shown else _("More choices")))


def _usual(year: int) -> dict[str, Value]:
    return {"period": "year", "year": year, "compare": "none", "audience": INTERNAL}


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
