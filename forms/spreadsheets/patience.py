"""Fewer looks for garbage while a workbook is read and landed: much is made there, nearly all of it kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_MADE_BETWEEN: Final = 100_000
"""So many new objects between two looks; by default it is 700, and every look goes over all that is kept."""

_lock: Final = Lock()
_usual: Final[list[tuple[int, int, int]]] = []


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Around work that makes many objects and no rings of them; a fifth of the time of a large import."""
    with _lock:
        _usual.append(gc.get_threshold())
        gc.set_threshold(_MADE_BETWEEN)
    try:
        yield
    finally:
        with _lock:
            last = _usual.pop()
            if not _usual:
                gc.set_threshold(*last)
