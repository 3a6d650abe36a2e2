"""What is tried on workflows: killed at any point, refused, cut off from power; what went wrong is told."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.bench import Bench, Scene
from tests.faults.disk import FAIL, FAIL_SHORT, KILL, TEAR, Fault
from tests.faults.power import Event, Left, Power, Snapshot, put_back, read_log, snapshot, states

ENVIRONMENT = 3
_SEED = 20261122


def spread(total: int, wanted: int) -> list[int]:
    """``wanted`` numbers of 1..total, evenly; all of them where there are no more."""
    if wanted >= total:
        return list(range(1, total + 1))
    return sorted({1 + round(at * (total - 1) / (wanted - 1)) for at in range(wanted)})


# -- killed


def kill(bench: Bench, workflow: str, points: int) -> dict[str, Any]:
    """kill -9 at ``points`` places of a workflow."""
    scene = bench.scene(workflow)
    wrong: list[str] = []
    killed = 0
    for fault in _points(scene, points):
        told = bench.child(scene, fault)
        killed += told.killed
        found = bench.examine(scene, len(told.done))
        wrong += [f"{'torn' if fault.mode == TEAR else 'killed'} at {fault.at}: {one}" for one in found]
    return {"tried": killed, "wrong": wrong}


_PARTS = (0.5, 0.1, 0.9, 0.3, 0.7)


def _points(scene: Scene, wanted: int) -> Sequence[Fault]:
    """Just before a change of a file, or in the midst of one; spread evenly if there are too many."""
    every = range(1, scene.changes + 1)
    if wanted <= scene.changes:
        places = spread(scene.changes, wanted)
        return [Fault(TEAR if number % 4 == 3 else KILL, at) for number, at in enumerate(places)]
    torn = (Fault(TEAR, at, part=part) for part in _PARTS for at in every)
    return [*(Fault(KILL, at) for at in every), *torn][:wanted]


# -- refused


def refuse(
    bench: Bench, workflow: str, kinds: int, error: int, *, sticky: bool = True, most: int = 10_000
) -> dict[str, Any]:
    """Every change of these ``kinds`` refused in turn with ``error``; all later ones too if ``sticky``."""
    scene = bench.scene(workflow)
    changes = bench.child(scene, Fault(kinds=kinds)).changes
    wrong: list[str] = []
    sentences: set[str] = set()
    places = spread(changes, most)
    for at in places:
        told = bench.child(scene, Fault(FAIL_SHORT if at % 2 and sticky else FAIL, at, kinds, error, sticky))
        found = bench.examine(scene, len(told.done), exactly=True)
        if told.code not in (0, ENVIRONMENT) or told.killed or not (told.changes or told.crash):
            found.append(f"ended with {told.code}: {told.crash or told.sentence}")
        if not told.code and len(told.done) != len(scene.expected) - 1:
            found.append("it was said to be done and was not")
        sentences.add(told.sentence)
        wrong += [f"refused at {at}: {one}" for one in found]
    return {"tried": len(places), "wrong": wrong, "sentences": sorted(sentences - {""})}


# -- cut off


def cut(bench: Bench, workflow: str, wanted: int) -> dict[str, Any]:
    """``wanted`` states in which a power cut may leave the disk."""
    scene = bench.scene(workflow)
    before, log = _logged(bench, scene)
    wrong: list[str] = []
    tried = 0
    dice = random.Random(_SEED)  # noqa: S311 - chance for tests, the same every time
    for done, left in states(bench.folder, before, log, wanted, dice):
        tried += 1
        put_back(bench.folder, left)
        wrong += [f"state {tried}: {one}" for one in bench.examine(scene, done)]
    return {"tried": tried, "wrong": wrong}


def _logged(bench: Bench, scene: Scene) -> tuple[Snapshot, Sequence[Event]]:
    bench.desk.restore(scene.kept)
    before = snapshot(bench.folder)
    file = bench.base / "log"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    told = bench.child(scene, Fault(), log=descriptor, fresh=False)
    os.close(descriptor)
    if told.code or told.killed:
        raise AssertionError(told)
    return before, list(read_log(file.read_bytes()))


def replayed(bench: Bench, workflow: str) -> dict[str, Any]:
    """Files that differ between the disk and the replay of its log: nothing may escape the shim."""
    scene = bench.scene(workflow)
    before, log = _logged(bench, scene)
    power = Power(bench.folder, before)
    for event in log:
        power.replay(event)
    real: Left = {str(path): content for path, (_inode, content) in snapshot(bench.folder).items()}
    told = power.all_kept()
    names = {name for name in {*real, *told} if not name.endswith("-shm")}  # shared memory is no file
    return {"differ": sorted(Path(name).name for name in names if real.get(name) != told.get(name))}
