"""The window's first paint against a bare window of the same library."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.lines import Line, by_turns

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        print("painted", flush=True)
app = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("Sổ Dân vận"))
window.resize(1366, 728)
window.show()
app.exec()
"""
_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from desktop.app import App
from desktop.settings import SettingsFile
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
        return False
app = QApplication(sys.argv[:1])
desk = App(app, SettingsFile(Path(sys.argv[1]) / "settings.json"))
watch = Watch()
desk.start.installEventFilter(watch)
desk.window.resize(1366, 728)
desk.window.show()
app.exec()
"""


def measure(folder: Path) -> Iterator[Line]:
    """From the start of the process until something of ours is painted."""
    ours, bare = by_turns(lambda: _until_painted(_OURS, folder), lambda: _until_painted(_BARE, folder), 7)
    yield Line("first paint ÷ a bare window", ours, "s", 2, bare)


def _until_painted(script: str, folder: Path) -> float:
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        took = time.perf_counter() - start
        process.kill()
    return took
