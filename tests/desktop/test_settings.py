"""What is remembered between two starts, and that a broken file never keeps the program from starting."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import RECENT_KEPT, Settings, SettingsFile


@given(st.lists(st.text(min_size=1, max_size=20), max_size=20))
def test_recent_books_are_few_each_once_the_last_first(names: list[str]) -> None:
    settings = Settings()
    for name in names:
        settings = settings.with_recent(Path(name))
    assert len(settings.recent) == len(set(settings.recent)) <= RECENT_KEPT
    if names:
        assert settings.recent[0] == str(Path(names[-1]))


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.json"
    SettingsFile(file).change(language="en", scale=150, recent=("/sổ/một.danvan",))
    assert SettingsFile(file).now == Settings(language="en", scale=150, recent=("/sổ/một.danvan",))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"scale": "to"}', '{"recent": 5, "unknown": 1}', "\x00"])
def test_a_broken_file_means_the_usual_settings(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content, encoding="utf-8")
    assert SettingsFile(file).now == Settings()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    settings = SettingsFile(blocked / "settings.json")
    settings.change(scale=130)
    assert settings.now.scale == 130
