"""Pictures of every screen, in both sizes and languages: ``python -m tests.desktop.screenshots OUTDIR``.

Everything in them is real: a demo book, a workbook that is read, a paper that is drafted, signed and then
outdated, a conflict of two copies. Only the people are invented.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import Book, NewUnit, demo, keys
from db.personal import PUBLIC
from desktop.app import App
from desktop.screens.importing import ImportScreen
from desktop.screens.model import ModelScreen
from desktop.screens.models import ModelsScreen
from desktop.screens.papers import PapersScreen
from desktop.screens.photos import PhotosScreen
from desktop.screens.screen import Screen
from desktop.screens.setup import SetupScreen
from desktop.screens.units import UnitsScreen
from desktop.settings import SettingsFile
from desktop.widgets.scroll import ScrollColumn
from forms import signing
from tests.desktop.lists import mixed_list
from tests.support.pictures import clerks_folder

PASSWORD = "danvan-thu-2026"
KEY_PASSWORD = "thu-nghiem-2026"
SIZES = ((1366, 728), (911, 472))
LANGUAGES = ("vi", "en")
WAIT_MS = 60_000


def make_book(path: Path, models: int = 60) -> None:
    """A demo book with one conflict in it."""
    office = demo.material()["office"]
    unit = NewUnit(office["code"], office["name"], office["kind"])
    book, _sheet = Book.create(path, PASSWORD, unit, actor="ngoc")
    with book:
        demo.fill(book, models=models)
        key, identity = book.key, book.identity
    copy = path.with_name(f"copy-{path.name}")
    for source in (path, *keys.key_files(path)):
        shutil.copyfile(source, copy.with_name(copy.name + source.name.removeprefix(path.name)))
    with Book.open_with_key(copy, key, identity, "binh") as other:
        model = other.find("model", order="code", limit=1)[0]
        with other.writing("binh", title=model.title) as write:
            write.change(
                "model", model.id, {"goal": "Mỗi gia đình có một tủ sách, mỗi tháng đọc chung một buổi."}
            )
        with Book.open_with_key(path, key, identity, "ngoc") as ours:
            with ours.writing("ngoc", title=model.title) as write:
                write.change(
                    "model", model.id, {"goal": "Một trăm phần trăm phụ huynh ký cam kết đồng hành."}
                )
            ours.receive(other.operations_after(ours.last_seqs()))


@dataclass
class Camera:
    """The window of one size and language, and where its pictures go."""

    app: QApplication
    desk: App
    folder: Path
    language: str
    width: int

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        deadline = QDeadlineTimer(WAIT_MS)
        while not (ready() and not self.desk.tasks.running):
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if deadline.hasExpired():
                raise TimeoutError(f"never ready: {self.desk.window.place}")
        self.app.processEvents()
        self.app.processEvents()

    def shoot(self, name: str) -> None:
        """One picture, when all work is done and every photo that is seen has come."""
        self.until(lambda: True)
        self.desk.window.grab()  # painting asks for the photos
        self.until(self._has_pictures)
        self.desk.window.grab().save(str(self.folder / f"{name}-{self.language}-{self.width}.png"))

    def _has_pictures(self) -> bool:
        office = self.desk.office
        return office is None or office.services.pictures.is_idle

    def go(self, place: str, what: object = None) -> object:
        """Another screen; it is in front and filled when this returns."""
        self.desk.window.go(place, what)
        self.until(lambda: True)
        return self.desk.window.in_front()


def before_a_book(camera: Camera, book: Path, folder: Path) -> None:
    """Start, unlock, a wrong password, a new book, its recovery sheet."""
    desk = camera.desk
    assert desk.start is not None
    camera.shoot("01-start")
    desk.start.choose(book)
    camera.shoot("02-unlock")
    desk.unlock(book, "sai mật khẩu")
    camera.shoot("03-wrong-password")
    desk.start.show_create()
    camera.shoot("04-new-book")
    form = desk.start.create_form
    assert form is not None
    form.form.show_values({"name": "UBND phường Hoa Ban", "code": "P01", "kind": "ward"}, anew=True)
    for field in (form.first, form.second):
        field.setText(PASSWORD)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    form.choose(folder)
    form.ask()
    camera.shoot("05-recovery-sheet")
    desk.close_book()
    desk.unlock(book, PASSWORD)
    camera.until(lambda: desk.office is not None)


def models(camera: Camera) -> None:
    """The list, found and filtered, a new one, and every part of one model."""
    screen = camera.go("models")
    assert isinstance(screen, ModelsScreen) and camera.desk.office is not None
    camera.shoot("11-models")
    screen.search.setText("truong")
    screen.search.ask()
    camera.shoot("12-models-found")
    screen.search.setText("không có đâu")
    screen.search.ask()
    camera.shoot("13-models-none")
    screen.search.clear()
    screen.add_model()
    camera.shoot("14-new-model")
    model = camera.desk.office.services.book.find("model", order="code", limit=1)[0]
    for at, tab in enumerate(
        ("headings", "registrations", "members", "activities", "contributions", "results", "targets", "tasks",
         "recognitions", "supervisions", "checks", "history")
    ):  # fmt: skip
        camera.go("model", (model.id, tab))
        camera.shoot(f"{20 + at}-model-{tab}")


def photos(camera: Camera, folder: Path) -> None:
    """The grid, a pair beside it, the large picture, what came of dropped files, a model's own."""
    screen = camera.go("photos")
    assert isinstance(screen, PhotosScreen)
    screen.grid.choose(0)
    camera.shoot("70-photos")
    screen.view()
    QTest.keyClick(screen.viewer, Qt.Key.Key_C)
    camera.shoot("71-photos-side-by-side")
    QTest.keyClick(screen.viewer, Qt.Key.Key_Escape)
    screen.intake.start([clerks_folder(folder / "photos-in")])
    camera.shoot("72-photos-to-add")
    model = screen.services.book.find("model", order="code", limit=1)[0]
    screen.intake.form.show_values({"model": model.id, "stage": "after"}, anew=True)
    screen.intake.add()
    camera.until(lambda: screen.intake.told.isVisible())
    camera.shoot("73-photos-added")
    camera.go("model", (model.id, "photos"))
    camera.shoot("74-photos-of-a-model")
    camera.go("photos")
    screen.grid.choose(0)
    screen.editor.form.focus("people")
    camera.shoot("75-people-in-a-photo")


