"""One writer per book: an operating-system lock that dies with its holder, never a stale file."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from db.errors import BookInUseError

if sys.platform == "win32":  # pragma: no cover - the other half runs here
    import msvcrt

    def _try(handle: BinaryIO) -> None:
        handle.seek(4096)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: BinaryIO) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class BookLock:
    """Held from construction to ``release``. Raises BookInUseError, naming the holder, when taken."""

    def __init__(self, book: Path) -> None:
        path = book.with_name(book.name + ".lock")
        self._handle: BinaryIO = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _try(self._handle)
        except OSError:
            holder = self._handle.read(200).decode("utf-8", "replace").strip()
            self._handle.close()
            raise BookInUseError(book, holder) from None
        self._handle.seek(0)
        self._handle.truncate()
        self._handle.write(f"{socket.gethostname()}, {os.getpid()}".encode())
        self._handle.flush()

    def release(self) -> None:
        """Give the book free. The file stays: removing it would race with the next holder."""
        self._handle.close()
