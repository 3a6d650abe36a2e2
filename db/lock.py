"""One writer per book: an operating-system lock that dies with its holder, never a stale file."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from io import FileIO
from pathlib import Path

from db.errors import BookInUseError
from db.files import disk_faults

if sys.platform == "win32":  # pragma: no cover - the other half runs here
    import msvcrt

    def _try(handle: FileIO) -> None:
        handle.seek(4096)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: FileIO) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class BookLock:
    """Held from construction to ``release``. Raises BookInUseError, naming the holder, when taken."""

    def __init__(self, book: Path) -> None:
        path = book.with_name(book.name + ".lock")
        with disk_faults():
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._handle: FileIO = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            _try(self._handle)
        except OSError:
            self._handle.seek(0)
            holder = self._handle.read(200).decode("utf-8", "replace").strip()
            self._handle.close()
            raise BookInUseError(book, holder) from None
        with suppress(OSError):  # a full disk must not keep the clerk out; the lock itself needs no room
            self._handle.seek(0)
            self._handle.truncate()
            self._handle.write(f"{socket.gethostname()}, {os.getpid()}".encode())

    def release(self) -> None:
        """Give the book free. The file stays: removing it would race with the next holder."""
        self._handle.close()
