"""Bars instead of dialogs: a notice with one thing to do, and work that is going on with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.theme import TONES, Tone, look, pixmap
from desktop.widgets.labels import button, label, space
from resources import _

_ICONS = {
    Tone.PLAIN: "info",
    Tone.INFO: "info",
    Tone.GOOD: "circle-check",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "circle-alert",
}
_STAYS_MS = {Tone.GOOD: 8_000, Tone.PLAIN: 8_000}
_UNDO_MS = 20_000


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the clerk, perhaps with advice and one thing to do."""

    text: str
    tone: Tone = Tone.INFO
    advice: str = ""
    action: str = ""
    do: Callable[[], object] | None = None

    @property
    def stays_ms(self) -> int:
        """How long it stays by itself; 0 = until closed."""
        stays = _STAYS_MS.get(self.tone, 0)
        return _UNDO_MS if stays and self.do else stays


class NoticeBar(QFrame):
    """Shows the latest notice; good news goes by itself, bad news stays until closed."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._picture = QLabel()
        self._text = label(wrap=True)
        self._advice = label(wrap=True)
        self._action = button("", self.act)
        self._action.hide()
        self._close = button("", self.close_bar, icon_name="x", kind="quiet", tip=_("Close this notice"))
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_bar)
        self._lay_out()
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    @property
    def is_good_news(self) -> bool:
        """Whether what is shown may go when the clerk goes on."""
        return self._notice is not None and self._notice.tone is Tone.GOOD

    def tell(self, notice: Notice) -> None:
        """Show this in place of what was there."""
        self._notice = notice
        self.setProperty("tone", notice.tone.value)
        for part in (self, self._text, self._advice):
            part.style().unpolish(part)
            part.style().polish(part)
        self._picture.setPixmap(pixmap(_ICONS[notice.tone], TONES[notice.tone].text, look().px(18), 2.0))
        self._text.setText(notice.text)
        self._advice.setText(notice.advice)
        self._advice.setVisible(bool(notice.advice))
        self._action.setText(notice.action)
        self._action.setAccessibleName(notice.action)
        self._action.setVisible(notice.do is not None)
        self.setAccessibleName(" ".join((notice.text, notice.advice)))
        self.show()
        self._timer.stop()
        if notice.stays_ms:
            self._timer.start(notice.stays_ms)

    def close_bar(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self._notice = None
        self.hide()
        self.closed.emit()

    def withdraw(self) -> None:
        """What the notice offers can no longer be done: take it away. A notice that only tells may stay."""
        if self._notice is not None and self._notice.do is not None:
            self.close_bar()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        space(words, between=2)
        words.addWidget(self._text)
        words.addWidget(self._advice)
        box = QHBoxLayout(self)
        space(box, (12, 6, 6, 6), 12)
        box.addWidget(self._picture)
        box.addLayout(words, 1)
        box.addWidget(self._action)
        box.addWidget(self._close)

    def act(self) -> None:
        """Do what the notice offers; it has had its say then."""
        notice = self._notice
        self.close_bar()
        if notice is not None and notice.do is not None:
            notice.do()


class BusyBar(QFrame):
    """What is being done, how far it is, and a button to stop it."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", Tone.INFO.value)
        self._text = label()
        self._far = label()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("Progress"))
        self.stop: QPushButton = button(_("Stop"), self.cancel_asked.emit, icon_name="x")
        box = QHBoxLayout(self)
        space(box, (12, 6, 6, 6), 12)
        box.addWidget(self._text)
        box.addWidget(self._progress, 1)
        box.addWidget(self._far)
        box.addWidget(self.stop)
        self.hide()

    def begin(self, text: str) -> None:
        """Say what is being done; how far is not known yet."""
        self._text.setText(text)
        self._far.clear()
        self._progress.setRange(0, 0)
        self.show()

    def progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._far.setText(_("{done} of {total}").format(done=done, total=total) if total else "")

    def is_shown_as(self) -> tuple[str, int, int]:
        """The words, and how far of how much."""
        return self._text.text(), self._progress.value(), self._progress.maximum()

    def end(self) -> None:
        """Nothing is going on any more."""
        self.hide()
