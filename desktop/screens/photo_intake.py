"""Photos in: which model they are of, the day they may have lost; then what came of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from db import Book, photos
from desktop.changes import Changes
from desktop.screens import photo_acts, showing
from desktop.screens.model_field import model_spec, offer_models
from desktop.services import Services
from desktop.tasks import Lane, Step
from desktop.theme import Tone, look
from desktop.widgets.bars import Notice
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.form import RecordForm
from desktop.widgets.labels import Card, button, label, row, space
from resources import _, ngettext

_LINES = 2  # of the list of files; the rest is scrolled to
_KINDS = "(*.jpg *.jpeg *.png *.heic *.heif *.JPG *.JPEG *.PNG *.HEIC *.HEIF)"


def files_of(dropped: QMimeData) -> list[Path]:
    """Files and folders of this PC among what is dragged here."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


Work = Callable[[Step], photos.PhotosAdded]


def adding(files: Sequence[Path], model: str, stage: str | None, taken_on: str | None) -> Work:
    """Work that takes the files into the book, as one entry."""

    def work(step: Step) -> photos.PhotosAdded:
        return photos.add_photos(
            step.book, files, model=model, stage=stage, taken_on=taken_on,
            step=lambda percent: step.progress(percent, 100),
        )  # fmt: skip

    return work


def putting_back(files: Sequence[Path]) -> Work:
    """Work that takes only the pictures of photos whose file is missing; nothing new comes in."""

    def work(step: Step) -> photos.PhotosAdded:
        known = _missing_by_hash(step.book)
        fitting, refused = [], []
        for file in files:
            step.check()
            if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() in known:
                fitting.append(file)
            else:
                refused.append(photos.RefusedPhoto(file, _("This is not the picture of a missing photo.")))
        if not fitting:
            return photos.PhotosAdded((), (), tuple(refused), (), "")
        model = next(iter(known.values()))
        done = photos.add_photos(
            step.book, fitting, model=model, stage=None, step=lambda percent: step.progress(percent, 100)
        )
        return photos.PhotosAdded(
            done.added, done.duplicates, (*done.refused, *refused), done.reattached, done.batch
        )

    return work


def _missing_by_hash(book: Book) -> dict[str, str]:
    """The model of each missing photo, by the hashes of files that hold its picture."""
    return {
        str(photo[name]): str(photo["model"])
        for photo in photos.missing(book)
        for name in ("hash", "source_hash")
        if photo[name]
    }


