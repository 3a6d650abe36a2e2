"""Files chosen and opened: what the clerk picks is used, what is given up changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from desktop.screens.importing import ImportScreen
from desktop.screens.papers import PapersScreen
from desktop.screens.recovery import RecoveryStep
from desktop.screens.start import StartScreen
from desktop.widgets.drop_zone import DropZone
from tests.desktop.conftest import Desk, press
from tests.desktop.lists import good_list

Choose = Callable[[str], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """What the clerk picks in the next file dialog of the PC; nothing = given up."""

    def pick(found: str) -> None:
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (found, ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: found)

    return pick


class Opened(QObject):
    """Stands for the program of the PC that opens files."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """This file is to be opened."""
        self.files.append(Path(url.toLocalFile()).name)


@pytest.fixture
def opened() -> Iterator[Opened]:
    found = Opened()
    QDesktopServices.setUrlHandler("file", found, "open")  # type: ignore[arg-type]  # the stubs want bytes, Qt does not
    yield found
    QDesktopServices.unsetUrlHandler("file")


def start(desk: Desk) -> StartScreen:
    assert desk.app.start is not None
    return desk.app.start


def test_another_book_is_chosen_from_the_disk(empty_desk: Desk, book_path: Path, choose: Choose) -> None:
    choose(str(book_path))
    press(start(empty_desk), "Open another book…")
    assert start(empty_desk).step() is start(empty_desk).unlock


def test_no_book_chosen_leaves_the_start_as_it_was(empty_desk: Desk, choose: Choose) -> None:
    before = start(empty_desk).step()
    choose("")
    press(start(empty_desk), "Open another book…")
    assert start(empty_desk).step() is before


def test_a_new_book_goes_into_the_folder_that_was_chosen(
    empty_desk: Desk, choose: Choose, tmp_path: Path
) -> None:
    start(empty_desk).show_create()
    form = start(empty_desk).create_form
    assert form is not None
    choose("")
    press(form, "Another folder…")
    assert form.path().parent == tmp_path
    choose(str(tmp_path / "Sổ"))
    press(form, "Another folder…")
    assert form.path().parent == tmp_path / "Sổ"


def test_a_new_book_is_asked_for_only_when_its_form_is_filled(empty_desk: Desk) -> None:
    start(empty_desk).show_create()
    form = start(empty_desk).create_form
    assert form is not None
    asked: list[object] = []
    form.asked.disconnect()
    form.asked.connect(asked.append)
    form.ask()
    assert asked == []
    form.form.show_values({"name": "UBND phường Thử", "code": "P01", "kind": "ward"}, anew=True)
    for field in (form.first, form.second):
        field.setText("bốn từ dễ nhớ")
    form.ask()
    assert [str(one.unit.name) for one in asked] == ["UBND phường Thử"]  # type: ignore[attr-defined]  # a NewBook


@pytest.mark.usefixtures("empty_desk")
def test_the_sheet_is_opened_to_be_printed_and_its_code_asked_for(tmp_path: Path, opened: Opened) -> None:
    step = RecoveryStep(tmp_path / "phieu.pdf")
    typed: list[str] = []
    step.typed.connect(typed.append)
    press(step, "Open the sheet to print it")
    assert opened.files == ["phieu.pdf"]
    press(step, "Go to the book")
    assert typed == [] and step.said() != ""
    step.code.setText(" 7Q2X ")
    press(step, "Go to the book")
    assert typed == ["7Q2X"]


@pytest.fixture
def papers(desk: Desk) -> PapersScreen:
    found = desk.go("papers")
    assert isinstance(found, PapersScreen)
    desk.until(lambda: found.drafted is not None)
    return found


def test_a_draft_is_saved_where_the_clerk_wants_it(
    desk: Desk, papers: PapersScreen, choose: Choose, opened: Opened, tmp_path: Path
) -> None:
    choose("")
    papers.save_draft()
    desk.until()
    assert desk.said() == ""
    choose(str(tmp_path / "nháp.pdf"))
    papers.save_draft()
    desk.until(lambda: "nháp.pdf" in desk.said())
    desk.app.window.notices.act()
    assert opened.files == ["nháp.pdf"]


def test_a_print_dialog_given_up_prints_nothing(
    desk: Desk, papers: PapersScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: 0)
    papers.print_paper()
    desk.until()
    assert desk.said() == ""


def test_without_a_draft_nothing_can_be_printed_saved_signed_or_issued(
    desk: Desk, papers: PapersScreen, tmp_path: Path
) -> None:
    papers.drafted = None
    for ask in (papers.print_paper, papers.save_draft, papers.start_signing, papers.issue_by_hand):
        ask()
    papers.save_to(tmp_path / "nháp.pdf")
    desk.until()
    assert papers.sign_panel.isHidden()
    assert not (tmp_path / "nháp.pdf").exists()
    assert desk.book.count("paper") == 0


def test_an_issued_paper_is_opened_and_written_anew_from_the_register(
    desk: Desk, papers: PapersScreen, opened: Opened
) -> None:
    register = papers.register
    press(register, "Open the file")
    press(register, "Write it anew with today's figures")
    assert opened.files == []  # nothing is chosen yet
    papers.issue_by_hand()
    desk.until(lambda: register.model.rowCount() == 1)
    register.view.selectRow(0)
    press(register, "Open the file")
    assert opened.files == [str(desk.book.find("paper")[0]["file_name"])]
    papers.tabs.setCurrentIndex(1)
    press(register, "Write it anew with today's figures")
    assert papers.tabs.currentIndex() == 0


def test_the_key_file_is_chosen_from_the_disk(papers: PapersScreen, choose: Choose) -> None:
    choose("/khoa/hanh.p12")
    press(papers.sign_panel, "Choose…")
    assert papers.sign_panel.file.text() == "/khoa/hanh.p12"
    choose("")
    press(papers.sign_panel, "Choose…")
    assert papers.sign_panel.file.text() == "/khoa/hanh.p12"


@pytest.fixture
def importing(desk: Desk) -> ImportScreen:
    found = desk.go("import")
    assert isinstance(found, ImportScreen)
    return found


def test_a_list_is_chosen_from_the_disk(
    desk: Desk, importing: ImportScreen, choose: Choose, tmp_path: Path
) -> None:
    choose("")
    importing.choose()
    desk.until()
    assert not importing.has_preview
    choose(str(good_list(tmp_path / "Danh sách.xlsx")))
    importing.choose()
    desk.until(lambda: importing.has_preview)


def test_the_screen_can_be_opened_on_a_file(desk: Desk, importing: ImportScreen, tmp_path: Path) -> None:
    importing.open(None)
    importing.open(good_list(tmp_path / "Danh sách.xlsx"))
    desk.until(lambda: importing.has_preview)


def drop(zone: DropZone, *files: Path) -> bool:
    """Drag these over the zone and let go; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, data, left, none)
    over.ignore()
    zone.dragEnterEvent(over)
    zone.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none, QEvent.Type.Drop))
    return over.isAccepted()


def test_one_list_dropped_is_taken_and_anything_else_is_not(importing: ImportScreen, tmp_path: Path) -> None:
    taken: list[Path] = []
    zone = importing.drop
    zone.dropped.disconnect()
    zone.dropped.connect(taken.append)
    one, two, other = tmp_path / "a.xlsx", tmp_path / "b.XLSX", tmp_path / "c.docx"
    assert drop(zone, one) and drop(zone, two)
    assert not drop(zone, other)
    assert not drop(zone, one, two)
    assert taken == [one, two]
