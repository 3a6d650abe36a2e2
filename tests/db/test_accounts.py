"""Accounts of a book: who opens it, with which password, and what the recovery sheet may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from db import Book, accounts, keys
from db.accounts import (
    AccountMissingError,
    AccountNameError,
    AccountTakenError,
    LastAccountError,
    PasswordTakenError,
)
from db.errors import WeakPasswordError, WrongPasswordError
from tests.support.books import PASSWORD

OTHER = "bốn từ dễ nhớ"


@pytest.fixture
def by_sheet(book: Book) -> Iterator[Book]:
    """The same book, opened with its recovery code."""
    code = accounts.new_sheet(book).code
    book.close()
    with Book.open(book.path, code) as opened:
        yield opened


def who(book: Book, password: str) -> str:
    """The account a password opens."""
    return keys.unlock(keys.read_ring(book.path), password)[1].name


def test_a_new_book_has_one_account(book: Book) -> None:
    assert accounts.names(book) == ("an",)


def test_a_second_account_opens_the_same_book_by_its_own_name(book: Book) -> None:
    assert accounts.add(book, " Lê Thị Bình ", OTHER) == "Lê Thị Bình"
    assert accounts.names(book) == ("an", "Lê Thị Bình")
    assert (who(book, OTHER), who(book, PASSWORD)) == ("Lê Thị Bình", "an")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "recovery", "Recovery"])
def test_a_name_that_is_none_is_refused(book: Book, name: str) -> None:
    with pytest.raises(AccountNameError):
        accounts.add(book, name, OTHER)


def test_a_name_is_taken_however_it_is_written(book: Book) -> None:
    with pytest.raises(AccountTakenError):
        accounts.add(book, "AN", OTHER)


def test_two_accounts_cannot_share_a_password(book: Book) -> None:
    with pytest.raises(PasswordTakenError):
        accounts.add(book, "binh", PASSWORD)
    assert accounts.names(book) == ("an",)


def test_a_short_password_is_refused(book: Book) -> None:
    with pytest.raises(WeakPasswordError):
        accounts.add(book, "binh", "ngắn")


def test_ones_own_password_is_changed_with_the_old_one(book: Book) -> None:
    accounts.change_password(book, PASSWORD, OTHER)
    assert who(book, OTHER) == "an"
    with pytest.raises(WrongPasswordError):
        who(book, PASSWORD)


def test_without_the_old_password_nothing_changes(book: Book) -> None:
    with pytest.raises(WrongPasswordError):
        accounts.change_password(book, "sai mật khẩu", OTHER)
    assert who(book, PASSWORD) == "an"


def test_another_accounts_password_does_not_change_mine(book: Book) -> None:
    accounts.add(book, "binh", OTHER)
    with pytest.raises(WrongPasswordError):
        accounts.change_password(book, OTHER, "mật khẩu mới")


def test_only_the_sheet_sets_a_password_without_the_old_one(book: Book) -> None:
    with pytest.raises(WrongPasswordError):
        accounts.reset_password(book, "an", OTHER)


def test_the_sheet_sets_a_new_password(by_sheet: Book) -> None:
    assert accounts.opened_by_sheet(by_sheet)
    accounts.reset_password(by_sheet, "an", OTHER)
    assert who(by_sheet, OTHER) == "an"


def test_a_password_of_nobody_cannot_be_set(by_sheet: Book) -> None:
    with pytest.raises(AccountMissingError):
        accounts.reset_password(by_sheet, "ai đó", OTHER)


def test_a_removed_account_opens_the_book_no_more(book: Book) -> None:
    accounts.add(book, "binh", OTHER)
    accounts.remove(book, "binh")
    assert accounts.names(book) == ("an",)
    with pytest.raises(WrongPasswordError):
        who(book, OTHER)


def test_the_account_in_use_stays(book: Book) -> None:
    accounts.add(book, "binh", OTHER)
    with pytest.raises(LastAccountError):
        accounts.remove(book, "an")


def test_the_last_account_stays_even_where_the_sheet_opened_the_book(by_sheet: Book) -> None:
    with pytest.raises(LastAccountError):
        accounts.remove(by_sheet, "an")


def test_a_new_sheet_opens_the_book_and_the_old_one_does_not(book: Book) -> None:
    first, second = accounts.new_sheet(book), accounts.new_sheet(book)
    assert who(book, second.code) == keys.RECOVERY
    assert second.unit == "Phường Thử Nghiệm"
    with pytest.raises(WrongPasswordError):
        who(book, first.code)


@pytest.mark.parametrize(
    "change",
    [
        lambda book: accounts.add(book, "binh", OTHER),
        lambda book: accounts.change_password(book, PASSWORD, OTHER),
        accounts.new_sheet,
    ],
)
def test_both_copies_of_the_key_file_are_written(book: Book, change: Callable[[Book], object]) -> None:
    change(book)
    first, second = (file.read_bytes() for file in keys.key_files(book.path))
    assert first == second
