"""Every byte of a book that is flipped is found: by the check, or because the book does not open at all.

``DANVAN_EVERY_BYTE=1`` opens and checks the book anew for each of its bytes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from mmap import mmap

import pytest

from db.check import check
from db.engine import connect
from db.errors import BookDamagedError
from tests.faults.conftest import Note
from tests.faults.tally import Tally
from tests.support.books import Template, make_template, own_state

PAGE, SALT = 4096, 16
EVERY = bool(os.environ.get("DANVAN_EVERY_BYTE"))
STEP = 1 if EVERY else 4099
PARTS = 32 if EVERY else 1
"""So many that several processes share the work."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A book of more than 200 KB."""
    folder = tmp_path_factory.mktemp("flips")
    with own_state(folder / "state"):
        made = make_template(folder)
    assert made.path.stat().st_size > 200_000
    return made


@pytest.fixture
def raw(template: Template) -> Iterator[mmap]:
    """The bytes of the book in their file."""
    with template.path.open("r+b") as file, mmap(file.fileno(), 0) as held:
        yield held


def _flip(raw: mmap, places: slice) -> None:
    raw[places] = bytes(byte ^ 1 << places.start % 8 for byte in raw[places])


def test_every_flipped_byte_of_every_page_is_found_by_the_check(template: Template, raw: mmap) -> None:
    """The same byte of all pages at once: each page is named by itself."""
    missed: list[int] = []
    connection = connect(template.path, template.key, writable=False)
    for byte in range(PAGE):
        pages = slice(byte, None, PAGE)
        _flip(raw, pages)
        found = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
        _flip(raw, pages)
        missed += [byte] * (len(raw) // PAGE - found)
    connection.close()
    assert missed == list(range(SALT))  # of the first page; without it no page can be read, see below


def _found(template: Template) -> bool:
    try:
        with template.open(template.path, writable=False) as book:
            return any(one.grave for one in check(book))
    except BookDamagedError:
        return True


def _places(size: int, part: int, parts: int = PARTS, step: int = STEP) -> list[int]:
    """Of every place of the salt and every ``step``-th of the rest, those of one part."""
    return [*range(SALT), *range(SALT, size, step)][part::parts]


@pytest.mark.parametrize("part", range(PARTS))
def test_a_flipped_byte_is_found_when_the_book_is_opened_and_checked(
    template: Template, raw: mmap, note: Note, part: int
) -> None:
    began, missed = time.perf_counter(), list[int]()
    places = _places(len(raw), part)
    for place in places:
        _flip(raw, slice(place, place + 1))
        if not _found(template):
            missed.append(place)
        _flip(raw, slice(place, place + 1))
    seconds = time.perf_counter() - began
    note(Tally("", "bytes flipped, the book opened and checked", len(places), seconds, len(missed)))
    assert missed == []


def test_together_the_parts_are_every_byte() -> None:
    tried = [place for part in range(3) for place in _places(10_000, part, parts=3, step=1)]
    assert sorted(tried) == list(range(10_000))


def test_a_book_that_is_whole_is_not_called_damaged(template: Template) -> None:
    assert not _found(template)
