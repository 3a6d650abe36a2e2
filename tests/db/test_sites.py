"""What a PC remembers of the books it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.sites import SiteMark, SiteRegister, new_site, state_folder

MARK = SiteMark("abc", 7, "00ff")


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    SiteRegister(tmp_path).write("book", tmp_path / "a", MARK)
    assert SiteRegister(tmp_path).read("book", tmp_path / "a") == MARK


def test_the_same_book_elsewhere_has_no_mark(tmp_path: Path) -> None:
    SiteRegister(tmp_path).write("book", tmp_path / "a", MARK)
    assert SiteRegister(tmp_path).read("book", tmp_path / "b") is None


def test_another_book_in_the_same_place_has_no_mark(tmp_path: Path) -> None:
    SiteRegister(tmp_path).write("book", tmp_path / "a", MARK)
    assert SiteRegister(tmp_path).read("other", tmp_path / "a") is None


def test_one_place_by_two_ways_is_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    SiteRegister(tmp_path).write("book", tmp_path / "a", MARK)
    assert SiteRegister(tmp_path).read("book", tmp_path / "folder" / ".." / "a") == MARK


@pytest.mark.parametrize("content", ["", "{", "{}", '{"path": 1, "mark": {}}', '{"path": "/x"}'])
def test_a_broken_mark_is_no_mark(tmp_path: Path, content: str) -> None:
    SiteRegister(tmp_path).write("book", tmp_path / "a", MARK)
    (file,) = (tmp_path / "sites").iterdir()
    file.write_text(content)
    assert SiteRegister(tmp_path).read("book", tmp_path / "a") is None


def test_a_memory_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    SiteRegister(tmp_path / "state").write("book", tmp_path / "a", MARK)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    register = SiteRegister(tmp_path)
    register.write("book", tmp_path / "a", MARK)
    (file,) = (tmp_path / "sites").iterdir()
    file.unlink()
    file.mkdir()
    register.write("book", tmp_path / "a", MARK)
    assert list((tmp_path / "sites").iterdir()) == [file]


def test_every_site_is_another() -> None:
    assert len({new_site() for _ in range(1000)}) == 1000


def test_the_memory_is_outside_the_books(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DANVAN_STATE")
    assert state_folder().name == "danvan"