def life(camera: Camera) -> None:
    """Last year's registrations, a copy and its lineage, a decision that grants, units that change."""
    assert camera.desk.office is not None
    book = camera.desk.office.services.book
    screen = camera.go("models", {"maintain": 2026})
    assert isinstance(screen, ModelsScreen)
    camera.shoot("60-maintain")
    screen.maintaining.given_up.emit()
    _copied(camera, book)
    units = camera.go("units")
    assert isinstance(units, UnitsScreen)
    camera.shoot("64-units")
    units.choose([book.find("org_unit", {"code": code})[0].id for code in ("TDP03", "TDP04")])
    units.start("merge")
    assert units.form is not None
    camera.shoot("65-units-merged")
    units.form.given_up.emit()


def _copied(camera: Camera, book: Book) -> None:
    proposed = book.find("recognition", {"status": "proposed"}, limit=1)[0]
    page = camera.go("model", (str(proposed["model"]), "recognitions"))
    assert isinstance(page, ModelScreen)
    grid = next(one for one in page.grids if one.child.name == "recognitions")
    grid.view.selectAll()
    grid.child.acts[0].run(grid)
    camera.shoot("61-grant")
    grid.show_panel(None)
    page.start_copy()
    assert page.replica is not None
    camera.shoot("62-copy")
    page.replica.form.boxes["unit"].field.show_value(book.find("org_unit", {"code": "TDP05"})[0].id)
    page.replica.make()
    camera.until(lambda: page.replica is None)
    page.findChildren(ScrollColumn)[0].verticalScrollBar().setValue(100_000)
    camera.shoot("63-lineage")


