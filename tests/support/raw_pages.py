"""The bytes of a book as they lie in its files, decrypted page by page: free pages and the log included."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def _page(key: bytes, page: bytes, *, first: bool) -> bytes:
    content = page[_SALT if first else 0 : -_RESERVED]
    reader = Cipher(AES(key), CBC(page[-_RESERVED : -_RESERVED + _IV])).decryptor()
    return reader.update(content) + reader.finalize()


def _file(path: Path, key: bytes) -> bytes:
    raw = path.read_bytes()
    pages = (raw[at : at + _PAGE] for at in range(0, len(raw), _PAGE))
    return b"".join(_page(key, page, first=not number) for number, page in enumerate(pages))


def _log(path: Path, key: bytes) -> bytes:
    raw = path.read_bytes() if path.exists() else b""
    found = []
    for at in range(_LOG_HEADER, len(raw), _FRAME_HEADER + _PAGE):
        first = int.from_bytes(raw[at : at + 4], "big") == 1
        found.append(_page(key, raw[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE], first=first))
    return b"".join(found)


def decrypted(book: Path, key: bytes) -> bytes:
    """Every page of the file, used or free, and every frame of its write-ahead log."""
    return _file(book, key) + _log(book.with_name(f"{book.name}-wal"), key)
