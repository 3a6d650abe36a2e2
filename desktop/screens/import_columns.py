"""How the text of a list was written, column by column, with a sample; the clerk may say what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.widgets.labels import ElidedLabel, label, row, space
from forms.spreadsheets import ColumnText
from resources import N_, _

_ENCODINGS = (("unicode", "Unicode"), ("tcvn3", "TCVN3 (ABC)"), ("vni", "VNI"))
_FOUND = {
    "unicode": N_("Recognised: Unicode"),
    "nfd": N_("Recognised: Unicode in parts"),
    "tcvn3": N_("Recognised: TCVN3 (ABC)"),
    "vni": N_("Recognised: VNI"),
    "mixed": N_("Not clear: please choose"),
}


def _name(column: ColumnText) -> str:
    """By this name the import knows the column again."""
    return f"{column.sheet}!{column.column}"


class ImportColumns(QWidget):
    """One line: a column, its encoding, a cell before and after. ``overruled(column, encoding or "")``."""

    overruled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._columns: list[ColumnText] = []
        self._said: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self.column = QComboBox()
        self.encoding = QComboBox()
        for choice, words in ((self.column, _("Column")), (self.encoding, _("Old fonts"))):
            choice.setAccessibleName(words)
            choice.view().setAccessibleName(words)
        self.sample = ElidedLabel("quiet")
        box = QVBoxLayout(self)
        space(box, between=4)
        box.addLayout(row(label(_("Old fonts")), self.column, self.encoding, 1))
        box.addWidget(self.sample)
        self.column.currentIndexChanged.connect(self._show_column)
        self.encoding.activated.connect(self._choose)

    def start(self) -> None:
        """A new file: nothing was said of it yet."""
        self._said.clear()
        self._found.clear()

    @property
    def said(self) -> Mapping[str, str]:
        """What the clerk said, by column."""
        return self._said

    def show_columns(self, columns: Sequence[ColumnText]) -> None:
        """The columns of the file that was read; those that were not plain Unicode first."""
        here = self.column.currentText()
        self._columns = sorted(columns, key=lambda one: one.encoding == "unicode" and one.by != "clerk")
        for one in self._columns:
            if one.by != "clerk":
                self._found[_name(one)] = one.encoding
        self.column.blockSignals(True)
        self.column.clear()
        self.column.addItems([f"{one.sheet} · {one.column}" for one in self._columns])
        self.column.setCurrentIndex(max(self.column.findText(here), 0 if self._columns else -1))
        self.column.blockSignals(False)
        self._show_column()
        self.setVisible(bool(self._columns))

    def _show_column(self) -> None:
        if not self._columns:
            return
        one = self._columns[self.column.currentIndex()]
        name = _name(one)
        self.encoding.clear()
        self.encoding.addItem(_(_FOUND[self._found.get(name, "unicode")]), "")
        for encoding, words in _ENCODINGS:
            self.encoding.addItem(words, encoding)
        self.encoding.setCurrentIndex(max(self.encoding.findData(self._said.get(name, "")), 0))
        pairs = (before if before == after else f"{before} → {after}" for before, after in one.samples)
        self.sample.say(" · ".join(pairs))

    def _choose(self) -> None:
        name, encoding = _name(self._columns[self.column.currentIndex()]), str(self.encoding.currentData())
        if self._said.get(name, "") == encoding:
            return
        if encoding:
            self._said[name] = encoding
        else:
            self._said.pop(name, None)
        self.overruled.emit(name, encoding)
