"""Invented pictures for the demo book: a lane between houses, before, during and after; no people."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (1280, 960)
_FAR, _NEAR = 430, 960
"""Where the lane begins and ends, in pixels from the top."""

_WALLS = ("#d9c7a3", "#c9b8a8", "#b9c4c9", "#d6b48c", "#c4cdb4", "#dcd0c0", "#bfa58a")
_ROOFS = ("#8c3b2e", "#74483a", "#5d6468", "#9a5a3c")
_FLOWERS = ("#d8405f", "#e8b22e", "#c75bb0", "#f2f2f2", "#e4702c")
_GROUND = {"before": "#7d6a50", "during": "#968a78", "after": "#b9b8b2"}

Colour = str | tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Scene:
    pen: ImageDraw.ImageDraw
    draw: random.Random
    bend: int
    """Where the far end of the lane is, in pixels from the left."""

    def across(self, depth: float, side: float) -> Point:
        """A point of the ground: depth 0 near to 1 far, side -1 left to 1 right edge of the lane."""
        y = _NEAR + (_FAR - _NEAR) * depth
        half = 430 + (70 - 430) * depth
        middle = 640 + (self.bend - 640) * depth
        return middle + half * side, y


def draw_scene(stage: str, seed: str) -> bytes:
    """A JPEG of 1280 x 960 pixels. Scenes of one ``seed`` show the same place, so that they make a pair."""
    place = random.Random(seed)  # noqa: S311 - an invented picture
    picture = Image.linear_gradient("L").resize(_SIZE)
    picture = Image.merge("RGB", [picture.point(lambda v, d=d: 245 - d - v // 3) for d in (75, 35, 0)])
    scene = _Scene(ImageDraw.Draw(picture), place, place.randint(540, 740))
    for side in (-1, 1):
        _houses(scene, side)
    _lane(scene, stage)
    _WORK[stage](scene)
    shaken = picture.filter(ImageFilter.GaussianBlur(1))
    out = io.BytesIO()
    shaken.save(out, "JPEG", quality=88)
    return out.getvalue()


def _houses(scene: _Scene, side: int) -> None:
    """A row of fronts, the farthest first."""
    edges = [0.0, 0.28, 0.52, 0.74, 1.0]
    for near, far in reversed(list(pairwise(edges))):
        a, b = scene.across(near, side * 1.02), scene.across(far, side * 1.02)
        storeys = scene.draw.randint(1, 3)
        top_a, top_b = a[1] - 210 * storeys * (1 - near * 0.8), b[1] - 210 * storeys * (1 - far * 0.8)
        scene.pen.polygon([a, b, (b[0], top_b), (a[0], top_a)], scene.draw.choice(_WALLS))
        roof = 26 * (1 - near * 0.7)
        scene.pen.polygon([(a[0], top_a), (b[0], top_b), (b[0], top_b - roof), (a[0], top_a - roof)],
                          scene.draw.choice(_ROOFS))  # fmt: skip
        _door(scene, side, (near + far) / 2)
        if side * (a[0] - 640) < 640:
            scene.pen.polygon([a, (a[0], top_a), (640 + side * 640, top_a - 20), (640 + side * 640, a[1])],
                              scene.draw.choice(_WALLS))  # fmt: skip


def _door(scene: _Scene, side: int, depth: float) -> None:
    x, y = scene.across(depth, side * 1.02)
    wide, high = 46 * (1 - depth * 0.8), 130 * (1 - depth * 0.8)
    colour = scene.draw.choice(("#5b4632", "#3f5561", "#6b2f2a", "#4d5a3c"))
    scene.pen.rectangle([x - wide / 2, y - high, x + wide / 2, y], colour)


def _lane(scene: _Scene, stage: str) -> None:
    corners = [scene.across(0, -1), scene.across(1, -1), scene.across(1, 1), scene.across(0, 1)]
    scene.pen.polygon(corners, _GROUND[stage])


def _spots(scene: _Scene, count: int, colours: Sequence[Colour], size: int) -> None:
    for _number in range(count):
        depth, side = scene.draw.random() ** 1.5, scene.draw.uniform(-0.9, 0.9)
        x, y = scene.across(depth, side)
        wide = size * (1 - depth * 0.8) * scene.draw.uniform(0.4, 1.2)
        scene.pen.ellipse([x - wide, y - wide / 4, x + wide, y + wide / 4], scene.draw.choice(colours))


def _before(scene: _Scene) -> None:
    """Puddles, holes, a heap of rubbish at the wall."""
    _spots(scene, 60, ("#6b5a44", "#8a775c", "#71614b"), 40)
    _spots(scene, 9, ("#9fb0b5", "#8b9a9c"), 110)
    for _number in range(40):
        x, y = scene.across(scene.draw.uniform(0.18, 0.3), scene.draw.uniform(0.62, 0.95))
        size = scene.draw.randint(10, 34)
        colour = scene.draw.choice(("#3b3f44", "#c9cdd0", "#4f6b8a", "#8a4b3c", "#6f7d4c"))
        scene.pen.polygon([(x, y - size * 2), (x + size, y), (x - size, y + size / 3)], colour)


def _during(scene: _Scene) -> None:
    """Half of the concrete is laid; sand, bricks and a barrow wait."""
    half = [scene.across(0.35, -1), scene.across(1, -1), scene.across(1, 1), scene.across(0.35, 1)]
    scene.pen.polygon(half, "#b4b2aa")
    _spots(scene, 40, ("#8d7c63", "#a39378"), 36)
    x, y = scene.across(0.2, -0.6)
    scene.pen.polygon([(x - 150, y), (x, y - 130), (x + 160, y)], "#cdb27a")
    for row in range(5):
        for column in range(7):
            left, top = scene.across(0.24, 0.45)
            left, top = left + column * 30 + row % 2 * 12, top - row * 17
            scene.pen.rectangle([left, top - 15, left + 27, top], "#a4492f", "#7d3825")


def _after(scene: _Scene) -> None:
    """Even concrete with a covered drain, lamps, beds of flowers along the walls."""
    for depth in (0.12, 0.27, 0.4, 0.52, 0.63, 0.73, 0.82):
        scene.pen.line([scene.across(depth, -1), scene.across(depth, 1)], "#a3a29b", 3)
    drain = [scene.across(0, 0.82), scene.across(1, 0.82), scene.across(1, 0.95), scene.across(0, 0.95)]
    scene.pen.polygon(drain, "#8f8f8a")
    for depth in (0.85, 0.6, 0.3):
        x, y = scene.across(depth, -0.97)
        high = 420 * (1 - depth * 0.8)
        scene.pen.line([(x, y), (x, y - high), (x + high / 6, y - high)], "#39424a", 6)
        scene.pen.ellipse([x + high / 6 - 9, y - high - 6, x + high / 6 + 9, y - high + 12], "#fff3b8")
    for _number in range(420):
        x, y = scene.across(scene.draw.random() ** 1.4, -0.93 + scene.draw.uniform(-0.05, 0.05))
        size = scene.draw.randint(3, 9)
        colour = scene.draw.choice((*_FLOWERS, "#3f7d3a", "#57964a", "#2f6b34"))
        scene.pen.ellipse([x - size, y - 2.4 * size, x + size, y - size], colour)


_WORK = {"before": _before, "during": _during, "after": _after}
