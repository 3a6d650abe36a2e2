"""The small parts of the window: bars, tiles, flowing columns, header, side bar, pages, drop zone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import TONES, Tone
from desktop.widgets.bar_list import Bar, BarList, BarRow
from desktop.widgets.bars import BusyBar, Notice, NoticeBar
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.flow import FlowGrid
from desktop.widgets.header import Header
from desktop.widgets.labels import button
from desktop.widgets.pages import PageSize, PagesView
from desktop.widgets.side_bar import NARROW, WIDE, Place, SideBar
from desktop.widgets.tiles import Tile


@pytest.fixture
def bar(qtbot: QtBot) -> NoticeBar:
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


def test_a_notice_offers_one_thing_to_do_and_goes_when_it_is_done(bar: NoticeBar) -> None:
    done: list[int] = []
    bar.tell(Notice("Đã xóa 3 dòng.", Tone.PLAIN, action="Hoàn tác", do=lambda: done.append(1)))
    bar.act()
    assert (done, bar.notice, bar.isVisible()) == ([1], None, False)


def test_bad_news_stays_and_good_news_goes_by_itself() -> None:
    assert Notice("Không ghi được", Tone.BAD).stays_ms == 0
    assert Notice("Đã lưu", Tone.GOOD).stays_ms > 0
    undo = Notice("Đã xóa", Tone.PLAIN, do=print)
    assert undo.stays_ms > Notice("Đã xóa", Tone.PLAIN).stays_ms


def test_a_new_notice_takes_the_place_of_the_old_one(bar: NoticeBar) -> None:
    bar.tell(Notice("một", Tone.BAD))
    bar.tell(Notice("hai", Tone.INFO, "làm lại"))
    assert bar.notice == Notice("hai", Tone.INFO, "làm lại")
    assert bar.accessibleName() == "hai làm lại"


def test_the_busy_bar_says_how_far_and_can_be_stopped(qtbot: QtBot) -> None:
    busy = BusyBar()
    qtbot.addWidget(busy)
    busy.begin("Đang đọc …")
    busy.progress(40, 100)
    assert busy.is_shown_as() == ("Đang đọc …", 40, 100)
    with qtbot.waitSignal(busy.cancel_asked):
        busy.stop.click()
    busy.end()
    assert busy.isHidden()


def test_six_things_stand_in_even_rows(qtbot: QtBot) -> None:
    grid = FlowGrid(least=180, most=6)
    qtbot.addWidget(grid)
    tiles = [QLabel(str(at)) for at in range(6)]
    grid.show_things(tiles)
    grid.show()
    grid.resize(1000, 300)
    even = [True] * 3 + [False] * 3
    qtbot.waitUntil(lambda: [tile.y() == tiles[0].y() for tile in tiles] == even)
    grid.resize(300, 900)
    qtbot.waitUntil(lambda: len({tile.x() for tile in tiles}) == 1)


def test_things_that_are_shown_anew_replace_the_old_ones(qtbot: QtBot) -> None:
    grid = FlowGrid()
    qtbot.addWidget(grid)
    old, kept, new = QLabel("cũ"), QLabel("giữ"), QLabel("mới")
    grid.show_things([old, kept])
    with qtbot.waitSignal(old.destroyed):
        grid.show_things([kept, new])


def test_a_tile_is_a_button_that_says_its_figure(qtbot: QtBot) -> None:
    tile = Tile("Mô hình đăng ký", "file-text")
    qtbot.addWidget(tile)
    tile.say("41", "28 tập thể")
    assert (tile.accessibleName(), tile.accessibleDescription()) == ("Mô hình đăng ký: 41", "28 tập thể")


def test_bars_open_what_is_behind_them(qtbot: QtBot) -> None:
    bars = BarList()
    qtbot.addWidget(bars)
    bars.show_bars([Bar("economy", "Kinh tế", "4", 0.5), Bar("other", "Khác", "8", 1.0)])
    bars.show()
    row = bars.findChildren(BarRow)[0]
    with qtbot.waitSignal(bars.opened) as opened:
        row.click()
    assert opened.args == ["economy"]
    assert row.accessibleName() == "Kinh tế: 4"


def test_buttons_lose_their_words_where_the_head_is_short_but_not_their_names(qtbot: QtBot) -> None:
    first = button("Lưu thành tệp (F12)", print, icon_name="save")
    last = button("Ký số", print, icon_name="signature", kind="primary")
    head = Header("Báo cáo", first, last)
    qtbot.addWidget(head)
    head.show()
    head.resize(800, 60)
    assert first.text().strip() == "Lưu thành tệp (F12)"
    head.resize(300, 60)
    assert (first.text(), first.toolTip()) == ("", "Lưu thành tệp (F12)")
    assert last.text().strip() == "Ký số"
    assert first.accessibleName() == "Lưu thành tệp (F12)"


def test_the_side_bar_shrinks_to_icons_with_the_words_as_tool_tips(qtbot: QtBot) -> None:
    side = SideBar()
    qtbot.addWidget(side)
    side.set_places([Place("home", "Tổng quan", "house", "Ctrl+1"), Place("bin", "Thùng rác", "trash-2")])
    assert side.width() == WIDE
    side.set_narrow(True)
    assert side.width() == NARROW
    assert side.button("home").toolTip() == "Tổng quan (Ctrl+1)"
    with qtbot.waitSignal(side.chosen) as chosen:
        side.button("bin").click()
    assert chosen.args == ["bin"]


def test_a_badge_stands_beside_its_place(qtbot: QtBot) -> None:
    side = SideBar()
    qtbot.addWidget(side)
    side.set_places([Place("conflicts", "Xung đột", "git-compare")])
    side.set_badge("conflicts", "3")
    assert side.button("conflicts").accessibleName() == "Xung đột  (3)"
    side.set_badge("conflicts", "")
    assert side.button("conflicts").accessibleName() == "Xung đột"


@pytest.fixture
def pages(qtbot: QtBot) -> PagesView:
    made = PagesView("Các trang")
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def test_only_pages_that_are_seen_are_asked_for(pages: PagesView, qtbot: QtBot) -> None:
    wanted: list[int] = []
    pages.wanted.connect(lambda page, _width: wanted.append(page))
    pages.show_pages([PageSize(595, 842)] * 40)
    qtbot.waitUntil(lambda: bool(wanted))
    assert max(wanted) <= 2
    pages.put(0, QImage(10, 14, QImage.Format.Format_RGB888))
    pages.verticalScrollBar().setValue(pages.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: 39 in wanted)
    assert pages.page_in_view() >= 38


def test_pages_far_from_view_are_forgotten(pages: PagesView, qtbot: QtBot) -> None:
    pages.show_pages([PageSize(595, 842)] * 40)
    for page in range(20):
        pages.put(page, QImage(10, 14, QImage.Format.Format_RGB888))
    assert len(pages.kept()) <= 7
    wanted: list[int] = []
    pages.wanted.connect(lambda page, _width: wanted.append(page))
    pages.verticalScrollBar().setValue(pages.boxes()[15].top())
    qtbot.waitUntil(lambda: 15 in wanted)


def test_a_page_that_lies_is_wider_than_high(pages: PagesView) -> None:
    pages.show_pages([PageSize(595, 842), PageSize(842, 595)])
    upright, lying = pages.boxes()
    assert upright.height() > upright.width() and lying.height() < lying.width()
    pages.set_zoom(2.0)
    assert pages.boxes()[0].width() > upright.width()


def test_a_file_of_another_kind_cannot_be_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    zone = DropZone("Thả tệp", "Excel", (".xlsx", ".csv"), "file-spreadsheet")
    qtbot.addWidget(zone)
    dropped: list[Path] = []
    zone.dropped.connect(dropped.append)
    for name in ("ảnh.jpg", "Danh sách.XLSX"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        event = QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                           Qt.KeyboardModifier.NoModifier)  # fmt: skip
        zone.dropEvent(event)
    assert [file.name for file in dropped] == ["Danh sách.XLSX"]


def test_text_grows_to_twice_its_size_and_no_further(qapp: QApplication) -> None:
    try:
        assert theme.apply(qapp, 200).px(13) == 26
        assert theme.apply(qapp, 900).scale == 200
        assert qapp.font().pixelSize() == 26
    finally:
        theme.apply(qapp, 100)


def test_every_tone_can_be_read() -> None:
    for colours in TONES.values():
        assert contrast(colours.text, colours.back) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
