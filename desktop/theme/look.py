"""The look in force: font family and scale, applied to the whole application at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources
from desktop.theme.palette import COLOURS
from desktop.theme.sheet import style_sheet

SCALES = (100, 115, 130, 150, 175, 200)
_FAMILIES = ("Inter", "Segoe UI", "Noto Sans", "DejaVu Sans")
_BASE_PX = 13


@dataclass(frozen=True, slots=True)
class Look:
    """``scale`` in per cent, 100 to 200; ``family`` of the text."""

    family: str = ""
    scale: int = 100

    def px(self, pixels: float) -> int:
        """So many pixels of the design, at the scale in force."""
        return max(1, round(pixels * self.scale / 100))

    def font(self, pixels: float = _BASE_PX, *, bold: bool = False) -> QFont:
        """A font of the look, ``pixels`` high in the design."""
        font = QFont(self.family)
        font.setPixelSize(self.px(pixels))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width: columns of numbers stand straight
        return font


# One look for the whole application, as Qt itself has one style: empty until ``apply`` was called
_IN_FORCE: list[Look] = [Look()]


def look() -> Look:
    """The look in force."""
    return _IN_FORCE[0]


def apply(app: QApplication, scale: int = 100) -> Look:
    """Give the application its style, colours, font and style sheet. Returns the look now in force."""
    chosen = Look(_family(), min(max(scale, SCALES[0]), SCALES[-1]))
    if chosen == _IN_FORCE[0]:
        return chosen
    _IN_FORCE[0] = chosen
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setFont(chosen.font())
    app.setStyleSheet(style_sheet(chosen.px, resources.path("icons")))
    return chosen


@cache
def _family() -> str:
    folder = resources.path("fonts")
    for file in sorted(folder.glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    known = set(QFontDatabase.families())
    return next((name for name in _FAMILIES if name in known), QFont().family())


_ROLES = {
    QPalette.ColorRole.Window: COLOURS.ground,
    QPalette.ColorRole.WindowText: COLOURS.text,
    QPalette.ColorRole.Base: COLOURS.surface,
    QPalette.ColorRole.AlternateBase: COLOURS.stripe,
    QPalette.ColorRole.Text: COLOURS.text,
    QPalette.ColorRole.Button: COLOURS.surface,
    QPalette.ColorRole.ButtonText: COLOURS.text,
    QPalette.ColorRole.Highlight: COLOURS.accent_soft,
    QPalette.ColorRole.HighlightedText: COLOURS.text,
    QPalette.ColorRole.ToolTipBase: COLOURS.text,
    QPalette.ColorRole.ToolTipText: COLOURS.surface,
    QPalette.ColorRole.PlaceholderText: COLOURS.faint,
    QPalette.ColorRole.Link: COLOURS.accent,
    QPalette.ColorRole.Accent: COLOURS.accent,
}


def _palette() -> QPalette:
    palette = QPalette(QColor(COLOURS.surface), QColor(COLOURS.ground))
    for role, colour in _ROLES.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLOURS.faint))
    return palette
