"""Catalogues are made of the program's texts and of translations, the same for whoever makes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from installer import catalogues


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one file that says three things."""
    (tmp_path / "db").mkdir()
    said = '_("Saved.")\nN_("Unit")\nngettext("{n} model", "{n} models", n)\n_(name)\n'
    (tmp_path / "db" / "store.py").write_text(said, encoding="utf-8")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    return tmp_path


def translations(project: Path, name: str, said: dict[str, str]) -> str:
    """A file of translations."""
    file = project / name
    file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return str(file)


@pytest.mark.usefixtures("project")
def test_every_marked_text_is_found() -> None:
    assert catalogues.texts() == {"Saved.", "Unit", ("{n} model", "{n} models")}


def test_translations_land_in_the_vietnamese_catalogue(project: Path) -> None:
    said = {"Saved.": "Đã lưu.", "{n} model|{n} models": "{n} mô hình"}
    catalogues.main([translations(project, "a.json", said)])
    assert catalogues.known("vi") == {"Saved.": "Đã lưu.", ("{n} model", "{n} models"): "{n} mô hình"}


@pytest.mark.usefixtures("project")
def test_english_says_the_source_text() -> None:
    catalogues.main([])
    assert catalogues.known("en") == {
        "Saved.": "Saved.", "Unit": "Unit", ("{n} model", "{n} models"): "{n} models",
    }


def test_what_was_translated_before_is_kept(project: Path) -> None:
    catalogues.main([translations(project, "a.json", {"Saved.": "Đã lưu."})])
    catalogues.main([translations(project, "b.json", {"Unit": "Đơn vị"})])
    assert catalogues.known("vi") == {"Saved.": "Đã lưu.", "Unit": "Đơn vị"}


def test_what_the_program_no_longer_says_goes(project: Path) -> None:
    catalogues.main([translations(project, "a.json", {"Saved.": "Đã lưu.", "Unit": "Đơn vị"})])
    (project / "db" / "store.py").write_text('_("Unit")\n', encoding="utf-8")
    catalogues.main([])
    assert catalogues.known("vi") == {"Unit": "Đơn vị"}


def test_making_them_again_changes_nothing(project: Path) -> None:
    catalogues.main([translations(project, "a.json", {"Saved.": "Đã lưu."})])
    before = catalogues.catalogue_file("vi").read_bytes()
    catalogues.main([])
    assert catalogues.catalogue_file("vi").read_bytes() == before


def test_two_files_that_disagree_are_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogues.main([
        translations(project, "a.json", {"Saved.": "Đã lưu."}),
        translations(project, "b.json", {"Saved.": "Đã ghi."}),
    ])
    assert "b.json says otherwise: 'Saved.'" in capsys.readouterr().out
    assert catalogues.known("vi")["Saved."] == "Đã ghi."


def test_what_is_not_translated_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogues.main([translations(project, "a.json", {"Saved.": "Đã lưu."})])
    assert "3 texts, 2 not translated" in capsys.readouterr().out


@pytest.mark.parametrize(("text", "names"), [
    ("{name} was saved.", {"name"}), ("{a:>3} of {b!r}", {"a", "b"}), ("nothing", set()),
])
def test_placeholders_are_the_names_in_braces(text: str, names: set[str]) -> None:
    assert catalogues.placeholders(text) == names
