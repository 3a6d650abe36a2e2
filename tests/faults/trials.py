"""What is tried on workflows: killed at any point, refused, cut off from power; what went wrong is told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.bench import Bench, Scene
from tests.faults.disk import FAIL, FAIL_SHORT, KILL, TEAR, Fault
from tests.faults.power import (
    SHARED_MEMORY,
    WRITTEN,
    Event,
    Left,
    Power,
    Snapshot,
    put_back,
    snapshot,
    states,
)

ENVIRONMENT = 3
_SEED = 20261122


def spread(total: int, wanted: int) -> list[int]:
    """``wanted`` numbers of 1..total, evenly; all of them where there are no more."""
    if wanted >= total:
        return list(range(1, total + 1))
    return sorted({1 + round(at * (total - 1) / max(wanted - 1, 1)) for at in range(wanted)})


# -- killed


def kill(bench: Bench, workflow: str, points: int) -> dict[str, Any]:
    """kill -9 at ``points`` places of a workflow, or at every one.

    ``tried``: how often it was killed; ``places``: between how many different changes or in them.
    """
    scene = bench.scene(workflow)
    wrong: list[str] = []
    killed = 0
    faults = _points(scene, points)
    for fault in faults:
        told = bench.child(scene, fault)
        killed += told.killed
        found = bench.examine(scene, len(told.done))
        wrong += [f"{'torn' if fault.mode == TEAR else 'killed'} at {fault.at}: {one}" for one in found]
    return {"tried": killed, "places": len({fault.at for fault in faults}), "wrong": wrong}


_PARTS = (0.1, 0.5, 0.9)
_ONE_OF_TORN = 4


def _points(scene: Scene, wanted: int) -> Sequence[Fault]:
    """Different ones: just before a change of a file, or in the midst of a write; spread evenly."""
    changes = len(scene.kinds)
    places = spread(changes, wanted)
    if wanted < changes:
        return [
            Fault(TEAR if number % _ONE_OF_TORN == 0 and scene.kinds[at - 1] == WRITTEN else KILL, at)
            for number, at in enumerate(places)
        ]
    writes = [at for at in places if scene.kinds[at - 1] == WRITTEN]
    torn = [Fault(TEAR, at, part=part) for at in writes for part in _PARTS]
    whole = [Fault(KILL, at) for at in places]
    return [*whole, *(torn[number - 1] for number in spread(len(torn), wanted - changes))]


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
    """``wanted`` different states in which a power cut may leave the disk; ``tried``: how many there were."""
    scene = bench.scene(workflow)
    before, log = _logged(bench, scene)
    wrong: list[str] = []
    disks: set[bytes] = set()
    dice = random.Random(_SEED)  # noqa: S311 - chance for tests, the same every time
    for number, state in enumerate(states(bench.folder, before, log, wanted, dice), 1):
        disks.add(state.disk)
        put_back(bench.folder, state.left)
        wrong += [f"state {number}: {one}" for one in bench.examine(scene, state.done)]
    return {"tried": len(disks), "wrong": wrong}


def _logged(bench: Bench, scene: Scene) -> tuple[Snapshot, Sequence[Event]]:
    bench.desk.restore(scene.kept)
    return snapshot(bench.folder), bench.logged(scene)


def replayed(bench: Bench, workflow: str) -> dict[str, Any]:
    """Files that differ between the disk and the replay of its log: nothing may escape the shim."""
    scene = bench.scene(workflow)
    before, log = _logged(bench, scene)
    power = Power(bench.folder, before)
    for event in log:
        power.replay(event)
    real: Left = {str(path): content for path, (_inode, content) in snapshot(bench.folder).items()}
    told = power.all_kept()
    names = {name for name in {*real, *told} if not name.endswith(SHARED_MEMORY)}
    return {"differ": sorted(Path(name).name for name in names if real.get(name) != told.get(name))}
