"""The bad disk in a process of its own, asked by the tests of this folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.disk import shim
from tests.support.source import ROOT


class Trials:
    """Asks the process for trials."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, trial: str, **given: Any) -> dict[str, Any]:
        """The answer of a trial; fails where the process itself did."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(json.dumps({"do": trial, **given}) + "\n")
        stdin.flush()
        answer: dict[str, Any] = json.loads(stdout.readline())
        assert "crash" not in answer, answer["crash"]
        return answer


@pytest.fixture(scope="session")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """A workbench on a bad disk."""
    if sys.platform != "linux":
        pytest.skip("the bad disk stands before the C library of Linux")
    command = [sys.executable, "-m", "tests.faults.server", str(tmp_path_factory.mktemp("faults") / "bench")]
    env = {**os.environ, "LD_PRELOAD": str(shim())}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Trials(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
