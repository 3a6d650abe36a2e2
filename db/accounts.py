"""Who may open a book: accounts with a password each, and the recovery sheet. Kept in the key file beside it.

The data key stays what it is: a copy or backup made before a change still opens with what opened it then.
Each change stretches passwords (about half a second) and writes both copies of the key file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from db import keys
from db.book import Book, RecoverySheet
from db.errors import BookError, WrongPasswordError
from db.vietnamese import exact, name_sort_key, nfc

LONGEST_NAME = 60


class AccountNameError(BookError):
    """``name`` is empty, too long, or kept for the recovery sheet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class AccountTakenError(BookError):
    """There is an account of this ``name`` already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class AccountMissingError(BookError):
    """There is no account of this ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PasswordTakenError(BookError):
    """Another account opens with this password: nobody could tell who opened the book."""


class LastAccountError(BookError):
    """The last account cannot go, nor the one the book is open with (``name``)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def names(book: Book) -> tuple[str, ...]:
    """The accounts of a book, in the order of people. Raises KeysMissingError."""
    found = (slot.name for slot in _accounts(keys.read_ring(book.path)))
    return tuple(sorted(found, key=name_sort_key))


def opened_by_sheet(book: Book) -> bool:
    """Whether the recovery sheet opened it: whoever holds that may set a password without the old one."""
    return book.account == keys.RECOVERY


def add(book: Book, name: str, password: str, cost: keys.Cost | None = None) -> str:
    """A new account; its name as it is kept.

    Raises AccountNameError, AccountTakenError, WeakPasswordError, PasswordTakenError, StorageError.
    """
    ring, wanted = keys.read_ring(book.path), nfc(name)
    if not wanted or len(wanted) > LONGEST_NAME or exact(wanted) == keys.RECOVERY:
        raise AccountNameError(wanted)
    if exact(wanted) in (exact(slot.name) for slot in ring.slots):
        raise AccountTakenError(wanted)
    _set(book, ring, wanted, password, cost)
    return wanted


def change_password(book: Book, old: str, new: str, cost: keys.Cost | None = None) -> None:
    """Another password for the account the book is open with.

    Raises WrongPasswordError, WeakPasswordError, PasswordTakenError, AccountMissingError, StorageError.
    """
    ring = keys.read_ring(book.path)
    keys.unwrap(_slot(ring, book.account), ring.book, old)
    _set(book, ring, book.account, new, cost)


def reset_password(book: Book, name: str, new: str, cost: keys.Cost | None = None) -> None:
    """Another password for any account, without the old one: only where the recovery sheet opened the book.

    Raises WrongPasswordError where it did not, and what ``change_password`` raises.
    """
    if not opened_by_sheet(book):
        raise WrongPasswordError
    ring = keys.read_ring(book.path)
    _set(book, ring, _slot(ring, name).name, new, cost)


def remove(book: Book, name: str) -> None:
    """Take an account away. Raises LastAccountError, AccountMissingError, StorageError."""
    ring = keys.read_ring(book.path)
    gone = _slot(ring, name)
    if name == book.account or len(_accounts(ring)) == 1:
        raise LastAccountError(name)
    left = tuple(slot for slot in ring.slots if slot is not gone)
    keys.write_ring(book.path, keys.sealed(replace(ring, slots=left), book.key))


def new_sheet(book: Book, cost: keys.Cost | None = None) -> RecoverySheet:
    """Another recovery code in place of the one before, which opens nothing more. Raises StorageError."""
    ring, code = keys.read_ring(book.path), keys.new_recovery_code()
    made = keys.wrap(book.key, ring.book, keys.RECOVERY, keys.RECOVERY, code, cost)
    slots = (*_accounts(ring), made)
    keys.write_ring(book.path, keys.sealed(replace(ring, slots=slots), book.key))
    return RecoverySheet(ring.book, code, book.get("org_unit", book.own_unit()).title)


def _set(book: Book, ring: keys.KeyRing, name: str, password: str, cost: keys.Cost | None) -> None:
    keys.check_password(password)
    for slot in _accounts(ring):
        if slot.name != name and _opens(slot, ring.book, password):
            raise PasswordTakenError
    keys.write_ring(book.path, keys.with_password(ring, book.key, name, password, cost))


def _opens(slot: keys.Slot, identity: str, password: str) -> bool:
    with suppress(WrongPasswordError):
        keys.unwrap(slot, identity, password)
        return True
    return False


def _accounts(ring: keys.KeyRing) -> tuple[keys.Slot, ...]:
    return tuple(slot for slot in ring.slots if slot.kind == keys.ACCOUNT)


def _slot(ring: keys.KeyRing, name: str) -> keys.Slot:
    found = next((slot for slot in _accounts(ring) if slot.name == name), None)
    if found is None:
        raise AccountMissingError(name)
    return found
