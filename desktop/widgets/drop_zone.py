"""A place to drop a file on, or to click and choose one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.tiles import Tile


class DropZone(Tile):
    """``dropped(path)`` for a file with one of these endings; a click is an ordinary click."""

    dropped = Signal(Path)

    def __init__(
        self, text: str, advice: str, endings: tuple[str, ...], icon_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, icon_name, parent)
        self._endings = endings
        self.say("", advice)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = self._file(event)
        if file is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)

    def _file(self, event: QDropEvent) -> Path | None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        fitting = [file for file in files if file.suffix.lower() in self._endings]
        return fitting[0] if len(fitting) == 1 else None
