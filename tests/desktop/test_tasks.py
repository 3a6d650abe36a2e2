"""Long work goes through one door: results on the UI thread, progress, cancel, one writer."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, get_ident

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.tasks import Lane, Step, Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    assert qapp is not None  # signals need it
    made = Tasks()
    yield made
    made.close()


def test_the_result_arrives_on_the_ui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, int]] = []
    tasks.run(lambda _step: get_ident(), done=lambda worker: seen.append((worker, get_ident())))
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0][0] != get_ident() == seen[0][1]


def test_a_failure_goes_to_whoever_asked_to_be_told(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[Exception] = []
    tasks.run(lambda _step: 1 // 0, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_failure_nobody_takes_goes_to_the_common_place(qtbot: QtBot, tasks: Tasks) -> None:
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run(lambda _step: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_cancelled_work_ends_at_its_next_check_and_says_so(qtbot: QtBot, tasks: Tasks) -> None:
    started = Event()
    ends: list[str] = []

    def work(step: Step) -> None:
        started.set()
        while True:
            step.check()

    task = tasks.run(work, cancelled=lambda: ends.append("cancelled"), done=lambda _: ends.append("done"))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == ["cancelled"]


def test_work_that_waits_is_cancelled_without_being_begun(qtbot: QtBot, tasks: Tasks) -> None:
    gate = Event()
    begun: list[int] = []
    ended: list[int] = []
    tasks.run(lambda _step: gate.wait(5))
    second = tasks.run(lambda _step: begun.append(1), cancelled=lambda: ended.append(1))
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ended == [1])
    assert begun == []


def test_writes_are_done_in_the_order_in_which_they_were_asked(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[int] = []
    for number in range(20):
        tasks.run(lambda _step, n=number: order.append(n), lane=Lane.WRITE)  # type: ignore[misc]  # the test knows which screen this is
    qtbot.waitUntil(lambda: not tasks.running)
    assert order == list(range(20))


def test_long_work_does_not_hold_up_reading(qtbot: QtBot, tasks: Tasks) -> None:
    gate = Event()
    read: list[str] = []
    tasks.run(lambda _step: gate.wait(5), lane=Lane.LONG)
    tasks.run(lambda _step: "page", lane=Lane.READ, done=read.append)
    qtbot.waitUntil(lambda: read == ["page"])
    gate.set()


def test_progress_is_told_but_not_for_each_row(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[int, int]] = []
    listening = Event()

    def work(step: Step) -> None:
        listening.wait(5)
        for row in range(1, 10_001):
            step.progress(row, 10_000)

    task = tasks.run(work)
    task.progressed.connect(lambda done, total: told.append((done, total)))
    listening.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert told[-1] == (10_000, 10_000)
    assert len(told) < 500


def test_the_list_of_what_is_running_follows_the_work(qtbot: QtBot, tasks: Tasks) -> None:
    gate = Event()
    tasks.run(lambda _step: gate.wait(5), label="Đang đọc")
    assert [task.label for task in tasks.running] == ["Đang đọc"]
    with qtbot.waitSignal(tasks.busy_changed):
        gate.set()
    assert tasks.running == []


def test_work_without_a_book_says_so(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[Exception] = []
    tasks.run(lambda step: step.book, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert "no book" in str(errors[0])


@pytest.mark.usefixtures("qapp")
def test_what_was_typed_is_written_before_the_program_ends_and_the_rest_is_stopped() -> None:
    made, gate = Tasks(), Event()
    done: list[str] = []
    made.run(lambda _step: gate.wait(0.2), lane=Lane.WRITE)
    made.run(lambda _step: done.append("typed"), lane=Lane.WRITE)
    made.run(lambda _step: gate.wait(0.2), lane=Lane.LONG)
    made.run(lambda _step: done.append("paper"), lane=Lane.LONG)
    made.close()
    assert done == ["typed"]


@pytest.mark.usefixtures("qapp")
def test_closing_waits_for_work_and_leaves_nothing_running() -> None:
    made = Tasks()
    done: list[int] = []
    made.run(lambda _step: done.append(1), lane=Lane.WRITE)
    made.close()
    assert done in ([], [1])  # cancelled before it began, or finished: never in between
