"""How a file is written: whole and durable, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import DiskFullError, StorageError

_BUSY_ON_WINDOWS = frozenset({5, 32, 33})  # an antivirus holds the file for a moment
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)


def write_whole(path: Path, content: bytes, *, exclusive: bool = False) -> None:
    """Write ``content`` to ``path``: temporary file, fsync, rename, fsync of the folder.

    ``exclusive`` refuses to replace (FileExistsError). Raises DiskFullError or StorageError; the old file,
    if any, is then as it was.
    """
    temporary = _beside(path)
    try:
        with disk_faults():
            _write(temporary, content)
            if exclusive and path.exists():
                raise FileExistsError(path)
            _put_in_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file the same way and read it back before it counts: a stick may lie about what it wrote."""
    temporary = _beside(target)
    try:
        with disk_faults():
            shutil.copyfile(source, temporary)
            sync_file(temporary)
            if _sha256(temporary) != _sha256(source):
                raise OSError(errno.EIO, "the copy is not what was written")
            _put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def _put_in_place(temporary: Path, path: Path) -> None:
    replace_patiently(temporary, path)
    sync_folder(path.parent)


def _sha256(path: Path) -> bytes:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").digest()


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn an operating system's faults into the clerk's; a file that exists is told as such."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise as_fault(error) from error


def as_fault(error: OSError) -> DiskFullError | StorageError:
    """The clerk's fault for an operating system's."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return DiskFullError() if full else StorageError(error.strerror or str(error))


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
        if handle.tell() != len(content):
            raise OSError(errno.EIO, "short write")


def replace_patiently(source: Path, target: Path, wait: Callable[[float], None] = time.sleep) -> None:
    """``os.replace``, tried again for about two seconds while another program holds the file."""
    for pause in _WAITS:
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _BUSY_ON_WINDOWS:
                raise
            wait(pause)
        else:
            return
    source.replace(target)


def sync_file(path: Path) -> None:
    """Make what was written to ``path`` durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those above it, durably: one that a power cut forgets takes its files along."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in new:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
