"""One table from error to words: what happened, what is safe, what to do next."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass

from db import accounts
from db import errors as book_errors
from db.writing import StillReferredError
from resources import N_, _

USAGE, ENVIRONMENT = 2, 3
_OF_THE_PC = (book_errors.EnvironmentFault, PermissionError)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """A sentence and an advice. ``is_bug``: nobody expected it. ``code``: exit code of the command line."""

    title: str
    advice: str = ""
    is_bug: bool = False
    code: int = USAGE

    @property
    def sentence(self) -> str:
        """Both in one."""
        return f"{self.title} {self.advice}".strip()


_WORDS: dict[type[Exception], tuple[str, str]] = {
    book_errors.BookMissingError: (
        N_("There is no book at {path}."),
        N_("Check whether it was moved or renamed, then open it from its new place."),
    ),
    book_errors.BookExistsError: (
        N_("There is already a file at {path}. It was not touched."),
        N_("Choose another name or folder."),
    ),
    book_errors.KeysMissingError: (
        N_("The key file beside the book is missing or cannot be read."),
        N_("Put the .keys file back beside the book, or restore both from a backup."),
    ),
    book_errors.WrongPasswordError: (
        N_("This password does not open the book."),
        N_("Check Caps Lock and the typing program, then try again. The recovery sheet opens it too."),
    ),
    book_errors.WeakPasswordError: (
        N_("The password is too short: it needs at least {least} characters."),
        N_("Four words that you remember make a good password."),
    ),
    accounts.AccountNameError: (
        N_("An account needs a name of 1 to 60 letters."),
        N_("The name stands in the history: take the name of the person."),
    ),
    accounts.AccountTakenError: (
        N_("There is already an account named {name}."),
        N_("Take another name, for example with the year of birth."),
    ),
    accounts.AccountMissingError: (
        N_("There is no account named {name} any more."),
        N_("Refresh the list (F9)."),
    ),
    accounts.PasswordTakenError: (
        N_("This password cannot be used for this account."),
        N_("Please think of another one."),
    ),
    accounts.LastAccountError: (
        N_("The account {name} cannot be removed: the book is open with it, or it is the last one."),
        N_("Add another account and open the book with that one first."),
    ),
    book_errors.BookInUseError: (
        N_("The book is already open in another window or by another person ({holder})."),
        N_("Close it there first."),
    ),
    book_errors.BookTooNewError: (
        N_("This book was made by a newer version of the program. It was not changed."),
        N_("Install the newer version on this PC."),
    ),
    book_errors.BookDamagedError: (
        N_("The file {path} cannot be read as a book."),
        N_("Nothing was changed. Restore the last backup to another folder and open that."),
    ),
    book_errors.UnsafePlaceError: (
        N_("A book cannot be kept in this folder: {why}."),
        N_("Choose a folder on this PC, for example Documents."),
    ),
    book_errors.DiskFullError: (
        N_("The disk is full. What was being written was taken back; the book is as it was."),
        N_("Make room on the disk, then do it again."),
    ),
    book_errors.StorageError: (
        N_("The disk could not be read or written. The book is as it was."),
        N_("Check the disk and the permissions of the folder, then do it again."),
    ),
    book_errors.ReadOnlyError: (
        N_("This book was opened for reading only. Nothing was changed."),
        N_("Open it for writing first."),
    ),
    book_errors.BookTooOldError: (
        N_("This book is of an older version of the program. Nothing was changed."),
        N_("Open it once for writing: it is brought up to date, and a copy as it was is kept beside it."),
    ),
    book_errors.UnknownRecordError: (
        N_("This record is no longer there."),
        N_("Refresh the list (F9)."),
    ),
    book_errors.EngineUnfitError: (
        N_("The database library on this PC does not fit ({found})."),
        N_("Install the program again."),
    ),
    StillReferredError: (
        N_("The record was not deleted: other records refer to it."),
        N_("Delete or change those first."),
    ),
    PermissionError: (
        N_("The file or folder {filename} may not be read or written."),
        N_("Choose another folder, or ask whoever looks after this PC."),
    ),
    book_errors.ForeignOperationError: (
        N_("Entry {seq} of {site} is not the one that is known here. Nothing was taken in."),
        N_("Ask that office for a new package."),
    ),
    FileExistsError: (
        N_("The file {filename} is already there."),
        N_("It was not touched. Choose another name."),
    ),
    FileNotFoundError: (
        N_("The file {filename} is not there."),
        N_("Check whether it was moved or renamed."),
    ),
}

_WHY = {
    "network": N_("it is on a network share"),
    "removable": N_("it is on a memory stick"),
    "cloud": N_("it is copied to the Internet by another program"),
}


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def describe(error: BaseException) -> ErrorText:
    """The words for an error, in the language in force. What nobody foresaw is our fault and says so."""
    own = _own_sentence(error)
    if own:
        return ErrorText(own)
    if isinstance(error, book_errors.UnknownBatchError):
        return ErrorText(
            _("There is no such entry to undo.") if error.batch else _("There is nothing to undo.")
        )
    if isinstance(error, OSError) and error.errno in _FULL:
        error = book_errors.DiskFullError()
    for kind in type(error).__mro__:
        if kind in _WORDS:
            title, advice = _WORDS[kind]
            code = ENVIRONMENT if isinstance(error, _OF_THE_PC) else USAGE
            return ErrorText(_(title).format(**_parts(error)), _(advice), code=code)
    return ErrorText(
        _("Something went wrong that should not happen."),
        _("What was saved is safe. Details were written to the log; please try again."),
        is_bug=True,
        code=ENVIRONMENT,
    )


def _own_sentence(error: BaseException) -> str:
    """Errors of other rooms carry their sentence, as a method or as their text."""
    told: Callable[[], str] | None = getattr(error, "sentence", None)
    if callable(told):
        return told()
    # By name: importing the signing room here would load it before the window is painted.
    speaks = any(kind.__name__ in ("SigningError", "ClerkError") for kind in type(error).__mro__)
    return str(error) if speaks else ""


def _parts(error: BaseException) -> dict[str, str]:
    names = ("name", "path", "least", "holder", "found", "filename", "seq", "site")
    parts = {name: str(getattr(error, name, "") or "") for name in names}
    parts["why"] = _(_WHY.get(str(getattr(error, "why", "")), N_("it is not on a disk of this PC")))
    return parts