def one_deleted(camera: Camera) -> None:
    """Deleting with the way back, the bin, conflicts."""
    office = camera.desk.office
    assert office is not None
    last = office.services.book.find("model", order="-code", limit=1)[0]
    screen = camera.go("model", last.id)
    screen.delete()  # type: ignore[attr-defined]  # the page of a model is in front
    camera.shoot("30-deleted-undo-bar")
    camera.go("bin")
    camera.shoot("31-bin")
    camera.go("conflicts")
    camera.shoot("32-conflicts")
    camera.go("search", "tủ sách")
    camera.shoot("33-search")
    found_on(camera, "home", "tu sach", "37-find-on-home")
    found_on(camera, "models", "2026", "38-find-on-models")
    found_on(camera, "bin", "khong co", "39-find-nothing")
    setup = camera.go("setup")
    camera.shoot("34-setup")
    assert isinstance(setup, SetupScreen)
    setup.accounts.ask_add()
    camera.shoot("36-accounts")
    setup.accounts.panel.forget()
    camera.desk.window.show_help()
    camera.shoot("35-help")
    camera.desk.window.notices.close_bar()


def found_on(camera: Camera, place: str, words: str, name: str) -> None:
    """What opens below the box in the head."""
    screen = camera.go(place)
    assert isinstance(screen, Screen)
    screen.find_anything()
    screen.finder.insert(words)
    camera.until(screen.finder.is_open)
    camera.shoot(name)
    screen.finder.close_panel()


def for_whom(camera: Camera) -> None:
    """Lists and the book out to Excel: for whom, and what was masked."""
    assert camera.desk.office is not None
    screen = camera.go("models")
    assert isinstance(screen, ModelsScreen)
    screen.list_export.choose()
    camera.shoot("80-list-for-whom")
    screen.show_alone(None)
    model = camera.desk.office.services.book.find("model", order="code", limit=1)[0]
    page = camera.go("model", (model.id, "contributions"))
    assert isinstance(page, ModelScreen)
    grid = next(one for one in page.grids if one.child.name == "contributions")
    grid.list_export.choose()
    camera.shoot("81-contributions-for-whom")
    grid.show_alone(None)
    book = camera.go("import")
    assert isinstance(book, ImportScreen)
    book.book_export.choose()
    camera.shoot("82-book-for-whom")
    book.show_alone(None)
    book.book_export.write(Path(camera.desk.settings.now.last_folder) / "so_congkhai.xlsx", PUBLIC)
    camera.shoot("83-book-for-the-public")
    camera.desk.window.notices.close_bar()


def photo_annex(camera: Camera) -> None:
    """The paper that is nothing but photos."""
    screen = camera.go("papers")
    assert isinstance(screen, PapersScreen)
    screen.tabs.setCurrentIndex(0)
    kind = screen.options.form.boxes["kind"].field
    kind.show_value("photo_annex")
    screen.options.form.edited.emit("kind", "photo_annex")
    camera.until(lambda: screen.drafted is not None and screen.drafted.draft.request.kind == "photo_annex")
    camera.until(lambda: screen.preview.isHidden() or 0 in screen.preview.pages.kept())
    camera.shoot("45-photo-annex")


