"""Accounts in the settings: added, changed and removed in the card itself, with its errors as sentences."""

from __future__ import annotations

import pytest

from db import accounts, keys
from db.errors import WrongPasswordError
from desktop.screens.accounts import FIRST, NAME, OLD, SECOND, AccountsCard, AskPanel
from desktop.screens.setup import SetupScreen
from tests.desktop.conftest import Desk
from tests.support.books import PASSWORD

OTHER = "bốn từ dễ nhớ"


@pytest.fixture
def card(desk: Desk) -> AccountsCard:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    return screen.accounts


def fill(panel: AskPanel, **typed: str) -> None:
    """Type this and press the button."""
    for name, text in typed.items():
        panel.fields[name].setText(text)
    panel.go()


def who(desk: Desk, password: str) -> str:
    """The account a password opens."""
    return keys.unlock(keys.read_ring(desk.book.path), password)[1].name


def add(desk: Desk, card: AccountsCard, name: str = "Lê Thị Bình", password: str = OTHER) -> None:
    card.ask_add()
    fill(card.panel, name=name, first=password, second=password)
    desk.until()


def test_the_accounts_of_the_book_are_listed(card: AccountsCard) -> None:
    assert card.names() == ("an",)


def test_a_second_person_gets_a_password_of_their_own(card: AccountsCard, desk: Desk) -> None:
    add(desk, card)
    assert card.names() == ("an", "Lê Thị Bình")
    assert who(desk, OTHER) == "Lê Thị Bình"
    assert "Lê Thị Bình can open this book now." in desk.said()
    assert card.panel.isHidden()


def test_two_passwords_that_differ_are_not_taken(card: AccountsCard, desk: Desk) -> None:
    card.ask_add()
    fill(card.panel, name="binh", first=OTHER, second="bốn từ khó nhớ")
    assert "not the same" in card.panel.said()
    assert not desk.app.tasks.running


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("", OTHER, "needs a name"),
        ("An", OTHER, "already an account"),
        ("binh", "ngắn", "too short"),
        ("binh", PASSWORD, "cannot be used"),
    ],
)
def test_what_cannot_be_an_account_is_said_in_the_card(
    card: AccountsCard, desk: Desk, name: str, password: str, said: str
) -> None:
    add(desk, card, name, password)
    assert said in card.panel.said()
    assert not card.panel.isHidden()
    assert card.names() == ("an",)


def test_what_was_refused_can_be_typed_better(card: AccountsCard, desk: Desk) -> None:
    add(desk, card, "binh", "ngắn")
    fill(card.panel, first=OTHER, second=OTHER)
    desk.until(lambda: card.names() == ("an", "binh"))


def test_ones_own_password_is_changed_with_the_old_one(card: AccountsCard, desk: Desk) -> None:
    card.ask_change()
    fill(card.panel, old=PASSWORD, first=OTHER, second=OTHER)
    desk.until()
    assert who(desk, OTHER) == "an"
    assert "Your password was changed." in desk.said()


def test_a_wrong_old_password_changes_nothing(card: AccountsCard, desk: Desk) -> None:
    card.ask_change()
    fill(card.panel, old="sai mật khẩu", first=OTHER, second=OTHER)
    desk.until()
    assert "does not open the book" in card.panel.said()
    assert who(desk, PASSWORD) == "an"


def test_a_person_who_left_opens_the_book_no_more(card: AccountsCard, desk: Desk) -> None:
    add(desk, card)
    card.ask_remove("Lê Thị Bình")
    fill(card.panel)
    desk.until(lambda: card.names() == ("an",))
    with pytest.raises(WrongPasswordError):
        who(desk, OTHER)


def test_the_account_in_use_is_not_removed(card: AccountsCard, desk: Desk) -> None:
    add(desk, card)
    card.ask_remove("an")
    fill(card.panel)
    desk.until()
    assert "cannot be removed" in card.panel.said()
    assert "an" in card.names()


def test_giving_up_forgets_what_was_typed(card: AccountsCard) -> None:
    card.ask_change()
    card.panel.fields[OLD].setText(PASSWORD)
    card.panel.given_up.emit()
    assert card.panel.isHidden()
    assert card.panel.fields[OLD].text() == ""


def test_enter_walks_through_the_fields_and_does_it_in_the_last(card: AccountsCard, desk: Desk) -> None:
    card.ask_add()
    for name, text in ((NAME, "binh"), (FIRST, OTHER), (SECOND, OTHER)):
        card.panel.fields[name].setText(text)
        card.panel.fields[name].returnPressed.emit()
    desk.until(lambda: "binh" in card.names())


def test_a_new_sheet_is_written_and_asked_for_when_the_book_is_opened_next(
    card: AccountsCard, desk: Desk
) -> None:
    card.ask_sheet()
    fill(card.panel)
    desk.until(lambda: "_phieu_khoi_phuc.pdf" in desk.said())
    path = desk.book.path
    assert path.with_name("so_phieu_khoi_phuc.pdf").read_bytes().startswith(b"%PDF")
    assert desk.app.settings.now.unconfirmed == (str(path),)


@pytest.fixture
def card_by_sheet(desk: Desk) -> AccountsCard:
    """The settings of a book that was opened with its recovery sheet."""
    path, code = desk.book.path, accounts.new_sheet(desk.book).code
    desk.app.close_book()
    desk.until(lambda: desk.app.start is not None)
    desk.app.unlock(path, code)
    desk.until(lambda: desk.app.office is not None)
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    return screen.accounts


def test_the_recovery_sheet_sets_a_new_password(card_by_sheet: AccountsCard, desk: Desk) -> None:
    card_by_sheet.ask_reset("an")
    fill(card_by_sheet.panel, first=OTHER, second=OTHER)
    desk.until(lambda: "an can open this book" in desk.said())
    assert who(desk, OTHER) == "an"


def test_everything_asked_fits_a_small_window(card: AccountsCard, desk: Desk) -> None:
    desk.app.window.resize(911, 472)
    for ask in (card.ask_add, card.ask_change, card.ask_sheet, lambda: card.ask_remove("an")):
        ask()
        desk.until()
        assert card.minimumSizeHint().width() <= 800
        desk.until(lambda: not card.panel.visibleRegion().isEmpty())
    assert desk.app.window.size().toTuple() == (911, 472)
