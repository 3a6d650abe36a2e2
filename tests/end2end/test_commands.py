"""The commands of interfaces §1: their answers, exit codes and manners."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.cli import main
from tests.end2end.conftest import DATA, Ran, Shell
from tests.support.workbooks import save

Row = Sequence[str | int]
MODEL: Row = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]
ROAD: Row = ["MH01", "Con đường mơ ước", 2024, "Kinh tế", "Tập thể"]


def _book_with_road(shell: Shell, book: Path, tmp_path: Path) -> Ran:
    file = save(tmp_path / "x.xlsx", {"Mô hình": [MODEL, ROAD]})
    return shell.on(book, "import", file)


def test_new_names_the_book_and_its_recovery_sheet(shell: Shell, tmp_path: Path) -> None:
    unit = ["--unit-code", "P1", "--unit-name", "Phường Một", "--unit-kind", "ward"]
    ran = shell.run("new", tmp_path / "a.danvan", *unit, "--password-env", "P", "--json")
    assert ran.code == 0
    assert Path(ran.data["recovery_sheet"]).read_bytes().startswith(b"%PDF")
    assert Path(ran.data["book"]).exists()


def test_new_refuses_to_write_over_a_file(shell: Shell, empty: Path) -> None:
    unit = ["--unit-code", "P1", "--unit-name", "Phường Một", "--unit-kind", "ward"]
    before = empty.read_bytes()
    ran = shell.run("new", empty, *unit, "--password-env", "P", "--json")
    assert (ran.code, ran.out, empty.read_bytes()) == (2, "", before)


def test_demo_tells_everything_that_is_needed_to_sign_and_verify(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run("demo", tmp_path / "d.danvan", "--models", "3", "--json")
    assert set(ran.data) == {"book", "password", "p12", "p12_password", "root", "crl"}
    assert all(Path(ran.data[name]).exists() for name in ("book", "p12", "root", "crl"))


def test_equal_seeds_give_equal_figures(shell: Shell, tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        book = tmp_path / name / "d.danvan"
        book.parent.mkdir()
        shell.run("demo", book, "--models", "6", "--seed", "7", "--password-env", "P")
        told.append(shell.on(book, "figures", "--period", "2024..2026").data)
    assert told[0] == told[1]


def test_import_lands_as_one_batch_that_undo_takes_back(shell: Shell, empty: Path, tmp_path: Path) -> None:
    landed = _book_with_road(shell, empty, tmp_path)
    assert (landed.code, landed.data["landed"], landed.data["refused"]) == (0, True, [])
    assert landed.data["accepted"] == {"model": 1, "registration": 1}
    undone = shell.on(empty, "undo", "--batch", landed.data["batch"])
    assert (undone.code, undone.data["undone"], undone.data["kept"]) == (0, 2, [])
    assert shell.on(empty, "search", "con duong").data == {"hits": []}


def test_the_same_file_twice_changes_nothing(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _book_with_road(shell, empty, tmp_path)
    again = _book_with_road(shell, empty, tmp_path)
    assert (again.data["accepted"], again.data["updated"]) == ({}, {})
    assert again.data["unchanged"] == {"model": 1, "registration": 1}


def test_a_file_lands_again_after_its_import_was_undone(shell: Shell, empty: Path, tmp_path: Path) -> None:
    first = _book_with_road(shell, empty, tmp_path)
    shell.on(empty, "undo", "--batch", first.data["batch"])
    assert _book_with_road(shell, empty, tmp_path).data["accepted"] == {"model": 1, "registration": 1}


def test_a_refused_row_lets_nothing_land(shell: Shell, empty: Path, tmp_path: Path) -> None:
    bad: Row = ["MH02", "Mô hình sai", 2024, "Kinh tế học", "Tập thể"]
    file = save(tmp_path / "x.xlsx", {"Mô hình": [MODEL, ROAD, bad]})
    ran = shell.on(empty, "import", file)
    assert (ran.code, ran.data["landed"]) == (1, False)
    refusal = ran.data["refused"][0]
    assert (refusal["sheet"], refusal["row"], refusal["column"], refusal["value"]) == (
        "Mô hình",
        3,
        "Lĩnh vực",
        "Kinh tế học",
    )
    assert shell.on(empty, "search", "con duong").data == {"hits": []}


def test_accept_good_lands_the_rest(shell: Shell, empty: Path, tmp_path: Path) -> None:
    bad: Row = ["MH02", "Mô hình sai", 2024, "Kinh tế học", "Tập thể"]
    file = save(tmp_path / "x.xlsx", {"Mô hình": [MODEL, ROAD, bad]})
    ran = shell.on(empty, "import", file, "--accept-good")
    assert (ran.code, ran.data["landed"], ran.data["accepted"]["model"]) == (1, True, 1)


def test_a_dry_run_writes_nothing(shell: Shell, empty: Path, tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", {"Mô hình": [MODEL, ROAD]})
    ran = shell.on(empty, "import", file, "--dry-run")
    assert (ran.code, ran.data["landed"], ran.data["accepted"]["model"]) == (0, False, 1)
    assert shell.on(empty, "search", "con duong").data == {"hits": []}


def test_search_finds_without_marks_and_says_where(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _book_with_road(shell, empty, tmp_path)
    hit = shell.on(empty, "search", "con duong").data["hits"][0]
    assert (hit["type"], hit["title"], hit["exact"]) == ("model", "Con đường mơ ước", False)
    assert shell.on(empty, "search", "con đường").data["hits"][0]["exact"] is True


def test_history_is_told_by_the_code_of_a_model(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _book_with_road(shell, empty, tmp_path)
    entries = shell.on(empty, "history", "MH01").data["history"]
    assert [entry["act"] for entry in entries] == ["import"]


def test_undo_with_nothing_typed_says_so(shell: Shell, empty: Path) -> None:
    ran = shell.on(empty, "undo")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


def test_redo_brings_an_undone_import_back(shell: Shell, empty: Path, tmp_path: Path) -> None:
    landed = _book_with_road(shell, empty, tmp_path)
    shell.on(empty, "undo", "--batch", landed.data["batch"])
    ran = shell.on(empty, "redo")
    assert (ran.code, ran.data["undone"]) == (0, 2)
    assert len(shell.on(empty, "search", "con duong").data["hits"]) == 1


def test_bin_and_conflicts_are_empty_in_a_new_book(shell: Shell, empty: Path) -> None:
    assert shell.on(empty, "bin").data == {"records": []}
    assert shell.on(empty, "conflicts").data == {"conflicts": []}


def test_check_finds_a_demo_book_whole(shell: Shell, demo: Path) -> None:
    ran = shell.on(demo, "check")
    assert (ran.code, ran.data["ok"]) == (0, True)


def test_backup_and_restore_give_the_same_figures(shell: Shell, demo: Path, tmp_path: Path) -> None:
    made = shell.on(demo, "backup", "--to", tmp_path / "copies")
    assert (made.code, made.data["ok"], made.data["problems"]) == (0, True, [])
    copy = tmp_path / "back.danvan"
    words = ["restore", made.data["file"], "--to", copy, "--password-env", "P", "--json"]
    assert shell.run(*words).code == 0
    asked = ("figures", "--period", "2024..2026")
    assert shell.on(copy, *asked).data == shell.on(demo, *asked).data


def test_check_says_no_to_a_book_with_a_flipped_byte(shell: Shell, demo: Path) -> None:
    content = bytearray(demo.read_bytes())
    content[len(content) // 2] ^= 1
    demo.write_bytes(content)
    ran = shell.on(demo, "check")
    assert (ran.code, ran.data["ok"]) == (1, False)


def test_papers_lists_the_result_report(shell: Shell) -> None:
    ran = shell.run("papers", "--json")
    assert "result_report" in {paper["id"] for paper in ran.data["papers"]}


def _report(shell: Shell, demo: Path, target: Path, *more: str) -> Ran:
    return shell.on(demo, "paper", "result_report", "--period", "2026", "--out", target, *more)


def test_a_signed_paper_is_valid_with_its_root_and_list(shell: Shell, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "bc.pdf"
    ran = _report(
        shell, demo, target, "--sign", str(demo.with_name("thu-nghiem.p12")), "--sign-password-env", "K"
    )
    assert (ran.code, ran.data["signed"], ran.data["kind"]) == (0, True, "result_report")
    trusted = ("--trust", demo.with_name("thu-nghiem-root.pem"), "--crl", demo.with_name("thu-nghiem.crl"))
    assert shell.run("verify", target, *trusted, "--json").data["verdict"] == "valid"
    assert shell.run("verify", target, "--json").data["verdict"] == "valid_with_remarks"


def test_an_unsigned_paper_can_be_signed_later(shell: Shell, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "bc.pdf"
    _report(shell, demo, target)
    assert shell.run("verify", target, "--json").code == 1
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    signed = shell.run("sign", target, *key, "--json")
    assert signed.code == 0
    assert shell.run("verify", signed.data["file"], "--json").data["verdict"] == "valid_with_remarks"


def test_a_changed_paper_is_not_valid(shell: Shell, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "bc.pdf"
    _report(shell, demo, target, "--sign", str(demo.with_name("thu-nghiem.p12")), "--sign-password-env", "K")
    target.write_bytes(target.read_bytes() + b"\n% more")
    ran = shell.run("verify", target, "--json")
    assert (ran.code, ran.data["verdict"]) == (1, "invalid")


def test_check_names_a_paper_whose_figures_changed(shell: Shell, demo: Path, tmp_path: Path) -> None:
    _report(shell, demo, tmp_path / "bc.pdf", "--number", "15")
    assert "paper_outdated" not in {p["code"] for p in shell.on(demo, "check").data["problems"]}
    more: Row = ["MH99", "Mô hình thêm", 2026, "Kinh tế", "Tập thể"]
    shell.on(demo, "import", save(tmp_path / "x.xlsx", {"Mô hình": [MODEL, more]}))
    assert "paper_outdated" in {p["code"] for p in shell.on(demo, "check").data["problems"]}


def test_a_file_that_cannot_be_read_as_pdf_is_wrong_input(shell: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "x.pdf"
    broken.write_bytes(b"no pdf")
    assert shell.run("verify", broken, "--json").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["check", "missing.danvan", "--password-env", "P"],
        ["figures", "missing.danvan", "--period", "2024", "--password-env", "P"],
        ["import", "missing.danvan", "missing.xlsx", "--password-env", "P"],
        ["verify", "missing.pdf"],
        ["nonsense"],
        ["figures"],
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_two(shell: Shell, words: list[str]) -> None:
    ran = shell.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("period", ["2024-13", "Q3", "2024..2009", "hôm qua"])
def test_an_unreadable_period_is_refused(shell: Shell, empty: Path, period: str) -> None:
    assert shell.on(empty, "figures", "--period", period).code == 2


def test_a_wrong_password_is_refused(shell: Shell, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("P", "khong-phai-mat-khau")
    ran = shell.on(empty, "figures", "--period", "2024")
    assert (ran.code, ran.out) == (2, "")


def test_messages_come_in_the_chosen_language(shell: Shell) -> None:
    words = ["check", "missing.danvan", "--password-env", "P"]
    assert "sổ" in shell.run(*words).err.lower()
    assert "book" in shell.run(*words, "--lang", "en").err.lower()


def test_an_empty_book_has_no_figures_and_says_so(shell: Shell, empty: Path) -> None:
    ran = shell.on(empty, "figures", "--period", "2024")
    assert (ran.code, ran.data["models"]["registered"]) == (0, None)
    assert "no_data" in {problem["code"] for problem in ran.data["problems"]}


def test_ba_dinh_two_years_side_by_side(shell: Shell, empty: Path) -> None:
    assert shell.on(empty, "import", DATA / "ba_dinh.xlsx").code == 0
    before = shell.on(empty, "figures", "--period", "2023").data
    now = shell.on(empty, "figures", "--period", "2024", "--cutoff", "2024-05-21").data
    assert before["models"]["registered"] == 882
    assert [(r["form"], r["value"]) for r in before["recognition"]] == [("outstanding", 256)]
    assert now["models"]["registered"] == 625
    assert now["models"]["by_subject"] == {"collective": 452, "individual": 173}
    assert set(now["models"]["by_level"].values()) == {None}


def test_bac_tu_liem_fifteen_years(shell: Shell, empty: Path) -> None:
    assert shell.on(empty, "import", DATA / "bac_tu_liem.xlsx").code == 0
    whole = shell.on(empty, "figures", "--period", "2009..2024").data
    year = shell.on(empty, "figures", "--period", "2024").data
    assert (whole["models"]["registered"], whole["period"]["data_from"]) == (6977, "2014-01-01")
    recognised = {(r["form"], r["recipient_type"], r["status"]): r["value"] for r in whole["recognition"]}
    assert recognised["recognised", "collective", "granted"] == 885
    assert recognised["recognised", "individual", "granted"] == 748
    assert recognised["certificate_of_merit_high", "collective", "proposed"] == 9
    assert year["models"]["registered"] == 549
    assert year["contributions"]["socialised_vnd"] == 7_000_000_000
    assert year["contributions"]["labour_days"] == 3000


def test_the_module_runs_the_same_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["danvan", "papers", "--json"])
    assert main() == 0


def test_redo_after_the_file_was_imported_again_is_refused(shell: Shell, empty: Path, tmp_path: Path) -> None:
    landed = _book_with_road(shell, empty, tmp_path)
    shell.on(empty, "undo", "--batch", landed.data["batch"])
    _book_with_road(shell, empty, tmp_path)
    assert shell.on(empty, "redo").code == 2
    assert len(shell.on(empty, "search", "con duong").data["hits"]) == 1


@pytest.mark.parametrize("words", [("history", "ZZZ"), ("history", "abc.1"), ("bin", "restore", "ZZZ")])
def test_an_unknown_record_is_wrong_input(shell: Shell, empty: Path, words: tuple[str, ...]) -> None:
    ran = shell.on(empty, *words)
    assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (2, "", 1)


def test_a_text_for_an_unknown_section_is_not_lost_in_silence(
    shell: Shell, demo: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "t.md"
    texts.write_text("# nosuch\nmất\n", "utf-8")
    ran = _report(shell, demo, tmp_path / "bc.pdf", "--texts", str(texts))
    assert (ran.code, (tmp_path / "bc.pdf").exists()) == (2, False)
    assert "nosuch" in ran.err


def test_the_clerks_texts_stand_in_the_paper(shell: Shell, demo: Path, tmp_path: Path) -> None:
    texts = tmp_path / "t.md"
    texts.write_text("# strengths\nNhiều hộ tự nguyện góp công.\n", "utf-8")
    target = tmp_path / "bc.pdf"
    assert _report(shell, demo, target, "--texts", str(texts)).code == 0
    words = subprocess.run(["pdftotext", target, "-"], capture_output=True, text=True, check=True).stdout
    assert "Nhiều hộ tự nguyện góp công." in words
