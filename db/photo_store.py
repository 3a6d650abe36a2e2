"""The photo files beside a book: each one encrypted under a name that tells nothing, written whole."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db import keys
from db.errors import BookError
from db.files import disk_faults, make_folder, sync_folder, write_whole
from resources import _

_MARK = b"DVP1"
_NONCE = 12
_HEX = re.compile(r"[0-9a-f]{64}")


class PhotoMissingError(BookError):
    """The file of a photo is not beside the book; ``hash`` is the photo's."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.hash = digest

    def sentence(self) -> str:
        """What happened, for the clerk."""
        return _("The file of this photo is missing. Add the picture once more and it is put back.")


class PhotoDamagedError(BookError):
    """The file of a photo does not hold what was stored; ``hash`` is the photo's."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.hash = digest

    def sentence(self) -> str:
        """What happened, for the clerk."""
        return _("The file of this photo is damaged. Add the picture once more and it is put back.")


class WrongContentError(PhotoDamagedError):
    """The file can be decrypted, but it is another picture than its name says."""


def photo_folder(book: Path) -> Path:
    """Where the photos of the book at ``book`` lie."""
    return book.with_name(f"{book.name}.photos")


def is_hash(value: object) -> bool:
    """Whether ``value`` is a hash; a forgotten photo has words in its place."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


class PhotoStore:
    """A folder of encrypted photos. Safe to use from several threads; holds no file open.

    A file is named after HMAC-SHA256(names key, hash of the JPEG), so that nobody without the book's key can
    ask whether a known picture is among them. Its content is AES-256-GCM with a nonce made from the same
    hash: equal pictures give equal files, different ones never share a nonce, and a copy can be compared
    byte by byte. The name is bound in, so that a file under another's name is found out.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._names = keys.derive(key, "photo names")
        self._nonces = keys.derive(key, "photo nonces")
        self._cipher = AESGCM(keys.derive(key, "photos"))

    @classmethod
    def beside(cls, book: Path, key: bytes) -> PhotoStore:
        """The photos of the book at ``book``, whose data key is ``key``."""
        return cls(photo_folder(book), key)

    def name(self, digest: str) -> str:
        """The file name of the JPEG with the SHA-256 ``digest`` (hexadecimal)."""
        return hmac.digest(self._names, digest.encode(), hashlib.sha256).hex()

    def file(self, digest: str) -> Path:
        """Where that JPEG is kept."""
        return self._place(self.name(digest))

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def has(self, digest: str) -> bool:
        """Whether there is a file of that name, whatever is in it."""
        return self.file(digest).is_file()

    def is_whole(self, digest: str) -> bool:
        """Whether the JPEG is there and undamaged."""
        try:
            self.read(digest)
        except (PhotoMissingError, PhotoDamagedError):
            return False
        return True

    def keep(self, jpeg: bytes) -> tuple[str, bool]:
        """Write a JPEG durably; its hash, and whether a file was written.

        A whole file of the same picture stays as it is, a damaged one is replaced. Raises DiskFullError,
        StorageError.
        """
        digest = hashlib.sha256(jpeg).hexdigest()
        place, sealed = self.file(digest), self._sealed(digest, jpeg)
        with disk_faults():
            if place.is_file() and place.read_bytes() == sealed:
                return digest, False
            make_folder(place.parent)
        write_whole(place, sealed)
        return digest, True

    def _sealed(self, digest: str, jpeg: bytes) -> bytes:
        nonce = hmac.digest(self._nonces, digest.encode(), hashlib.sha256)[:_NONCE]
        return _MARK + nonce + self._cipher.encrypt(nonce, jpeg, _MARK + self.name(digest).encode())

    def read(self, digest: str) -> bytes:
        """The JPEG. Raises PhotoMissingError, PhotoDamagedError, StorageError."""
        name = self.name(digest)
        try:
            with disk_faults():
                sealed = self._place(name).read_bytes()
        except BookError as error:
            if isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError)):
                raise PhotoMissingError(digest) from None
            raise
        nonce, body = sealed[len(_MARK) : len(_MARK) + _NONCE], sealed[len(_MARK) + _NONCE :]
        if not sealed.startswith(_MARK) or len(body) < 16:
            raise PhotoDamagedError(digest)
        try:
            jpeg = self._cipher.decrypt(nonce, body, _MARK + name.encode())
        except InvalidTag:
            raise PhotoDamagedError(digest) from None
        if hashlib.sha256(jpeg).hexdigest() != digest:
            raise WrongContentError(digest)
        return jpeg

    def delete(self, digest: str) -> None:
        """Remove the file, if it is there, so that no power cut brings it back."""
        file = self.file(digest)
        with disk_faults():
            file.unlink(missing_ok=True)
            if file.parent.is_dir():
                sync_folder(file.parent)

    def files(self) -> Iterator[Path]:
        """Every finished photo file of the folder."""
        yield from (file for file in self._all() if _HEX.fullmatch(file.name))

    def unfinished(self) -> Iterator[Path]:
        """What an interrupted write left; nothing refers to it."""
        yield from (file for file in self._all() if file.name.startswith(".") and file.suffix == ".tmp")

    def _all(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            return
        for part in sorted(self.folder.iterdir()):
            if part.is_dir() and len(part.name) == 2:
                yield from sorted(file for file in part.iterdir() if file.is_file())
