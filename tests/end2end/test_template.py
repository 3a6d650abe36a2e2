"""`danvan template`: out, changed, in force, and back."""

from __future__ import annotations

from pathlib import Path

from tests.end2end.conftest import Shell

KIND = "result_report"


def _printed(shell: Shell, book: Path, folder: Path) -> str:
    paper = shell.on(book, "paper", KIND, "--period", "2025", "--out", folder / "bc.pdf")
    assert paper.code == 0, paper.err
    return str(shell.on(book, "template", KIND).data["title"])


def test_an_office_changes_a_template_and_goes_back(shell: Shell, empty: Path, tmp_path: Path) -> None:
    saved = shell.on(empty, "template", KIND, "--save", tmp_path / "mau").data
    assert [Path(file).name for file in saved["files"]] == ["paper.toml", "template.txt"]
    description = tmp_path / "mau" / "paper.toml"
    changed = description.read_text("utf-8").replace("Báo cáo kết quả", "Bản kết quả", 1)
    description.write_text(changed, "utf-8")
    used = shell.on(empty, "template", KIND, "--use", tmp_path / "mau").data
    assert used["own"] and used["batch"] and used["title"].startswith("Bản kết quả")
    assert _printed(shell, empty, tmp_path).startswith("Bản kết quả")
    assert shell.on(empty, "template", KIND, "--shipped").data["own"] is False


def test_a_template_that_cannot_be_used_is_told_with_its_line(
    shell: Shell, empty: Path, tmp_path: Path
) -> None:
    shell.on(empty, "template", KIND, "--save", tmp_path)
    with (tmp_path / "template.txt").open("a", encoding="utf-8") as file:
        file.write("\n{{ khong_co }}\n")
    refused = shell.on(empty, "template", KIND, "--use", tmp_path)
    assert (refused.code, "khong_co" in refused.err, "Traceback" in refused.err) == (2, True, False)


def test_a_file_that_is_there_is_not_written_over(shell: Shell, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "template.txt").write_text("của tôi", "utf-8")
    refused = shell.on(empty, "template", KIND, "--save", tmp_path)
    assert refused.code == 2
    assert (tmp_path / "template.txt").read_text("utf-8") == "của tôi"
    assert not (tmp_path / "paper.toml").exists()
