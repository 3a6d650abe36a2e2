"""The photos: a grid that is filtered, photos in by dropping, stages by key, pairs, the large picture."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.photo_store import PhotoStore
from db.store import Record
from db.writing import Writing
from desktop.screens.bin import BinScreen
from desktop.screens.model import ModelScreen
from desktop.screens.papers import PapersScreen
from desktop.screens.photo_list import CHILDREN, MISSING, UNDATED, UNPAIRED, UNSTAGED, Asked
from desktop.screens.photos import PhotosScreen
from desktop.widgets.fields import FieldWidget, LineField, LongTextField
from tests.desktop.conftest import Desk, press
from tests.support.pictures import clerks_folder, phone_jpeg, plain_jpeg, write_all

COLOURS = {"a.jpg": (200, 40, 40), "b.jpg": (40, 160, 40), "c.jpg": (40, 40, 200), "d.jpg": (200, 200, 40)}


@pytest.fixture
def screen(desk: Desk) -> PhotosScreen:
    found = desk.go("photos")
    assert isinstance(found, PhotosScreen)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures that lost their date."""
    return write_all(tmp_path / "ảnh", {name: plain_jpeg(colour) for name, colour in COLOURS.items()})


def add(desk: Desk, screen: PhotosScreen, *files: Path, code: str = "MH01", **values: str) -> None:
    """Add files as a clerk does: the panel, the model, the button."""
    screen.intake.start(files)
    screen.intake.form.show_values({"model": desk.model(code), **values}, anew=True)
    screen.intake.add()
    desk.until()


def type_in(field: FieldWidget, words: str) -> None:
    """Type words with marks: QTest has keys for plain letters only."""
    assert isinstance(field, LineField)
    field.setText(words)
    field.textEdited.emit(words)


def photos_of(desk: Desk) -> list[Record]:
    return desk.book.find("photo")


def stages_are(desk: Desk, *stages: str | None) -> bool:
    return [photo["stage"] for photo in photos_of(desk)] == list(stages)


def choose(screen: PhotosScreen, *names: str) -> None:
    """Choose photos by their files."""
    ids = [photo.id for name in names for photo in screen.services.book.find("photo", {"file_name": name})]
    screen.reload_and_choose(ids)


def chosen(desk: Desk, screen: PhotosScreen, *names: str) -> None:
    choose(screen, *names)
    desk.until(lambda: len(screen.editor.chosen) == len(names))


def shown(desk: Desk, screen: PhotosScreen, asked: Asked) -> list[str]:
    """The files of the photos shown for this question, in their order."""
    screen.filters.choose(asked)
    desk.until()
    cells = [screen.grid.cell(at) for at in range(screen.cells.rowCount())]
    names = {photo.id: str(photo["file_name"]) for photo in photos_of(desk)}
    return [names[cell.id] for cell in cells if cell is not None]


