"""What only a fresh process shows: what is loaded, what is not needed, and that Qt keeps its references."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "pyhanko", "pikepdf", "reportlab", "sqlite_utils", "python_calamine", "xlsxwriter", "pypdfium2", "jinja2",
    "lxml", "aiohttp",
)

LOADED = f"""
import importlib, json, sys
importlib.import_module(sys.argv[1])
print(json.dumps(sorted(set(sys.modules) & set({HEAVY!r}))))
"""

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NoQt())
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
    print(module.name)
"""

# PySide6 6.12.0 on Python 3.11 drops a reference to True at every emit and dies after some hundred
EMITS = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal(bool)

heard = 0
def hear(value):
    global heard
    heard += value

sender = Sender()
sender.told.connect(hear)
for _ in range(100_000):
    sender.told.emit(True)
print(heard)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own, from the root of the project."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("module", ["desktop", "desktop.app", "desktop.cli"])
def test_no_heavy_library_is_loaded_before_it_is_used(module: str) -> None:
    done = run(LOADED, module)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_command_line_loads_no_qt() -> None:
    done = run("import sys, desktop.cli; print('PySide6' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.parametrize("room", ["db", "forms"])
def test_a_room_below_the_window_needs_no_qt(room: str) -> None:
    done = run(WITHOUT_QT, room)
    assert done.returncode == 0, done.stderr
    assert f"{room}." in done.stdout


def test_a_hundred_thousand_signals_leave_python_alive() -> None:
    done = run(EMITS)
    assert (done.returncode, done.stdout.strip()) == (0, "100000"), done.stderr
