"""Nothing that the program does opens a connection: watched by strace, and done where there is no network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Sockets that can leave the machine, and any attempt to reach something with one
_NETWORK = re.compile(r"socket\(AF_(INET6?|PACKET|NETLINK)|connect\(")


def danvan(before: Sequence[str | Path], *words: str | Path, passwords: dict[str, str]) -> dict[str, Any]:
    """Run a command of ours behind other words; its JSON."""
    command = [*before, sys.executable, "-m", "desktop", *words, "--json"]
    env = os.environ | passwords
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def watched(trace: Path) -> list[str]:
    """The words that have a command and its children watched; what they open is appended to a file."""
    return ["strace", "-f", "-qq", "-A", "-e", "trace=socket,connect", "-o", str(trace)]


def signed_report(before: Sequence[str | Path], folder: Path) -> str:
    """Make the demo book, write and sign its report, verify it. Returns the verdict."""
    made = danvan(before, "demo", folder / "so.danvan", "--models", "6", "--years", "2025-2025", passwords={})
    passwords = {"P": made["password"], "K": made["p12_password"]}
    paper = danvan(
        before,
        "paper",
        made["book"],
        "result_report",
        "--period",
        "2025",
        "--out",
        folder / "report.pdf",
        "--password-env",
        "P",
        "--sign",
        made["p12"],
        "--sign-password-env",
        "K",
        passwords=passwords,
    )
    trust = ("--trust", made["root"], "--crl", made["crl"])
    told = danvan(before, "verify", paper["file"], *trust, passwords={})
    verdict: str = told["verdict"]
    return verdict


def test_the_main_job_opens_no_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    assert signed_report(watched(trace), tmp_path) == "valid"
    assert [line for line in trace.read_text(encoding="utf-8").splitlines() if _NETWORK.search(line)] == []


def test_the_watcher_sees_a_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    opens = "import socket; socket.socket().close()"
    subprocess.run([*watched(trace), sys.executable, "-c", opens], check=True)
    assert _NETWORK.search(trace.read_text(encoding="utf-8"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may leave the network without asking")
def test_the_main_job_works_without_a_network(tmp_path: Path) -> None:
    assert signed_report(["unshare", "--net"], tmp_path) == "valid"
