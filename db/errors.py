"""What can go wrong with a book, by kind. Words for the clerk are in one table of the desktop room."""

from __future__ import annotations

from pathlib import Path


class BookError(Exception):
    """Something about the book that the clerk can understand and act on."""


class EnvironmentFault(BookError):
    """The fault lies with the PC: disk, permissions, a book in use."""


class EngineUnfitError(EnvironmentFault):
    """The SQLite library is too old or is not SQLCipher; ``found`` says what there is."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class BookMissingError(BookError):
    """There is no book at ``path``. Never answered by making an empty one."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class BookExistsError(BookError):
    """Something is already at ``path``; nothing is overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class KeysMissingError(BookError):
    """The key file beside the book is gone or cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class WrongPasswordError(BookError):
    """No slot opens with this password, or a slot was tampered with."""


class WeakPasswordError(BookError):
    """The password is shorter than ``least`` characters."""

    def __init__(self, least: int) -> None:
        super().__init__(str(least))
        self.least = least


class BookInUseError(EnvironmentFault):
    """Another program writes in this book; ``holder`` says which, as far as it is known."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path}: {holder}")
        self.path = path
        self.holder = holder


class BookTooNewError(BookError):
    """The book was made by a newer version; ``steps`` are the steps this one does not know."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


class BookDamagedError(BookError):
    """The file is not a readable book."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class UnsafePlaceError(BookError):
    """The folder is on a network share, a stick or in a cloud-synced folder; ``why`` is one of these."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class DiskFullError(EnvironmentFault):
    """The disk has no room left; what was being written was taken back."""


class StorageError(EnvironmentFault):
    """The disk could not be read or written; what was being written was taken back."""


class ReadOnlyError(BookError):
    """Writing was asked of a book that was opened for reading."""


class BookTooOldError(ReadOnlyError):
    """A book of an older version was opened for reading; who opens it for writing brings it up to date."""


class UnknownRecordError(BookError):
    """There is no such record."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


class UnknownBatchError(BookError):
    """There is no such batch to undo, or nothing at all (``batch`` is then empty)."""

    def __init__(self, batch: str) -> None:
        super().__init__(batch)
        self.batch = batch


class ForeignOperationError(BookError):
    """Operations of another site cannot be taken: ``reason`` is a code, ``site``, ``seq`` the first one."""

    def __init__(self, reason: str, site: str, seq: int) -> None:
        super().__init__(f"{reason}: {site}.{seq}")
        self.reason = reason
        self.site = site
        self.seq = seq
