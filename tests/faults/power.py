"""What a power cut leaves: all states that a disk may be in, built from the log of what was done to it.

What was synced is there. Of the rest anything may be missing: writes are dropped, kept in order up to one,
torn at a sector or kept at random; names come and go in order, up to one that did not. A name is durable
when its folder was synced, nothing else makes it so.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

SECTOR: Final = 512
_TURNS: Final = 200
_LEAST_TURNS: Final = 5
SHARED_MEMORY: Final = "-shm"
WRITTEN: Final = "w"
REMARK: Final = "!"
_HEAD: Final = struct.Struct("=cQQQI")


class Event(NamedTuple):
    """One change, named by a letter: see ``shim.c``; ``REMARK`` is none."""

    kind: str
    inode: int
    offset: int
    name: str
    content: bytes


def read_log(log: bytes) -> Iterator[Event]:
    """The events that the shim wrote."""
    at = 0
    while at < len(log):
        kind, inode, offset, length, named = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        name = log[at : at + named].decode()
        at += named
        yield Event(kind.decode(), inode, offset, name, log[at : at + length])
        at += length


class Write(NamedTuple):
    """Bytes put at a place of a file; ``None`` cuts or lengthens the file to it."""

    offset: int
    content: bytes | None


def applied(content: bytearray, write: Write) -> None:
    """Do to ``content`` what a write does to a file."""
    end = write.offset + len(write.content or b"")
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if write.content is None:
        del content[write.offset :]
    else:
        content[write.offset : end] = write.content


@dataclass(slots=True)
class _File:
    """A file by its inode: what is durable, and what was written since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        for write in self.pending:
            applied(self.durable, write)
        self.pending.clear()

    def left(self, kept: Sequence[Write]) -> bytes:
        content = bytearray(self.durable)
        for write in kept:
            applied(content, write)
        return bytes(content)


_Folder = None
_Names = dict[str, _File | None]
Left = dict[str, bytes | None]
"""Paths with what is in them; ``None`` is a folder."""
Snapshot = Mapping[Path, tuple[int, bytes | None]]
"""The same with inodes."""


@dataclass(frozen=True, slots=True)
class _Naming:
    """A change of names; durable when ``folder`` was synced."""

    folder: str
    event: Event
    file: _File | None = None

    def apply(self, names: _Names) -> None:
        kind, name = self.event.kind, self.event.name
        if kind == "u":
            names.pop(name, None)
        elif kind == "r":
            names[self.event.content.decode()] = names.pop(name, self.file)
        else:
            names[name] = self.file


Choice = Callable[[random.Random, _File], list[Write]]


def _nothing(_dice: random.Random, _file: _File) -> list[Write]:
    return []


def _everything(_dice: random.Random, file: _File) -> list[Write]:
    return list(file.pending)


def _some(dice: random.Random, file: _File) -> list[Write]:
    return [write for write in file.pending if dice.random() < 0.5]


