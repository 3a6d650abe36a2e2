"""Every byte of a book that is flipped is found: by the check, or because the book does not open at all.

``DANVAN_EVERY_BYTE=1`` opens and checks the book anew for each of its bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from mmap import mmap

import pytest

from db.check import check
from db.engine import connect
from db.errors import BookDamagedError
from tests.support.books import Template, make_template, own_state

PAGE, SALT = 4096, 16
STEP = 1 if os.environ.get("DANVAN_EVERY_BYTE") else 4099


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


def test_a_flipped_byte_is_found_when_the_book_is_opened_and_checked(template: Template, raw: mmap) -> None:
    missed: list[int] = []
    for place in [*range(SALT), *range(SALT, len(raw), STEP)]:
        _flip(raw, slice(place, place + 1))
        if not _found(template):
            missed.append(place)
        _flip(raw, slice(place, place + 1))
    assert missed == []


def test_a_book_that_is_whole_is_not_called_damaged(template: Template) -> None:
    assert not _found(template)
