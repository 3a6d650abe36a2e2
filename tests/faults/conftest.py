"""The bad disk in a process of its own, asked by the tests of this folder, and a table of what was tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disk import shim
from tests.faults.tally import PLANTED, Tally, table
from tests.support.source import ROOT

_TALLY = "faults"
_ROOM = 1 << 30
_LONGEST = "test_flips.py"

Note = Callable[[Tally], None]


class Trials:
    """Asks the process for trials, and notes what came of each."""

    def __init__(self, process: subprocess.Popen[str], note: Note) -> None:
        self._process = process
        self._note = note

    def ask(self, trial: str, **given: Any) -> dict[str, Any]:
        """The answer of a trial; fails where the process itself did."""
        began = time.perf_counter()
        answer = self._answer(do=trial, **given)
        if "tried" in answer:
            subject, seconds = given.get("workflow", ""), time.perf_counter() - began
            self._note(Tally(subject, trial, answer["tried"], seconds, len(answer["wrong"])))
        return answer

    def finds(self, trial: str, **given: Any) -> bool:
        """Whether a trial finds what was put in on purpose."""
        began = time.perf_counter()
        found = bool(self._answer(do=trial, **given)["wrong"])
        self._note(Tally(given["workflow"], PLANTED, 1, time.perf_counter() - began, not found))
        return found

    def _answer(self, **asked: Any) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        answer: dict[str, Any] = json.loads(stdout.readline())
        assert "crash" not in answer, answer["crash"]
        return answer


@pytest.fixture(scope="session")
def bench_folder() -> Iterator[Path]:
    """Where all of it happens: in memory if there is room, as no disk but ours need be waited for."""
    if sys.platform != "linux":
        pytest.skip("the bad disk stands before the C library of Linux")
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it has a name of its own
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    with tempfile.TemporaryDirectory(prefix="faults-", dir=memory if roomy else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def server(bench_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A workbench on a bad disk."""
    command = [sys.executable, "-m", "tests.faults.server", str(bench_folder / "bench")]
    env = {**os.environ, "LD_PRELOAD": str(shim())}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    """Puts a tally into the table at the end, also from another process of the run."""
    return lambda tally: record_property(_TALLY, list(tally))


@pytest.fixture
def trials(server: subprocess.Popen[str], note: Note) -> Trials:
    """Trials on that workbench."""
    return Trials(server, note)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes last: what is broken elsewhere is told before."""
    items.sort(key=lambda item: item.path.name == _LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [value for report in reports for name, value in report.user_properties if name == _TALLY]
    for line in table([Tally(*each) for each in told]):
        terminalreporter.write_line(line)
