"""The office on papers, conflicts decided, backups made by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.backup import backups_in, folder_of
from desktop.screens import office
from desktop.screens.conflicts import ConflictsScreen
from desktop.screens.setup import SetupScreen
from tests.desktop.conftest import Desk
from tests.support.books import Template, add_model, own_state


def test_the_head_of_papers_is_saved_as_it_is_typed(desk: Desk) -> None:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    field = screen.office_form.boxes["place"].field
    field.show_value("Hà Nội")
    field.held.value = None
    field.held.commit_if_whole()
    desk.until()
    assert desk.book.find("office_profile")[0]["place"] == "Hà Nội"


def test_the_name_of_the_office_changes_in_the_side_bar(desk: Desk) -> None:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    field = screen.unit_form.boxes["name"].field
    field.show_value("UBND phường Mới")
    field.held.value = None
    field.held.commit_if_whole()
    desk.until()
    assert desk.app.window.side.office() == "UBND phường Mới"


def test_a_signatory_is_added_as_a_row(desk: Desk) -> None:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    made = screen.signatories
    made.add_row()
    made.model.setData(made.model.index(0, 0), "Nguyễn Thị Hạnh")
    made.flush()
    desk.until(lambda: desk.book.count("signatory") == 1)
    assert desk.book.find("signatory")[0]["unit"] == desk.book.own_unit()


def test_language_and_size_are_chosen_there(desk: Desk) -> None:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    screen.language.setCurrentIndex(screen.language.findData("vi"))
    screen.language.held.commit()
    desk.until()
    assert desk.app.settings.now.language == "vi"


@pytest.fixture
def disputed(template: Template, book_path: Path, tmp_path: Path) -> Path:
    """The small book and a copy changed apart: one value twice, one removal, one code twice."""
    with own_state(tmp_path / "state"), template.open(book_path) as ours:
        model = {one["code"]: one.id for one in ours.find("model")}
        other = template_copy(template, book_path, tmp_path / "other.danvan")
        with other.writing("binh") as write:
            write.change("model", model["MH01"], {"goal": "của Bình"})
            write.remove("model", model["MH02"])
            add_model(write, "MH77", title="Của Bình")
        with ours.writing("an") as write:
            write.change("model", model["MH01"], {"goal": "của An"})
            write.change("model", model["MH02"], {"notes": "còn làm"})
            add_model(write, "MH77", title="Của An")
        ours.receive(other.operations_after(ours.last_seqs()))
        other.close()
    return book_path


def template_copy(template: Template, book: Path, path: Path):  # type: ignore[no-untyped-def]  # the test knows which screen this is
    """A copy of a filled book as another PC has it."""
    return Template(book, template.key, template.identity).copy_to(path)


@pytest.fixture
def screen(disputed: Path, desk: Desk) -> ConflictsScreen:
    assert disputed.exists()
    found = desk.go("conflicts")
    assert isinstance(found, ConflictsScreen)
    return found


def kinds(desk: Desk) -> list[str]:
    return sorted(one.kind for one in desk.book.conflicts())


def test_every_conflict_is_shown_with_both_sides(screen: ConflictsScreen, desk: Desk) -> None:
    assert kinds(desk) == ["field", "removal", "same_key"]
    words = screen.words()
    assert "của Bình" in words and "của An" in words
    assert "Ngõ sạch, có hoa" in words  # what it was before
    assert "binh" in words
    desk.until(lambda: "(3)" in desk.app.window.side.button("conflicts").text())


def choose(screen: ConflictsScreen, kind: str, pick: Callable[[object], bool]) -> None:
    """Press the button of one side."""
    conflict = next(one for one in screen.shown() if one.kind == kind)
    screen.choose(conflict, next(side for side in conflict.sides if pick(side)))


def test_choosing_a_value_closes_the_conflict(screen: ConflictsScreen, desk: Desk) -> None:
    choose(screen, "field", lambda side: side.value == "của Bình")  # type: ignore[attr-defined]  # the test knows which screen this is
    desk.until(lambda: "field" not in kinds(desk))
    assert desk.book.get("model", desk.model())["goal"] == "của Bình"


def test_keeping_a_removed_record_closes_the_conflict(screen: ConflictsScreen, desk: Desk) -> None:
    choose(screen, "removal", lambda side: not side.value)  # type: ignore[attr-defined]  # the test knows which screen this is
    desk.until(lambda: "removal" not in kinds(desk))
    assert len(desk.book.find("model", {"code": "MH02"})) == 1


def test_two_records_with_one_code_can_be_looked_at(screen: ConflictsScreen, desk: Desk) -> None:
    choose(screen, "same_key", lambda _side: True)
    assert desk.app.window.place == "model"


def test_a_book_without_conflicts_says_so(desk: Desk) -> None:
    found = desk.go("conflicts")
    assert isinstance(found, ConflictsScreen)
    assert "No conflicts" in found.words()


def test_a_book_without_a_recent_copy_gets_one_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "BACKUP_DELAY_MS", 0)
    desk.app.settings.change(backup_hours=20)
    path = desk.book.path
    desk.app.close_book()
    desk.until(lambda: desk.app.office is None)
    assert backups_in(folder_of(path), path) == []
    desk.app.unlock(path, "mat-khau-thu")
    desk.until(lambda: desk.app.office is not None)
    desk.until(lambda: "Last backup" in desk.app.window.status_words())
    assert len(backups_in(folder_of(path), path)) == 1