class PhotoIntake(QWidget):
    """Hidden until there is something to say. ``show_asked(ids)``: show these photos, to be dated."""

    show_asked = Signal(list)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._services = services
        self._files: list[Path] = []
        self._undated: list[str] = []
        self.ask = Card()
        self._title = label("", "section", wrap=True)
        self.form = RecordForm(self._specs(), columns=3)
        offer_models(self.form.boxes["model"].field, services)
        self._add = button(_("Add the photos"), self.add, icon_name="check", kind="primary")
        self.told = Card()
        self.sums = label("", "section", wrap=True)
        self.files = QListWidget()
        self.files.setAccessibleName(_("What came of each file"))
        self._date = button(_("Give them a date"), self._show_undated, icon_name="calendar")
        self._lay_out()
        self.form.ended.connect(self.add)

    def choose(self, model: str = "") -> None:
        """Ask for files, then for their model."""
        folder = self._services.settings.now.last_folder
        kinds = f"{_('Pictures')} {_KINDS}"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose photos"), folder, kinds)
        if chosen:
            self.start([Path(one) for one in chosen], model)

    def start(self, files: Sequence[Path], model: str = "") -> None:
        """These files and folders: say of which model they are."""
        self._files = list(files)
        self._services.settings.change(last_folder=str(self._files[0].parent))
        names = ", ".join(file.name for file in self._files[:3]) + (" …" if len(self._files) > 3 else "")
        self._title.setText(_("Add photos: {names}").format(names=names))
        self.form.show_values({"model": model or None, "stage": None, "taken_on": None}, anew=True)
        self.told.hide()
        self.ask.show()
        self.form.focus("stage" if model else "model")

    def add(self) -> None:
        """Take them in, if it is known of which model they are."""
        values = self.form.values()
        if values is None or not self._files:
            return
        stated = {name: str(value) if value else None for name, value in values.items()}
        self._run(adding(self._files, str(stated["model"]), stated["stage"], stated["taken_on"]))

    def put_back(self, files: Sequence[Path]) -> None:
        """Only the pictures of missing photos among these files."""
        self._run(putting_back(files))

    def give_up(self) -> None:
        """Nothing is added."""
        self._files = []
        self.ask.hide()

    # -- parts

    def _specs(self) -> list[FieldSpec]:
        stages = showing.choice_list("photo_stage")
        day = showing.spec("photo", "taken_on", self._services.names)
        return [
            model_spec(self._services, _("Model"), required=True),
            FieldSpec("stage", _("Stage"), Kind.CHOICE, choices=stages),
            FieldSpec(
                "taken_on", _("Taken on (for those that lost their date)"), Kind.DATE, day.parse, day.show
            ),
        ]

    def _lay_out(self) -> None:
        self.ask.box.addWidget(self._title)
        self.ask.box.addWidget(self.form)
        self.ask.box.addLayout(row(button(_("Cancel"), self.give_up), 1, self._add))
        self.files.setWordWrap(True)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = button(_("Close"), self.told.hide, icon_name="x")
        self.told.box.addWidget(self.sums)
        self.told.box.addWidget(self.files)
        self.told.box.addLayout(row(self._date, 1, close))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        box = QVBoxLayout(self)
        space(box, between=8)
        for card in (self.ask, self.told):
            space(card.box, (12, 8, 12, 8), 6)
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            box.addWidget(card)
            card.hide()

    # -- the work

    def _run(self, work: Work) -> None:
        self.ask.hide()
        self.told.hide()
        self._services.tasks.run(
            work,
            lane=Lane.WRITE,
            label=_("Adding photos …"),
            done=self._on_done,
            failed=self._on_failed,
            cancelled=self._on_stopped,
        )

    def _on_failed(self, error: Exception) -> None:
        self.ask.setVisible(bool(self._files))
        self._services.tasks.fail(error)

    def _on_stopped(self) -> None:
        self.ask.setVisible(bool(self._files))
        self._services.tell(Notice(_("Stopped. None of these photos is in the book."), Tone.INFO))

    def _on_done(self, done: photos.PhotosAdded) -> None:
        self._files = []
        self._undated = [photo.id for photo in done.undated]
        if done.batch or done.reattached:  # a file that came back writes no record, but is seen
            self._services.saving.announce(Changes(frozenset({"photo"}), frozenset(), done.batch or None))
        words = ", ".join(sums(done))
        words = words[:1].upper() + words[1:]
        self._tell(done, words)
        self._list(done, words)

    def _tell(self, done: photos.PhotosAdded, words: str) -> None:
        if done.added:
            undo = partial(self._services.saving.undo, done.batch)
            self._services.tell(Notice(words, Tone.GOOD, action=_("Undo"), do=undo))
        else:
            self._services.tell(Notice(words, Tone.WARN if done.refused else Tone.INFO))

    def _list(self, done: photos.PhotosAdded, words: str) -> None:
        """Each file that did not simply come in, with its reason; the date is asked for where it is lost."""
        self.sums.setText(words)
        self.files.clear()
        self.files.addItems([*self._lines(done)])
        self.files.setFixedHeight(look().px(4 + 34 * min(self.files.count(), _LINES)))
        self.files.setVisible(self.files.count() > 0)
        self._date.setVisible(bool(self._undated))
        self.told.setVisible(bool(self.files.count() or self._undated))

    def _lines(self, done: photos.PhotosAdded) -> Iterator[str]:
        for refused in done.refused:
            yield _("{name}: not taken. {reason}").format(name=refused.file.name, reason=refused.reason)
        for new in done.added:
            if new.wrong_day:
                words = _("{name}: the camera's date, {day}, cannot be right and was not kept.")
                yield words.format(name=new.file.name, day=showing.shown_date(new.wrong_day))
        known = photo_acts.records(self._services, [one.id for one in done.duplicates])
        titles = {one.id: self._services.names.title("model", one["model"]) for one in known}
        for one in done.duplicates:
            words = _("{name}: is in the book already ({model}).")
            yield words.format(name=one.file.name, model=titles.get(one.id, ""))
        for one in done.reattached:
            yield _("{name}: the missing picture is back.").format(name=one.file.name)

    def _show_undated(self) -> None:
        self.told.hide()
        self.show_asked.emit(self._undated)


def sums(done: photos.PhotosAdded) -> Iterator[str]:
    """How many came in, were known, came back, were refused, have no date."""
    added, known, back = len(done.added), len(done.duplicates), len(done.reattached)
    refused, undated = len(done.refused), len(done.undated)
    if added or not (known or back or refused):
        yield ngettext("{n} photo was added", "{n} photos were added", added).format(n=added)
    if back:
        yield ngettext("{n} picture is back", "{n} pictures are back", back).format(n=back)
    if known:
        yield ngettext("{n} was in the book already", "{n} were in the book already", known).format(n=known)
    if refused:
        yield ngettext("{n} file was not taken", "{n} files were not taken", refused).format(n=refused)
    if undated:
        yield ngettext("{n} has no date", "{n} have no date", undated).format(n=undated)
