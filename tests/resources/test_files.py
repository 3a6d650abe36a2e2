"""The shipped files: fonts with every Vietnamese letter, icons of any colour, licences beside them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PIL import ImageFont

import resources
from tests.support.source import place, python_files, tree

_BASE = "ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýĩũÀÁÃÈÉÌÍÒÓÕÙÚÝĨŨ–…“”₫"
VIETNAMESE = _BASE + "".join(map(chr, range(0x1EA0, 0x1EFA)))
FONTS = sorted(resources.path("fonts").glob("*.[ot]tf"))
ICONS = sorted(resources.path("icons").glob("*.svg"))


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_a_font_has_every_vietnamese_letter(file: Path) -> None:
    font = ImageFont.truetype(file, 24)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    drawn = {letter: font.getmask(letter) for letter in VIETNAMESE}
    assert [letter for letter, mask in drawn.items() if (mask.getbbox(), bytes(mask)) == missing] == []


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_an_icon_takes_the_colour_it_is_given(file: Path) -> None:
    assert 'stroke="currentColor"' in file.read_text(encoding="utf-8")


def test_every_icon_that_the_window_draws_is_shipped() -> None:
    shipped = {file.stem for file in ICONS}
    drawn = [
        (place(file, node), node.args[0].value)
        for file in python_files("desktop") for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("icon", "pixmap")
        and node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert drawn
    assert [each for each in drawn if each[1] not in shipped] == []


@pytest.mark.parametrize("name", [
    "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf", "Inter-Regular.otf", "Inter-SemiBold.otf",
])
def test_the_fonts_of_papers_and_window_are_shipped(name: str) -> None:
    assert resources.path("fonts", name) in FONTS


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_others_made_comes_with_their_licence(folder: str) -> None:
    assert list(resources.path(folder).glob("LICENSE*"))
