"""The coverage gate: files where a wrong branch loses data on their own, other folders together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.coverage_gate import main


def report(tmp_path: Path, **files: tuple[int, int]) -> list[str]:
    """A report of coverage: branches taken and branches there of each file; ``__`` stands for a slash."""
    facts = {
        f"{name.replace('__', '/')}.py": {"summary": {"covered_branches": taken, "num_branches": branches}}
        for name, (taken, branches) in files.items()
    }
    file = tmp_path / "coverage.json"
    file.write_text(json.dumps({"files": facts}), encoding="utf-8")
    return [str(file)]


def test_a_strict_file_is_judged_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(report(tmp_path, db__journal=(94, 100), db__engine=(100, 100))) == 1
    assert "TOO LOW" in next(line for line in capsys.readouterr().out.splitlines() if "db/journal.py" in line)


def test_a_folder_is_judged_together(tmp_path: Path) -> None:
    assert main(report(tmp_path, db__engine=(7, 10), db__keys=(9, 10))) == 0


def test_a_folder_below_is_another_folder(tmp_path: Path) -> None:
    assert main(report(tmp_path, forms__layout__pdf=(0, 10), forms__tree=(100, 100))) == 1


def test_the_files_of_a_pattern_are_judged_together(tmp_path: Path) -> None:
    assert main(report(tmp_path, db__figures__small=(0, 2), db__figures__large=(98, 98))) == 0


@pytest.mark.parametrize("taken", [95, 100])
def test_what_reaches_its_share_passes(tmp_path: Path, taken: int) -> None:
    assert main(report(tmp_path, db__figures__count=(taken, 100))) == 0


def test_a_file_without_branches_passes(tmp_path: Path) -> None:
    assert main(report(tmp_path, db__store=(0, 0))) == 0