def _torn(dice: random.Random, file: _File) -> list[Write]:
    """Those up to one, and sectors of that one."""
    end = dice.randint(0, len(file.pending))
    kept = file.pending[:end]
    last = file.pending[end] if end < len(file.pending) else Write(0, b"")
    if last.content:
        sectors = dice.randint(0, len(last.content) // SECTOR)
        kept.append(Write(last.offset, last.content[: sectors * SECTOR]))
    return kept


def _empty_room(dice: random.Random, file: _File) -> list[Write]:
    """The file has its length, but what was added to it never arrived."""
    grown = len(file.durable)
    return [
        Write(write.offset, bytes(len(write.content))) if write.content and write.offset >= grown else write
        for write in _some(dice, file)
    ]


_OF_ALL: Final[Sequence[Choice]] = (_nothing, _torn, _some, _everything, _empty_room)


def _each_its_own(dice: random.Random, file: _File) -> list[Write]:
    return dice.choice(_OF_ALL)(dice, file)


_CHOICES: Final[Sequence[Choice]] = (*_OF_ALL, _each_its_own)


class Power:
    """The disk while the log is replayed; it can be cut off at any moment. ``folder`` itself always stays."""

    def __init__(self, folder: Path, before: Snapshot) -> None:
        self._folder = str(folder)
        self._durable: _Names = {}
        self._inodes: dict[int, _File] = {}
        for path, (inode, content) in before.items():
            file = None if content is None else _File(bytearray(content))
            self._durable[str(path)] = file
            if file:
                self._inodes[inode] = file
        self._now: _Names = dict(self._durable)
        self._namings: list[_Naming] = []
        self.remarks = 0

    def replay(self, event: Event) -> None:
        """The next thing that was done."""
        match event.kind:
            case kind if kind == WRITTEN:
                self._inodes[event.inode].pending.append(Write(event.offset, event.content))
            case "t":
                self._inodes[event.inode].pending.append(Write(event.offset, None))
            case "s":
                self._inodes[event.inode].sync()
            case "d":
                self._sync_folder(event.name)
            case "c":
                self._inodes[event.inode] = _File()
                self._name(event, self._inodes[event.inode])
            case "r":
                self._name(event, self._now[event.name])
            case "u" | "m":
                self._name(event, _Folder)
            case kind if kind == REMARK:
                self.remarks += 1

    def _name(self, event: Event, file: _File | None) -> None:
        naming = _Naming(str(Path(event.name).parent), event, file)
        naming.apply(self._now)
        self._namings.append(naming)

    def _sync_folder(self, folder: str) -> None:
        for naming in self._namings:
            if naming.folder == folder:
                naming.apply(self._durable)
        self._namings = [naming for naming in self._namings if naming.folder != folder]

    def cut(self, dice: random.Random, choice: Choice) -> Left:
        """What is found when the power comes back."""
        names = dict(self._durable)
        named = dice.choice((0, dice.randint(0, len(self._namings)), len(self._namings)))
        for naming in self._namings[:named]:
            naming.apply(names)
        reachable = {name: file for name, file in names.items() if self._reached(name, names)}
        return {name: file.left(choice(dice, file)) if file else None for name, file in reachable.items()}

    def _reached(self, name: str, names: _Names) -> bool:
        above = str(Path(name).parent)
        return above == self._folder or (above in names and self._reached(above, names))

    def all_kept(self) -> Left:
        """What stands there while the power is on."""
        return {name: file.left(file.pending) if file else None for name, file in self._now.items()}


def snapshot(folder: Path) -> Snapshot:
    """What stands in a folder now."""
    return {
        path: (path.stat().st_ino, None if path.is_dir() else path.read_bytes()) for path in folder.rglob("*")
    }


def put_back(folder: Path, left: Left) -> None:
    """Make a folder hold what was left, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in sorted(left.items()):
        if content is None:
            Path(name).mkdir()
        else:
            Path(name).write_bytes(content)


class State(NamedTuple):
    """A disk after a power cut: how many remarks were made before, what is left, and its digest."""

    done: int
    left: Left
    disk: bytes


def states(
    folder: Path, before: Snapshot, log: Sequence[Event], wanted: int, dice: random.Random
) -> Iterator[State]:
    """States until ``wanted`` different disks were among them; fewer where the disk cannot be in so many.

    The cuts of a turn lie evenly over the whole log, and a turn is always finished: no part of the work is
    tried less than another. The same disk counts once, however much had been told before the cut.
    """
    apart = max(1, len(log) * _LEAST_TURNS // wanted)
    disks: set[bytes] = set()
    seen: set[tuple[int, bytes]] = set()
    for turn in range(_TURNS):
        for done, left in _cuts(Power(folder, before), log, apart, turn, dice):
            state = State(done, left, _digest(left))
            if (done, state.disk) not in seen:
                seen.add((done, state.disk))
                disks.add(state.disk)
                yield state
        if len(disks) >= wanted:
            return


def _cuts(
    power: Power, log: Sequence[Event], apart: int, turn: int, dice: random.Random
) -> Iterator[tuple[int, Left]]:
    """Cuts so far ``apart``, at other places and of other kinds each turn; always when something was told."""
    for number, event in enumerate(log):
        power.replay(event)
        if event.kind == REMARK:
            yield from ((power.remarks, power.cut(dice, choice)) for choice in _CHOICES)
        elif not (number + turn) % apart:
            yield power.remarks, power.cut(dice, _CHOICES[(number // apart + turn) % len(_CHOICES)])


def _digest(left: Left) -> bytes:
    """The same for disks that hold the same. Shared memory does not count: nobody reads it after a cut."""
    whole = hashlib.blake2b()
    for name, content in sorted(left.items()):
        if not name.endswith(SHARED_MEMORY):
            whole.update(f"{name}\0{'folder' if content is None else len(content)}\0".encode())
            whole.update(content or b"")
    return whole.digest()
