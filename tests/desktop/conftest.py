"""What tests of the window share: small books opened by key, and a whole program around one."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from db import Book
from desktop.app import App
from desktop.screens.screen import Screen
from desktop.settings import SettingsFile
from desktop.tasks import Lane, Step, Worker
from tests.support.books import (
    Template,
    add_contribution,
    add_model,
    add_registration,
    own_state,
)

WAIT_MS = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen warns about window hints, whatever a program does."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(scope="session", autouse=True)
def _measured_workers() -> Iterator[None]:
    """Coverage reaches Python's own threads only; a thread of Qt is told of the tracer when it starts."""
    run = Worker.run

    def traced(worker: Worker) -> None:
        sys.settrace(threading.gettrace())
        run(worker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "run", traced)
        yield


def fill(book: Book) -> None:
    """A small office: two groups, three models, what was given, met, found and granted."""
    with book.writing("an", act="import", title="Danh sách đầu năm.xlsx") as write:
        groups = [
            write.add(
                "org_unit", {"code": f"TDP{at}", "name": f"Tổ dân phố số {at}", "kind": "residential_group"}
            )
            for at in (2, 10)
        ]
        own = book.own_unit()
        for group in groups:
            write.add("unit_parent", {"unit": group, "parent": own})
        road = add_model(
            write, "MH01", title="Con đường hoa", goal="Ngõ sạch, có hoa", person_in_charge="Lê Thị Mận"
        )
        add_registration(write, road, year=2026, unit=groups[0], field="culture_society", status="registered")
        add_registration(write, road, year=2025, unit=groups[0], field="culture_society", status="completed")
        loan = add_model(write, "MH02", title="Giúp nhau vốn")
        add_registration(write, loan, year=2026, unit=groups[1], subject_type="individual", status="draft")
        camera = add_model(write, "MH10", title="Camera an ninh")
        add_registration(write, camera, year=2025, unit=groups[1], field="defence_security")
        for amount in (500_000, 1_500_000):
            add_contribution(write, road, amount_vnd=amount, given_on="2026-03-12")
        person = write.add("person", {"full_name": "Nguyễn Văn Bình", "birth_year": 1960})
        write.add("model_member", {"model": road, "person": person, "role": "Tổ trưởng"})
        write.add("activity", {"model": road, "kind": "dialogue", "held_on": "2026-04-02", "attendees": 45})
        write.add(
            "supervision", {"model": road, "checked_on": "2026-05-05", "finding": "Chưa công khai thu chi"}
        )


def press(part: QWidget, words: str) -> None:
    """Press the button of this name, as a clerk finds it."""
    named = [one for one in part.findChildren(QAbstractButton) if one.accessibleName() == words]
    assert len(named) == 1, sorted({one.accessibleName() for one in part.findChildren(QAbstractButton)})
    named[0].click()


@dataclass
class Desk:
    """The program with its window, and ways to wait for facts."""

    app: App
    bot: QtBot

    @property
    def book(self) -> Book:
        """The UI thread's connection to the open book."""
        assert self.app.office is not None
        return self.app.office.services.book

    def until(self, ready: Callable[[], bool] = lambda: True) -> None:
        """Wait until this is so and no work is going on."""
        self.bot.waitUntil(lambda: ready() and not self.app.tasks.running, timeout=WAIT_MS)

    def go(self, place: str, what: object = None) -> Screen:
        """Another screen, filled."""
        self.app.window.go(place, what)
        self.until()
        screen = self.app.window.in_front()
        assert screen is not None
        return screen

    def do(self, work: Callable[[Step], object]) -> None:
        """Write to the book, as one does who sits at another screen."""
        done: list[object] = []
        self.app.tasks.run(work, lane=Lane.WRITE, done=done.append)
        self.until(lambda: bool(done))

    def model(self, code: str = "MH01") -> str:
        """The id of a model."""
        return self.book.find("model", {"code": code})[0].id

    def said(self) -> str:
        """What the bar says."""
        notice = self.app.window.notices.notice
        return "" if notice is None else f"{notice.text} {notice.advice}".strip()


@pytest.fixture
def empty_desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """The program on its start screen."""
    with own_state(tmp_path / "state"):
        resources.use_language("en")
        settings = SettingsFile(tmp_path / "settings.json")
        settings.change(language="en", last_folder=str(tmp_path), backup_hours=0)
        app = App(qapp, settings)
        app.window.resize(1366, 728)
        app.window.show()
        qtbot.addWidget(app.window)  # closed by it before this goes on, and with it the book and the workers
        yield Desk(app, qtbot)
        app.deleteLater()


@pytest.fixture
def book_path(template: Template, tmp_path: Path) -> Path:
    """A small filled book."""
    path = tmp_path / "so.danvan"
    with own_state(tmp_path / "state"), template.copy_to(path) as book:
        fill(book)
    return path


@pytest.fixture
def desk(empty_desk: Desk, template: Template, book_path: Path) -> Desk:
    """The program with the small book open."""

    def work(step: Step) -> Book:
        book = template.open(book_path)
        step.give_book(book)
        return book

    empty_desk.app.tasks.run(work, lane=Lane.WRITE, done=empty_desk.app.show_book)
    empty_desk.until(lambda: empty_desk.app.office is not None)
    return empty_desk
