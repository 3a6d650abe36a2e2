"""What a workflow is: something a clerk does that changes files, in steps told when they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from db import Book
from tests.faults.desk import Desk

Done = Callable[[Book | None], None]
"""Told after each step, when the program has said that it is done; with the book if it is still open."""
Run = Callable[[Done], None]
Beside = Callable[[Desk, Book, int], Iterator[str]]
"""What is wrong with the files beside the book after so many steps were told, or if they are done again."""


def nothing(_desk: Desk, _book: Book, _done: int) -> Iterator[str]:
    """No file stands beside the book."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """One of them. ``program``: the version of the program that runs it and opens what it leaves."""

    prepare: Callable[[Desk], Run]
    beside: Beside = nothing
    program: Callable[[], AbstractContextManager[None]] = nullcontext


class CommandRefused(Exception):
    """A command ended with a code that is not 0, and said a sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