def drop(target: QWidget, *files: Path) -> bool:
    """Drag files over a page and let go; whether it wants them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    entering.ignore()
    target.dragEnterEvent(entering)
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    return entering.isAccepted()


def test_a_book_without_photos_says_how_they_come_in(screen: PhotosScreen) -> None:
    assert not screen.grid.isVisible()
    assert screen.cells.rowCount() == 0


def test_a_dropped_folder_comes_in_and_each_refused_file_is_named(
    desk: Desk, screen: PhotosScreen, tmp_path: Path
) -> None:
    assert drop(screen, clerks_folder(tmp_path / "in"))
    assert screen.intake.form.boxes["model"].field.hasFocus()
    screen.intake.form.show_values({"model": desk.model(), "stage": "before"}, anew=True)
    screen.intake.add()
    desk.until(lambda: screen.cells.rowCount() == 3)
    lines = [screen.intake.files.item(at).text() for at in range(screen.intake.files.count())]
    assert [line.split(":")[0] for line in lines] == ["d.jpg", "ghi chú.txt"]
    assert screen.intake.sums.text() == "3 photos were added, 2 files were not taken, 1 has no date"
    assert {photo["stage"] for photo in photos_of(desk)} == {"before"}


def test_dropped_words_are_no_files(screen: PhotosScreen) -> None:
    assert not drop(screen)


def test_without_a_model_nothing_is_added(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    screen.intake.start([folder])
    press(screen.intake.ask, "Add the photos")
    desk.until()
    assert photos_of(desk) == []
    assert "empty" in screen.intake.form.boxes["model"].said()


def test_photos_just_added_are_taken_back_by_the_bar(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder, taken_on="2024-03-05")
    assert {photo["taken_on"] for photo in photos_of(desk)} == {"2024-03-05"}
    desk.app.window.notices.act()
    desk.until(lambda: screen.cells.rowCount() == 0)
    assert photos_of(desk) == []


def test_the_same_picture_again_is_told_with_its_model(
    desk: Desk, screen: PhotosScreen, folder: Path
) -> None:
    add(desk, screen, folder / "a.jpg")
    add(desk, screen, folder / "a.jpg", code="MH02")
    assert screen.intake.files.item(0).text() == "a.jpg: is in the book already (Con đường hoa)."


def test_the_day_of_a_wrong_clock_is_told_beside_the_file(
    desk: Desk, screen: PhotosScreen, tmp_path: Path
) -> None:
    add(desk, screen, write_all(tmp_path / "in", {"x.jpg": phone_jpeg(taken="2080:03:04 05:06:07")}))
    assert "x.jpg" in screen.intake.files.item(0).text()
    assert "04/03/2080" in screen.intake.files.item(0).text()


def test_adding_can_be_stopped_and_leaves_nothing(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    screen.intake.start([folder])
    screen.intake.form.show_values({"model": desk.model()}, anew=True)
    screen.intake.add()
    desk.app.window.busy.cancel_asked.emit()
    desk.until()
    assert photos_of(desk) == []
    assert "None of these photos" in desk.said()
    assert screen.intake.ask.isVisible()


def test_one_date_goes_to_all_that_lost_theirs(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    press(screen.intake.told, "Give them a date")
    desk.until(lambda: len(screen.editor.chosen) == 4)
    field = screen.editor.form.boxes["taken_on"].field
    assert field.hasFocus()
    QTest.keyClicks(field, "05/03/2024")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: {photo["taken_on"] for photo in photos_of(desk)} == {"2024-03-05"})
    screen.services.saving.undo()
    desk.until(lambda: {photo["taken_on"] for photo in photos_of(desk)} == {None})


FILTERED = (
    (Asked(), ["e.jpg", "d.jpg", "c.jpg", "b.jpg", "a.jpg"]),
    (Asked(stage="before"), ["a.jpg"]),
    (Asked(year=2024), ["e.jpg", "a.jpg"]),
    (Asked(state=UNDATED), ["d.jpg", "c.jpg", "b.jpg"]),
    (Asked(state=UNSTAGED), ["d.jpg", "c.jpg"]),
    (Asked(state=CHILDREN), ["c.jpg"]),
    (Asked(state=UNPAIRED), ["e.jpg", "d.jpg", "c.jpg"]),
    (Asked(state=MISSING), ["d.jpg"]),
)


def test_the_filters_show_what_they_say(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    write_all(folder, {"e.jpg": phone_jpeg()})
    add(desk, screen, folder)
    with_name = {str(photo["file_name"]): photo for photo in photos_of(desk)}
    told = {"a.jpg": ("before", "2024-01-02", None), "b.jpg": ("after", None, None),
            "c.jpg": (None, None, 1), "d.jpg": (None, None, None), "e.jpg": ("after", "2024-05-06", None)}

    def tell(w: Writing) -> None:
        for name, (stage, day, children) in told.items():
            w.change("photo", with_name[name].id, {
                "stage": stage, "taken_on": day, "shows_children": children,
                "pair": with_name["a.jpg"].id if name == "b.jpg" else None,
            })  # fmt: skip

    screen.services.saving.write(tell, types=("photo",))
    desk.until()
    store = PhotoStore.beside(desk.book.path, desk.book.key)
    store.delete(str(with_name["d.jpg"]["hash"]))
    assert [shown(desk, screen, asked) for asked, _files in FILTERED] == [files for _asked, files in FILTERED]


def test_photos_of_one_model_stand_by_day(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder / "a.jpg", taken_on="2024-09-01")
    add(desk, screen, folder / "b.jpg", taken_on="2024-02-01")
    add(desk, screen, folder / "c.jpg", code="MH02")
    assert shown(desk, screen, Asked(model=desk.model())) == ["b.jpg", "a.jpg"]
    press(screen.filters, "Show all")
    desk.until(lambda: screen.cells.rowCount() == 3)


def test_a_key_gives_the_chosen_photos_their_stage(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "a.jpg", "b.jpg")
    for key, stage in (("t", "before"), ("đ", "during"), ("S", "after"), ("d", "during")):
        plain = Qt.KeyboardModifier.NoModifier
        QTest.sendKeyEvent(QTest.KeyAction.Click, screen.grid, Qt.Key.Key_unknown, key, plain)
        desk.until(partial(stages_are, desk, stage, stage, None, None))
        assert screen.editor.stages[stage].isChecked()


def test_two_chosen_photos_become_a_pair_side_by_side(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder / "a.jpg", stage="after")
    add(desk, screen, folder / "b.jpg", stage="before")
    chosen(desk, screen, "a.jpg", "b.jpg")
    QTest.keyClick(screen.grid, Qt.Key.Key_G)
    after, before = photos_of(desk)
    desk.until(lambda: desk.book.get("photo", after.id)["pair"] == before.id)
    chosen(desk, screen, "a.jpg")
    assert [cell.id for cell in screen.editor.pictures.cells] == [before.id, after.id]
    press(screen.editor, "Take the pair apart")
    desk.until(lambda: desk.book.get("photo", after.id)["pair"] is None)


def test_one_photo_is_no_pair(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "a.jpg")
    screen.editor.make_pair()
    assert "two photos" in desk.said()


def test_photos_of_two_models_are_no_pair(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder / "a.jpg")
    add(desk, screen, folder / "b.jpg", code="MH02")
    chosen(desk, screen, "a.jpg", "b.jpg")
    screen.editor.make_pair()
    assert "of one model" in desk.said()
    assert [photo["pair"] for photo in photos_of(desk)] == [None, None]


def test_what_is_typed_goes_to_all_chosen_and_the_children_are_flagged(
    desk: Desk, screen: PhotosScreen, folder: Path
) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "a.jpg", "c.jpg")
    caption = screen.editor.form.boxes["caption"].field
    caption.setFocus()
    type_in(caption, "Ngõ 5 sau khi làm")
    QTest.keyClick(caption, Qt.Key.Key_Return)
    press(screen.editor, "Shows children")
    desk.until(lambda: [photo["shows_children"] for photo in photos_of(desk)] == [1, None, 1, None])
    assert [photo["caption"] for photo in photos_of(desk)] == [
        "Ngõ 5 sau khi làm", None, "Ngõ 5 sau khi làm", None,
    ]  # fmt: skip


def test_who_is_in_the_picture_is_typed_beside_it(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "a.jpg")
    people = screen.editor.form.boxes["people"].field
    assert isinstance(people, LongTextField)
    people.setPlainText("Nguyễn Văn Bình\nLê Thị Mận")
    screen.flush()
    desk.until(lambda: photos_of(desk)[0]["people"] == "Nguyễn Văn Bình\nLê Thị Mận")


def test_deleted_photos_go_into_the_bin_and_come_back(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "a.jpg", "b.jpg")
    QTest.keyClick(screen.grid, Qt.Key.Key_Delete)
    desk.until(lambda: screen.cells.rowCount() == 2)
    assert desk.said() == "2 photos were deleted."
    desk.app.window.notices.act()
    desk.until(lambda: screen.cells.rowCount() == 4)
    assert isinstance(desk.go("bin"), BinScreen)


def test_enter_shows_the_large_picture_arrows_move_and_esc_leaves(
    desk: Desk, screen: PhotosScreen, folder: Path
) -> None:
    add(desk, screen, folder)
    chosen(desk, screen, "d.jpg")
    QTest.keyClick(screen.grid, Qt.Key.Key_Return)
    assert screen.viewer.isVisible()
    assert [cell.title for cell in screen.viewer.cells] == ["Con đường hoa"]
    first = screen.viewer.cells[0].id
    QTest.keyClick(screen.viewer, Qt.Key.Key_Right)
    assert screen.viewer.cells[0].id != first
    QTest.keyClick(screen.viewer, Qt.Key.Key_Left)
    assert screen.viewer.cells[0].id == first
    QTest.keyClick(screen.viewer, Qt.Key.Key_Escape)
    assert not screen.viewer.isVisible()
    assert screen.grid.isVisible()


def test_the_large_picture_shows_a_pair_side_by_side(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder / "a.jpg", stage="before")
    add(desk, screen, folder / "b.jpg", stage="after")
    chosen(desk, screen, "a.jpg", "b.jpg")
    screen.editor.make_pair()
    desk.until()
    chosen(desk, screen, "b.jpg")
    screen.view()
    QTest.keyClick(screen.viewer, Qt.Key.Key_C)
    assert [cell.stage for cell in screen.viewer.cells] == ["before", "after"]


def test_the_pictures_arrive_and_stay_under_their_cap(desk: Desk, screen: PhotosScreen, folder: Path) -> None:
    add(desk, screen, folder)
    pictures = screen.services.pictures
    digests = [str(photo["hash"]) for photo in photos_of(desk)]
    desk.bot.waitUntil(lambda: all(pictures.get(one, 160, 120) is not None for one in digests))
    assert {pictures.get(one, 160, 120).width() for one in digests} == {160}  # type: ignore[union-attr]  # there
    desk.bot.waitUntil(lambda: pictures.is_idle)
    assert 0 < pictures.bytes_kept < 2**20
    pictures.get("0" * 64, 160, 120)
    assert not pictures.is_idle


def test_a_missing_picture_says_so_and_is_put_back(
    desk: Desk, screen: PhotosScreen, folder: Path, tmp_path: Path
) -> None:
    add(desk, screen, folder)
    gone = photos_of(desk)[0]
    store = PhotoStore.beside(desk.book.path, desk.book.key)
    store.delete(str(gone["hash"]))
    for part in store.folder.glob("thumbs.db*"):
        part.unlink()
    chosen(desk, screen, "a.jpg")
    screen.view()
    desk.until(lambda: bool(screen.services.pictures.why_lost(str(gone["hash"]))))
    QTest.keyClick(screen.viewer, Qt.Key.Key_Escape)
    assert screen.editor.put_back.isVisible()
    stranger = tmp_path / "lạ.jpg"
    stranger.write_bytes(plain_jpeg((1, 2, 3)))
    screen.intake.put_back([stranger, Path(shutil.copy(folder / "a.jpg", tmp_path / "z.jpg"))])
    desk.until(lambda: store.has(str(gone["hash"])))
    lines = [screen.intake.files.item(at).text() for at in range(screen.intake.files.count())]
    assert lines == [
        "lạ.jpg: not taken. This is not the picture of a missing photo.",
        "z.jpg: the missing picture is back.",
    ]
    assert len(photos_of(desk)) == 4
    assert screen.services.pictures.why_lost(str(gone["hash"])) == ""


NAMED = {
    "MH01": "",
    "duong hoa": "",
    "không có": "No model is called “không có”.",
    "a": "4 models fit “a”: choose one of the list, or type its code.",
}


def test_a_model_is_named_by_code_or_words(desk: Desk, screen: PhotosScreen) -> None:
    screen.intake.start([Path("x.jpg")])

    def three(w: Writing) -> None:
        for code, title in (("MH03", "Ao cá"), ("MH04", "An toàn"), ("MH05", "Anh em")):
            w.add("model", {"code": code, "title": title})

    screen.services.saving.write(three, types=("model",))
    desk.until()
    box = screen.intake.form.boxes["model"]
    for typed, said in NAMED.items():
        box.field.show_value(None)
        type_in(box.field, typed)
        box.field.held.commit()
        assert (box.said(), box.field.held.value) == (said, None if said else desk.model("MH01")), typed


def test_the_report_takes_an_annex_and_a_size(desk: Desk) -> None:
    screen = desk.go("papers")
    assert isinstance(screen, PapersScreen)
    boxes = screen.options.more.boxes
    boxes["photos"].field.show_value("6")
    boxes["max_size"].field.show_value(5)
    asked = screen.options.request()
    assert (asked.photos, asked.max_size) == (6, 5_000_000)
    type_in(boxes["max_size"].field, "0")
    boxes["max_size"].field.held.commit()
    assert "such as 5" in boxes["max_size"].said()


def test_photos_dropped_on_a_model_become_its_own(desk: Desk, folder: Path) -> None:
    page = desk.go("model", desk.model())
    assert isinstance(page, ModelScreen)
    assert drop(page, folder)
    assert page.tabs.currentWidget() is page.photos
    page.photos.intake.add()
    desk.until(lambda: page.photos.cells.rowCount() == 4)
    assert {photo["model"] for photo in photos_of(desk)} == {desk.model()}
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Photos (4)"


def test_a_models_pairs_stand_side_by_side_on_its_page(desk: Desk, folder: Path) -> None:
    page = desk.go("model", (desk.model(), "photos"))
    assert isinstance(page, ModelScreen)
    page.photos.add_files([folder / "a.jpg", folder / "b.jpg"])
    page.photos.intake.add()
    desk.until(lambda: page.photos.cells.rowCount() == 2)
    page.photos.grid.choose(0)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_S)
    desk.until()
    page.photos.grid.selectAll()
    QTest.keyClick(page.photos.grid, Qt.Key.Key_G)
    desk.until(lambda: len(page.photos.pairs) == 1)
    first, second = photos_of(desk)
    assert [cell.id for cell in page.photos.pairs[0].cells] == [second.id, first.id]


def test_a_photo_of_a_models_page_opens_large(desk: Desk, folder: Path) -> None:
    page = desk.go("model", (desk.model(), "photos"))
    assert isinstance(page, ModelScreen)
    page.photos.add_files([folder])
    page.photos.intake.add()
    desk.until(lambda: page.photos.cells.rowCount() == 4)
    page.photos.grid.choose(1)
    QTest.keyClick(page.photos.grid, Qt.Key.Key_Return)
    screen = desk.app.window.in_front()
    assert isinstance(screen, PhotosScreen)
    desk.until(screen.viewer.isVisible)
    wanted = page.photos.grid.cell(1)
    assert wanted is not None
    assert [cell.id for cell in screen.viewer.cells] == [wanted.id]
