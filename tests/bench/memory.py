"""What the window holds in memory with a book open and its first screens seen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.lines import Line

_SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.app import App
from desktop.settings import SettingsFile
app = QApplication(sys.argv[:1])
settings = SettingsFile(Path(sys.argv[1]) / "settings.json")
settings.change(backup_hours=0)
desk = App(app, settings)
desk.window.resize(1366, 728)
desk.window.show()
desk.unlock(Path(sys.argv[2]), sys.argv[3])
places = ["home", "models", "search", None]
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("VmRSS"))
def go_on():
    if desk.office is None or desk.tasks.running:
        return
    place = places.pop(0)
    if place is None:
        print(resident(), flush=True)
        desk.close()
        app.quit()
    else:
        desk.window.go(place, "nguyen" if place == "search" else None)
timer = QTimer(interval=200)
timer.timeout.connect(go_on)
timer.start()
app.exec()
"""


def resident_line(book: Path, password: str, whose: str, folder: Path) -> Iterator[Line]:
    """Resident memory after home, the list of models and a search."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(folder), str(book), password],
        stdout=subprocess.PIPE, text=True, check=True, timeout=600,
    )  # fmt: skip
    megabytes = int(done.stdout.split()[-1]) * 1024 / 1_000_000
    yield Line(f"resident memory of the window, {whose}", megabytes, "MB", 250)
