"""For whom a file is written: asked each time, nothing chosen beforehand, with what is masked in words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from db.personal import AUDIENCES, INTERNAL, PUBLIC, UPPER
from desktop.screens import showing
from desktop.widgets.labels import Card, button, label, row, space
from resources import N_, _

MASKED = {
    INTERNAL: N_("Everything, with names, amounts, phones and addresses. Keep it in the office."),
    UPPER: N_("Names and amounts stay. Phones and addresses of persons are left out, unless they agreed."),
    PUBLIC: N_(
        "Without consent: initials in place of names, “(ẩn)” in place of amounts;"
        " no phones, addresses, birth years or notes on persons."
    ),
}
"""What a file for each audience shows of persons."""


class AudiencePanel(Card):
    """``chosen(audience)``, or ``given_up()``."""

    chosen = Signal(str)
    given_up = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        asked = _("For whom is the file?")
        self.box.addWidget(label(f"{title} – {asked}", "heading", wrap=True))
        grid = QGridLayout()
        space(grid, between=8)
        grid.setColumnStretch(1, 1)
        self.buttons: dict[str, QPushButton] = {}
        for at, audience in enumerate(AUDIENCES):
            words = showing.choice_words("audience", audience)
            made = self.buttons[audience] = button(
                words, partial(self.chosen.emit, audience), icon_name="download"
            )
            made.setAccessibleDescription(_(MASKED[audience]))
            grid.addWidget(made, at, 0)
            grid.addWidget(label(_(MASKED[audience]), "quiet", wrap=True), at, 1)
        self.box.addLayout(grid)
        self.box.addLayout(row(button(_("Cancel"), self.given_up.emit), 1))

    def take_focus(self) -> None:
        """Ready for the keyboard: the first way out shows nothing."""
        self.buttons[PUBLIC].setFocus()
