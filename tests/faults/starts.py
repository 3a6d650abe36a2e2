"""Two programs that open one book at the same moment: who writes, and what a killed one leaves."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from db.errors import BookInUseError
from tests.faults.bench import Bench
from tests.support.books import add_model

_WRITES, _REFUSED = b"w", b"r"
_TOLD: Final = 1


@dataclass(frozen=True, slots=True)
class Starter:
    """A program that waits for the signal, opens the book, writes in it and stays until it is killed."""

    process: int
    said: int

    def says(self) -> bytes:
        """Whether it writes or was refused; empty where it died otherwise."""
        return os.read(self.said, _TOLD)

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.said)


def _starter(program: Callable[[], bytes], go: int, gates: tuple[int, ...]) -> Starter:
    said, mouth = os.pipe()
    process = os.fork()
    if process:
        os.close(mouth)
        return Starter(process, said)
    gc.disable()
    try:
        for gate in gates:
            os.close(gate)
        os.read(go, 1)  # nothing is ever written: it returns when the other end is closed
        os.write(mouth, program())
        signal.pause()
    finally:
        os._exit(0)


def twice(bench: Bench, rounds: int) -> dict[str, Any]:
    """Start two programs on one book ``rounds`` times; kill both; the book then holds all they wrote."""
    desk = bench.desk
    desk.restore(bench.plain)
    wrong: list[str] = []

    def program() -> bytes:
        try:
            book = desk.open()
        except BookInUseError:
            return _REFUSED
        with book.writing("an") as write:
            add_model(write, f"HAI{os.getpid()}")
        return _WRITES

    for number in range(rounds):
        go, gate = os.pipe()
        both = [_starter(program, go, (gate,)) for _ in range(2)]
        os.close(gate)
        os.close(go)
        answers = sorted(one.says() for one in both)
        for one in both:
            one.kill()
        if answers != [_REFUSED, _WRITES]:
            wrong.append(f"round {number}: {answers}")
    with desk.open() as book:
        written = sum(1 for model in book.find("model") if str(model["code"]).startswith("HAI"))
    return {"tried": rounds, "wrong": wrong, "written": written}