def papers(camera: Camera, key_file: Path) -> None:
    """A draft with its preview, signing, the register before and after the figures changed."""
    screen = camera.go("papers")
    assert isinstance(screen, PapersScreen) and camera.desk.office is not None
    camera.until(lambda: screen.drafted is not None)
    camera.until(lambda: screen.preview.isHidden() or 0 in screen.preview.pages.kept())
    camera.shoot("40-report")
    if camera.width < 1000:
        screen.swap()
        camera.until(lambda: 0 in screen.preview.pages.kept())
        camera.shoot("41-report-preview")
        screen.swap()
    screen.start_signing()
    screen.sign_panel.file.setText(str(key_file))
    camera.shoot("42-report-sign")
    screen.sign_panel.password.setText(KEY_PASSWORD)
    screen.sign_panel.ask()
    camera.until(lambda: screen.sign_panel.isHidden())
    camera.shoot("43-report-signed")
    _change_a_figure(camera)
    screen.tabs.setCurrentIndex(1)
    screen.register.reload()
    camera.shoot("44-report-figures-changed")


def _change_a_figure(camera: Camera) -> None:
    office = camera.desk.office
    assert office is not None
    given = office.services.book.find("contribution", {"kind": "cash"}, "-given_on", 1)[0]
    office.services.saving.write(
        lambda w: w.change("contribution", given.id, {"amount_vnd": 9_000_000}),
        types=("contribution",),
        title="Số tiền",
    )
    camera.until(lambda: True)


def imports(camera: Camera, workbook: Path) -> None:
    """Choosing, the three colours of a preview, the bar with its undo."""
    screen = camera.go("import")
    assert isinstance(screen, ImportScreen)
    camera.shoot("50-import")
    screen.read(workbook)
    camera.until(lambda: screen.has_preview)
    camera.shoot("51-import-refused")
    for name in ("yellow", "green"):
        screen.tiles[name].click()
        camera.shoot(f"52-import-{name}")
    screen.land()
    camera.until(lambda: not screen.has_preview)
    camera.shoot("53-import-done")


def overview(camera: Camera) -> None:
    """The overview and the records behind a figure."""
    screen = camera.go("home")
    camera.shoot("10-home")
    screen.tiles[1].click()  # type: ignore[attr-defined]  # the overview is in front
    camera.until(lambda: camera.desk.window.place == "records")
    camera.shoot("15-records-behind-a-figure")


def pictures(app: QApplication, out: Path, work: Path, size: tuple[int, int], language: str) -> None:
    """Every picture of one size and language, on a book of its own."""
    folder = work / f"{language}-{size[0]}"
    folder.mkdir()
    book = folder / "so_dan_van.danvan"
    for source in (work / "made.danvan", *keys.key_files(work / "made.danvan")):
        shutil.copyfile(source, book.with_name(book.name + source.name.removeprefix("made.danvan")))
    shutil.copytree(work / "made.danvan.photos", folder / "so_dan_van.danvan.photos")
    settings = SettingsFile(folder / "settings.json")
    settings.change(
        language=language, recent=(str(book), "/home/can_bo/So_cu.danvan"), last_folder=str(folder)
    )
    desk = App(app, settings)
    desk.window.resize(*size)
    desk.window.show()
    camera = Camera(app, desk, out, language, size[0])
    try:
        before_a_book(camera, book, folder / "new")
        overview(camera)
        models(camera)
        life(camera)
        photos(camera, folder)
        one_deleted(camera)
        for_whom(camera)
        papers(camera, work / "thu-nghiem.p12")
        photo_annex(camera)
        imports(camera, mixed_list(folder / "Danh sách tháng 11.xlsx"))
    finally:
        desk.window.close()


def prepare(work: Path) -> None:
    """The book and the practice key that every run begins with."""
    os.environ["DANVAN_STATE"] = str(work / "state")
    make_book(work / "made.danvan")
    made = signing.make_practice(
        "Nguyễn Thị Hạnh", "UBND phường Hoa Ban", KEY_PASSWORD, datetime.now(UTC) - timedelta(days=1)
    )
    signing.write_practice(made, work)


def combinations() -> Iterator[tuple[tuple[int, int], str]]:
    """Both sizes in both languages."""
    for size in SIZES:
        for language in LANGUAGES:
            yield size, language


def main(out: Path) -> None:
    """Take them all."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        prepare(work)
        for size, language in combinations():
            pictures(app, out, work, size, language)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
