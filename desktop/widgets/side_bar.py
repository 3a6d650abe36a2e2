"""The side bar: where one can go, with icons and words; only icons where the window is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.theme import COLOURS, icon, look, pixmap
from desktop.widgets.labels import label, space

WIDE, NARROW = 212, 52


@dataclass(frozen=True, slots=True)
class Place:
    """One place to go to."""

    name: str
    text: str
    icon_name: str
    key: str = ""


class SideBar(QWidget):
    """``chosen(name)`` when the clerk goes somewhere."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._brand = label("", "brand")
        self._office = label("", "small", wrap=True)
        self._mark = QLabel()
        self._mark.setPixmap(pixmap("book-open", COLOURS.surface, look().px(22), 2.0))
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._box = QVBoxLayout(self)
        space(self._box, between=0)
        head = QVBoxLayout()
        space(head, (20, 16, 12, 20), 2)
        for part in (self._brand, self._office):
            head.addWidget(part)
        self._box.addLayout(head)
        self._box.addWidget(self._mark)
        self._box.addSpacing(0)
        self._box.addStretch(1)
        self._head = head
        self.set_narrow(False)

    def set_office(self, brand: str, office: str) -> None:
        """The name of the program and whose book this is."""
        self._brand.setText(brand)
        self._office.setText(office)
        self._mark.setToolTip(f"{brand}\n{office}")

    def office(self) -> str:
        """Whose book this is."""
        return self._office.text()

    def set_places(self, places: list[Place]) -> None:
        """What one can choose."""
        for old in self._buttons.values():
            self._group.removeButton(old)
            old.deleteLater()
        self._buttons = {place.name: self._button(place) for place in places}
        for at, button in enumerate(self._buttons.values()):
            self._box.insertWidget(2 + at, button)

    def show_chosen(self, name: str) -> None:
        """Mark where we are."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, the words as tool tips."""
        self.setProperty("narrow", narrow)
        self.setFixedWidth(look().px(NARROW if narrow else WIDE))
        for part in (self._brand, self._office):
            part.setVisible(not narrow)
        self._mark.setVisible(narrow)
        space(self._head, (0, 8, 0, 0) if narrow else (20, 16, 12, 20), 2)
        self._mark.setFixedHeight(look().px(40))
        for button in self._buttons.values():
            self._style(button)

    def button(self, name: str) -> QToolButton:
        """The button of a place."""
        return self._buttons[name]

    def set_badge(self, name: str, text: str) -> None:
        """A short word after a place ("3" conflicts); empty takes it away."""
        button = self._buttons.get(name)
        if button is not None:
            words = str(button.property("words"))
            button.setText(f"  {words}  ({text})" if text else f"  {words}")
            button.setAccessibleName(button.text().strip())

    def _button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setText(f"  {place.text}")
        button.setProperty("words", place.text)
        button.setIcon(icon(place.icon_name, COLOURS.side_text, 20))
        button.setIconSize(QSize(look().px(20), look().px(20)))
        button.setToolTip(f"{place.text} ({place.key})" if place.key else place.text)
        button.setAccessibleName(place.text)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.chosen.emit(place.name))
        self._group.addButton(button)
        self._style(button)
        return button

    def _style(self, button: QToolButton) -> None:
        style = Qt.ToolButtonStyle
        narrow = bool(self.property("narrow"))
        button.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        button.style().unpolish(button)
        button.style().polish(button)
