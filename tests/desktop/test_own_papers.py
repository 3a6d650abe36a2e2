"""Templates of papers in the settings: saved, changed, used, taken back."""

from __future__ import annotations

from pathlib import Path

from desktop.screens.own_papers import TemplatesCard
from desktop.screens.papers import PapersScreen
from desktop.screens.setup import SetupScreen
from forms.paper_kinds import kind
from tests.desktop.conftest import Desk

REPORT = kind("result_report")


def _card(desk: Desk) -> TemplatesCard:
    screen = desk.go("setup")
    assert isinstance(screen, SetupScreen)
    return screen.templates


def _papers(desk: Desk) -> PapersScreen:
    screen = desk.go("papers")
    assert isinstance(screen, PapersScreen)
    return screen


def test_a_changed_template_is_used_and_ctrl_z_takes_it_back(desk: Desk, tmp_path: Path) -> None:
    card = _card(desk)
    card.save(REPORT, tmp_path / "mau")
    desk.until(lambda: (tmp_path / "mau" / "template.txt").exists())
    card.use(REPORT, tmp_path / "mau")
    desk.until(lambda: card.own() == {"result_report"})
    assert desk.app.office is not None
    desk.app.office.services.saving.undo()
    desk.until(lambda: _card(desk).own() == frozenset())


def test_the_sections_of_an_own_template_are_those_to_be_written(desk: Desk, tmp_path: Path) -> None:
    assert "proud" not in _papers(desk).texts.form.boxes
    card = _card(desk)
    card.save(REPORT, tmp_path)
    desk.until(lambda: (tmp_path / "template.txt").exists())
    with (tmp_path / "paper.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sections]]\nid = "proud"\ntitle = "Điều tâm đắc"\n')
    card.use(REPORT, tmp_path)
    desk.until(lambda: card.own() == {"result_report"})
    assert "proud" in _papers(desk).texts.form.boxes


def test_the_shipped_template_comes_back(desk: Desk, tmp_path: Path) -> None:
    card = _card(desk)
    card.save(REPORT, tmp_path)
    desk.until(lambda: (tmp_path / "template.txt").exists())
    card.use(REPORT, tmp_path)
    desk.until(lambda: card.own() == {"result_report"})
    card.use_shipped(REPORT)
    desk.until(lambda: card.own() == frozenset())


def test_a_template_that_cannot_be_used_is_told_with_its_line(desk: Desk, tmp_path: Path) -> None:
    card = _card(desk)
    card.save(REPORT, tmp_path)
    desk.until(lambda: (tmp_path / "template.txt").exists())
    with (tmp_path / "template.txt").open("a", encoding="utf-8") as file:
        file.write("\n{{ khong_co }}\n")
    card.use(REPORT, tmp_path)
    desk.until(lambda: "khong_co" in desk.said())
    assert card.own() == frozenset()
