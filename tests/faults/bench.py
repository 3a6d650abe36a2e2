"""A workbench on a bad disk: runs workflows in children that are killed or refused, sees what they leave."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from db import Book
from db.check import check
from desktop.errors import describe
from tests.faults.desk import Desk, facts, make_desk
from tests.faults.disk import Disk, Fault
from tests.faults.planted import PLANTED, WITHOUT_SYNC
from tests.faults.power import REMARK, Event, read_log
from tests.faults.workflow import CommandRefused, Run, Workflow
from tests.faults.workflows import COMMANDS, PATIENT, WORKFLOWS
from tests.support.books import add_model

_ALL: Final = {**WORKFLOWS, **COMMANDS, **PATIENT, **PLANTED, **WITHOUT_SYNC}


@dataclass(slots=True)
class Told:
    """What a child said before it ended: facts after each step, changes of files, how it failed."""

    done: list[str] = field(default_factory=list)
    changes: int = 0
    code: int = 0
    sentence: str = ""
    crash: str = ""
    killed: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A workflow ready to be run: what it starts from, what it does, what is seen before and after steps."""

    workflow: Workflow
    run: Run
    kept: Path
    expected: Sequence[str]
    kinds: str
    """Of each change of a file its letter, in their order."""


class Bench:
    """All of it happens in one folder, which is what it was before each run."""

    def __init__(self, base: Path) -> None:
        self.disk = Disk()
        self.base = base
        self.folder = base / "case"
        self.folder.mkdir(parents=True)
        os.environ["DANVAN_STATE"] = str(self.folder / "state")
        self.desk: Desk = make_desk(self.folder)
        self.plain = base / "plain"
        shutil.copytree(self.folder, self.plain)
        self._scenes: dict[str, Scene] = {}

    def scene(self, name: str) -> Scene:
        """A workflow, prepared once and run once undisturbed."""
        if name not in self._scenes:
            gc.freeze()  # children share what is there, untouched by the collector
            self._scenes[name] = self._prepared(name, _ALL[name])
        return self._scenes[name]

    def _prepared(self, name: str, workflow: Workflow) -> Scene:
        kept = self.base / "kept" / name
        self.desk.restore(self.plain)
        run = workflow.prepare(self.desk)
        shutil.copytree(self.folder, kept)
        with workflow.program(), self.desk.open() as book:
            before = facts(book)
        scene = Scene(workflow, run, kept, [before], "")
        told = _undisturbed(self.child(scene, Fault(), seeing=True))
        self.desk.restore(kept)
        kinds = "".join(event.kind for event in self.logged(scene) if event.kind != REMARK)
        return Scene(workflow, run, kept, [before, *told.done], kinds)

    def logged(self, scene: Scene) -> Sequence[Event]:
        """What a run does to the disk, undisturbed by looking; it begins with what the folder holds."""
        file = self.base / "log"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _undisturbed(self.child(scene, Fault(), log=descriptor, fresh=False))
        finally:
            os.close(descriptor)
        return list(read_log(file.read_bytes()))

    def child(
        self, scene: Scene, fault: Fault, *, seeing: bool = False, log: int = -1, fresh: bool = True
    ) -> Told:
        """Run a workflow from its start, in a process of its own, on a disk with a fault."""
        if fresh:
            self.desk.restore(scene.kept)
        ears, mouth = os.pipe()
        child = os.fork()
        if not child:
            gc.disable()
            try:
                with scene.workflow.program():
                    self._in_child(scene.run, fault, log, Mouth(mouth, self.disk), seeing=seeing)
            finally:
                os._exit(0)
        os.close(mouth)
        with os.fdopen(ears) as heard:
            lines = heard.read().splitlines()
        _child, status = os.waitpid(child, 0)
        return _heard(lines, status)

    def _in_child(self, run: Run, fault: Fault, log: int, mouth: Mouth, *, seeing: bool) -> None:
        def done(book: Book | None) -> None:
            mouth.tell(done=self._seen(book) if seeing else "")

        self.disk.arm(self.folder, fault, log)
        try:
            run(done)
        except CommandRefused as refused:
            mouth.tell(code=refused.code, sentence=refused.sentence)
        except Exception as error:  # noqa: BLE001 - whatever it is, the clerk is told
            text = describe(error)
            crash = "".join(traceback.format_exception(error)) if text.is_bug else ""
            mouth.tell(code=text.code, sentence=text.sentence, crash=crash)
        mouth.tell(changes=self.disk.count())

    def _seen(self, book: Book | None) -> str:
        if book:
            return facts(book)
        with self.desk.open(writable=False) as opened:
            return facts(opened)

    def examine(self, scene: Scene, done: int, *, exactly: bool = False) -> list[str]:
        """What is wrong with what stands in the folder, after so many steps were told to be done.

        It opens without a question, holds these steps whole and at most the one that was under way, files
        beside it are right, the next edit works and the journal holds together behind it.
        """
        self.disk.arm(self.folder, Fault())  # syncing takes long, and nothing is cut off here
        try:
            with scene.workflow.program(), self.desk.open() as book:
                allowed = scene.expected[done : done + (1 if exactly else 2)]
                wrong = [] if facts(book) in allowed else [f"{_place(scene, book)} is there, {done} was told"]
                wrong += scene.workflow.beside(self.desk, book, done)
                with book.writing("an", title="sau đó") as write:
                    add_model(write, "SAU")
                return wrong + [one.message for one in check(book) if one.grave]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
            return ["".join(traceback.format_exception(error)[-3:])]
        finally:
            self.disk.rest()


def _undisturbed(told: Told) -> Told:
    if told.crash or told.code or told.killed:
        raise AssertionError(told)
    return told


def _place(scene: Scene, book: Book) -> str:
    found = facts(book)
    return f"step {scene.expected.index(found)}" if found in scene.expected else "something between"


@dataclass(frozen=True, slots=True)
class Mouth:
    """How a child tells: at once, because it may be dead in the next moment; into the log of the disk too."""

    descriptor: int
    disk: Disk

    def tell(self, **what: str | int) -> None:
        """Say something."""
        os.write(self.descriptor, (json.dumps(what) + "\n").encode())
        if "done" in what:
            self.disk.note("done")


def _heard(lines: Sequence[str], status: int) -> Told:
    told = Told(killed=os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
    for line in lines:
        for name, value in json.loads(line).items():
            if name == "done":
                told.done.append(value)
            else:
                setattr(told, name, value)
    return told
