"""The style sheet: one text with named colours ($accent) and scalable sizes (@12 = 12 px)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from string import Template

from desktop.theme.palette import COLOURS, TONES

_SIZE = re.compile(r"@(\d+)")

_GENERAL = """
QWidget { color: $text; }
QMainWindow, QWidget#ground, QScrollArea#ground, QStackedWidget#ground { background: $ground; }
QToolTip { background: $text; color: $surface; border: 0; padding: @4 @8; }
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: @20; font-weight: 600; }
QLabel[kind="heading"] { font-size: @16; font-weight: 600; }
QLabel[kind="section"] { font-weight: 600; color: $text; }
QLabel[kind="quiet"] { color: $quiet; }
QLabel[kind="small"] { color: $quiet; font-size: @12; }
QLabel[kind="number"] { font-size: @24; font-weight: 600; color: $text; }
QLabel[kind="problem"] { color: $bad; font-size: @12; }
QLabel[kind="brand"] { font-size: @16; font-weight: 600; color: white; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: @8; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $accent; border-radius: @8; }
QFrame[kind="popup"] QTableView { border: 0; border-radius: @8; }
QFrame[kind="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget[kind="clear"] { background: transparent; }
QWidget[kind="clear"] { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: @12; }
"""

_BUTTONS = """
QPushButton, QToolButton[kind="button"] {
  background: $surface; border: 1px solid $field_line; border-radius: @4;
  padding: @6 @12; min-height: @18; }
QPushButton:hover, QToolButton[kind="button"]:hover { background: $head; }
QPushButton:pressed, QToolButton[kind="button"]:pressed { background: $line; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $faint; background: $head; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; color: white; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_down; }
QPushButton[kind="primary"]:focus { border: 1px solid $side; }
QPushButton[kind="primary"]:disabled { background: $field_line; border-color: $field_line; color: white; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: @4 @8; }
QPushButton[kind="quiet"]:hover { background: $line; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: @2 @4; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border-color: $accent; }
QPushButton[kind="tile"] { background: $surface; border: 1px solid $line; border-radius: @8;
  text-align: left; padding: 0; }
QPushButton[kind="tile"]:hover { border-color: $accent_line; background: $stripe; }
QPushButton[kind="tile"]:focus { border-color: $accent; }
QPushButton[kind="tile"]:checked { border-color: $accent; background: $accent_soft; }
QPushButton[kind="stage"] { padding: @6 @4; }
QPushButton[kind="stage"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton::menu-indicator { width: 0; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QComboBox {
  background: $surface; border: 1px solid $field_line; border-radius: @4; padding: @5 @10;
  selection-background-color: $accent; selection-color: white; }
QLineEdit, QComboBox { min-height: @20; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 1px solid $accent; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: 1px solid $bad; background: #fff6f5; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only {
  background: $head; color: $quiet; border-color: $line; }
QLineEdit[kind="search"] { padding-left: @4; }
QComboBox { padding-left: @8; padding-right: @20; }
QComboBox::drop-down { border: 0; width: @22; }
QComboBox::down-arrow { image: url($icons/chevron-down.svg); width: @14; height: @14; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $field_line; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; padding: @4; }
QComboBox QAbstractItemView::item { min-height: @28; }
QCheckBox { spacing: @8; }
QCheckBox::indicator { width: @16; height: @16; border: 1px solid $field_line; border-radius: @3;
  background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url($icons/check.svg); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border-color: $accent; }
QCalendarWidget QToolButton { border: 0; padding: @4 @8; background: transparent; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $head; }
"""

_TABLES = """
QTableView { background: $surface; alternate-background-color: $stripe; border: 1px solid $line;
  border-radius: @8; gridline-color: transparent; outline: 0; selection-background-color: $accent_soft;
  selection-color: $text; }
QTableView::item { padding: 0 @7; border: 0; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView QTableCornerButton::section { background: $head; border: 0; }
QHeaderView { background: $head; border: 0; border-top-left-radius: @8; border-top-right-radius: @8; }
QHeaderView::section { background: $head; color: $quiet; border: 0; border-bottom: 1px solid $line;
  padding: @8 @10; font-weight: 600; }
QHeaderView::section:first { border-top-left-radius: @7; }
QHeaderView::section:last { border-top-right-radius: @7; }
QHeaderView::down-arrow { image: url($icons/chevron-down.svg); width: @12; height: @12; }
QHeaderView::up-arrow { image: url($icons/chevron-up.svg); width: @12; height: @12; }
QTableView QLineEdit, QTableView QComboBox { border-radius: 0; padding: 0 @8; min-height: 0; }
QListView#photos { background: transparent; border: 0; outline: 0; }
QListWidget { background: $surface; border: 1px solid $line; border-radius: @8; outline: 0; }
QListWidget::item { padding: @8 @12; border-bottom: 1px solid $head; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: @12; margin: @2; }
QScrollBar:horizontal { background: transparent; height: @12; margin: @2; }
QScrollBar::handle { background: #c3ccd4; border-radius: @4; }
QScrollBar::handle:vertical { min-height: @32; }
QScrollBar::handle:horizontal { min-width: @32; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_FRAME = """
QWidget#side { background: $side; }
QWidget#side QLabel { color: $side_quiet; }
QWidget#side QLabel[kind="brand"] { color: white; }
QWidget#side QToolButton { color: $side_text; background: transparent; border: 0;
  border-left: @3 solid transparent; border-radius: 0; padding: 0 @16; text-align: left;
  min-height: @40; max-height: @40; }
QWidget#side QToolButton:hover { background: $side_hover; }
QWidget#side QToolButton:focus { border-left-color: $side_quiet; background: $side_hover; }
QWidget#side QToolButton:checked { background: $side_on; color: white; border-left-color: $accent_line; }
QWidget#side[narrow="true"] QToolButton { padding: 0 @10; }
QStatusBar { background: $surface; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { padding: 0 @12; color: $quiet; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; top: -1px; }
QTabWidget::tab-bar { left: 0; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $quiet; padding: @8 @11; border: 0;
  border-bottom: @2 solid transparent; margin-right: @2; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; background: $head; }
QTabBar QToolButton { background: $ground; border: 0; border-radius: @4; }
QTabBar QToolButton:hover { background: $line; }
QTabBar QToolButton::left-arrow { image: url($icons/chevron-left.svg); width: @16; height: @16; }
QTabBar QToolButton::right-arrow { image: url($icons/chevron-right.svg); width: @16; height: @16; }
QTabBar::scroller { width: @28; }
QTabBar::tear { width: 0; image: none; }
QMenu { background: $surface; border: 1px solid $field_line; padding: @4; }
QMenu::item { padding: @6 @24 @6 @12; border-radius: @4; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: @4 @8; }
QProgressBar { background: $line; border: 0; border-radius: @3; min-height: @6; max-height: @6; }
QProgressBar::chunk { background: $accent; border-radius: @3; }
QDialog { background: $ground; }
"""

_TONE = """
QFrame[tone="{name}"] {{ background: {back}; border: 1px solid {border}; border-radius: @4; }}
QFrame[tone="{name}"] QLabel {{ color: {text}; }}
QLabel[tone="{name}"] {{ background: {back}; color: {text}; border: 1px solid {border};
  border-radius: @9; padding: @1 @8; font-size: @12; }}
"""


def style_sheet(px: Callable[[float], int], icons: Path) -> str:
    """The whole sheet with sizes of ``px`` and arrows from the folder ``icons``."""
    tones = "".join(
        _TONE.format(name=tone.value, back=c.back, text=c.text, border=c.border) for tone, c in TONES.items()
    )
    design = "".join((_GENERAL, _BUTTONS, _FIELDS, _TABLES, _FRAME, tones))
    sized = _SIZE.sub(lambda found: f"{px(int(found[1]))}px", design)
    return Template(sized).substitute(asdict(COLOURS) | {"icons": icons.as_posix()})
