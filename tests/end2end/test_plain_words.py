"""What the commands say to a person: the same as the JSON, in sentences and in the words of the lists."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import Book
from desktop.commands.signatures import verdict_lines
from tests.end2end.conftest import DATA, PASSWORD, Ran, Shell
from tests.support.workbooks import Cell, Rows, save

HEAD: list[Cell] = ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"]
ROAD: list[Cell] = ["MH01", "Con đường mơ ước", 2024, "Kinh tế", "Tập thể"]
WRONG: list[Cell] = ["MH02", "Mô hình sai", 2024, "Kinh tế học", "Tập thể"]
WARD: Rows = [["Mã đơn vị", "Tên đơn vị", "Loại đơn vị"], ["P1", "Phường Một", "Phường"]]


def _say(shell: Shell, book: Path, command: str, *words: str | Path) -> Ran:
    return shell.run(command, book, *words, "--password-env", "P", "--lang", "en")


def _import(shell: Shell, book: Path, tmp_path: Path, rows: Rows, *words: str) -> Ran:
    return _say(shell, book, "import", save(tmp_path / "x.xlsx", {"Mô hình": rows}), *words)


def _change(book: Path, **values: str | int) -> str:
    """Change the road's record by hand; its id."""
    with Book.open(book, PASSWORD) as opened:
        (road,) = opened.find("model", {"code": "MH01"})
        with opened.writing("an") as write:
            write.change("model", road.id, dict(values))
    return road.id


def _remove(book: Path) -> str:
    """Delete the road's registration; its id."""
    with Book.open(book, PASSWORD) as opened:
        (registration,) = opened.find("registration")
        with opened.writing("an") as write:
            write.remove("registration", registration.id)
    return registration.id


# --- import ----------------------------------------------------------------------------------------------


def test_an_import_says_what_came_in_and_how_to_take_it_back(
    shell: Shell, empty: Path, tmp_path: Path
) -> None:
    ran = _import(shell, empty, tmp_path, [HEAD, ROAD])
    new, landed = ran.out.splitlines()
    assert (ran.code, ran.err, new) == (0, "", "new: model 1, registration 1")
    batch = landed.split()[-1]
    assert _say(shell, empty, "undo", "--batch", batch).out == "2 records were taken back.\n"


def test_an_import_of_the_same_says_that_nothing_changed(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    ran = _import(shell, empty, tmp_path, [HEAD, ROAD])
    assert "unchanged: model 1, registration 1" in ran.out
    assert "nothing was changed" in ran.out


def test_a_refused_row_is_told_with_its_place_its_value_and_the_reason(
    shell: Shell, empty: Path, tmp_path: Path
) -> None:
    ran = _import(shell, empty, tmp_path, [HEAD, ROAD, WRONG])
    assert ran.code == 1
    (refused,) = (line for line in ran.out.splitlines() if line.startswith("refused"))
    assert "Mô hình, row 3, Lĩnh vực, “Kinh tế học”: " in refused
    assert ran.out.splitlines()[-1] == "Nothing was taken into the book."


def test_a_refused_file_is_told_without_empty_places(shell: Shell, empty: Path, tmp_path: Path) -> None:
    ran = _say(shell, empty, "import", save(tmp_path / "x.xlsx", {"Khác": [["a"]]}))
    assert ran.code == 1
    assert "refused: the file: None of the sheets of this file is known." in ran.out


def test_a_dry_run_promises_nothing_about_the_book(shell: Shell, empty: Path, tmp_path: Path) -> None:
    ran = _import(shell, empty, tmp_path, [HEAD, ROAD], "--dry-run")
    assert (ran.code, ran.out) == (0, "new: model 1, registration 1\n")


def test_warnings_are_told_beside_the_result(shell: Shell, empty: Path, tmp_path: Path) -> None:
    ran = _import(shell, empty, tmp_path, [[*HEAD, "Cột lạ"], [*ROAD, "x"]])
    assert (ran.code, "Cột lạ" in ran.err, "Cột lạ" in ran.out) == (0, True, False)


# --- figures ---------------------------------------------------------------------------------------------


def test_figures_are_told_in_the_words_of_the_lists(shell: Shell, empty: Path) -> None:
    _say(shell, empty, "import", DATA / "ba_dinh.xlsx")
    ran = shell.run("figures", empty, "--period", "2024", "--cutoff", "2024-05-21", "--password-env", "P")
    lines = [line.strip() for line in ran.out.splitlines()]
    assert lines[0] == "năm 2024 (2024-01-01 – 2024-12-31)"
    assert {"Tập thể: 452", "Cá nhân: 173"} <= set(lines)
    before = shell.run("figures", empty, "--period", "2023", "--password-env", "P").out
    assert "Được tặng, Tiêu biểu, Mô hình: 256" in before


def test_what_is_not_stated_is_no_zero(shell: Shell, empty: Path) -> None:
    ran = _say(shell, empty, "figures", "--period", "2024")
    assert "Models registered: not stated" in ran.out
    assert ran.out.splitlines()[-1].startswith("! ")


def test_figures_by_unit_name_the_units(shell: Shell, empty: Path) -> None:
    model: Rows = [[*HEAD, "Mã đơn vị"], [*ROAD, "P1"]]
    file = save(empty.with_name("u.xlsx"), {"Đơn vị": WARD, "Mô hình": model})
    _say(shell, empty, "import", file)
    ran = _say(shell, empty, "figures", "--period", "2024", "--by-unit")
    assert "    Phường Một: 1" in ran.out.splitlines()
    told = shell.on(empty, "figures", "--period", "2024", "--by-unit").data["by_unit"]
    assert {(row["unit"], row["name"]) for row in told} >= {("P1", "Phường Một")}


def test_figures_of_one_unit_are_its_own(shell: Shell, empty: Path) -> None:
    file = save(empty.with_name("u.xlsx"), {"Đơn vị": WARD, "Mô hình": [HEAD, ROAD]})
    _say(shell, empty, "import", file)
    asked = ("figures", "--period", "2024")
    assert shell.on(empty, *asked).data["models"]["registered"] == 1
    told = shell.on(empty, *asked, "--unit", "P1").data
    assert (told["unit"], told["models"]["registered"]) == ("P1", None)
    assert shell.on(empty, *asked, "--unit", "NONE").code == 2


# --- the journal -----------------------------------------------------------------------------------------


def test_history_tells_each_change_as_the_window_does(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    _change(empty, started_on="2026-02-05", households=1200)
    lines = _say(shell, empty, "history", "MH01").out.splitlines()
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d  \S+  Edited", lines[0])
    assert lines[1:3] == ["    Started on: – → 05/02/2026", "    Households: – → 1.200"]
    assert "    Model name: – → Con đường mơ ước" in lines


def test_undo_keeps_and_names_what_was_changed_since(shell: Shell, empty: Path, tmp_path: Path) -> None:
    batch = _import(shell, empty, tmp_path, [HEAD, ROAD]).out.split()[-1]
    _change(empty, title="Con đường hoa")
    ran = _say(shell, empty, "undo", "--batch", batch)
    assert ran.code == 0
    assert any(line.startswith("– Con đường hoa: ") for line in ran.out.splitlines())
    assert shell.on(empty, "search", "con duong hoa").data["hits"][0]["title"] == "Con đường hoa"


def test_undo_of_everything_names_what_had_been_changed_and_does_not_claim_to_keep_it(
    shell: Shell, empty: Path, tmp_path: Path
) -> None:
    batch = _import(shell, empty, tmp_path, [HEAD, ROAD]).out.split()[-1]
    _change(empty, title="Con đường hoa")
    ran = _say(shell, empty, "undo", "--batch", batch, "--all")
    assert ran.out.splitlines() == [
        "2 records were taken back.", "– Con đường hoa: changed since, taken back all the same",
    ]  # fmt: skip
    assert shell.on(empty, "search", "con duong hoa").data == {"hits": []}


def test_redo_says_how_many_came_back(shell: Shell, empty: Path, tmp_path: Path) -> None:
    batch = _import(shell, empty, tmp_path, [HEAD, ROAD]).out.split()[-1]
    _say(shell, empty, "undo", "--batch", batch)
    assert _say(shell, empty, "redo").out.startswith("Done again; records changed by it: 2.")


def test_undo_without_a_batch_never_takes_an_import(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    assert _say(shell, empty, "undo").code == 2
    assert len(shell.on(empty, "search", "con duong").data["hits"]) == 1


def test_what_lies_in_the_bin_is_listed_and_comes_back(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    record = _remove(empty)
    assert _say(shell, empty, "bin").out.startswith(f"{record}  Registration")
    told = shell.on(empty, "bin").data["records"]
    assert [(one["type"], one["id"]) for one in told] == [("registration", record)]
    assert _say(shell, empty, "bin", "restore", record).out == "1 record came back.\n"
    assert _say(shell, empty, "bin").out == "The bin is empty.\n"


def test_only_what_lies_in_the_bin_can_be_restored(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    (record,) = (hit["id"] for hit in shell.on(empty, "search", "con duong").data["hits"])
    for wanted in (record, "abc.1"):
        ran = _say(shell, empty, "bin", "restore", wanted)
        assert (ran.code, ran.out) == (2, "")
        assert wanted in ran.err


def test_a_restore_names_its_record(shell: Shell, empty: Path) -> None:
    assert _say(shell, empty, "bin", "restore").code == 2


def test_search_says_in_words_what_it_found_and_where(shell: Shell, empty: Path, tmp_path: Path) -> None:
    _import(shell, empty, tmp_path, [HEAD, ROAD])
    assert _say(shell, empty, "search", "con duong").out == "Model: Con đường mơ ước – MH01\n"
    assert _say(shell, empty, "search", "không có").out == "Nothing was found.\n"


def test_search_gives_no_more_than_was_asked(shell: Shell, demo: Path) -> None:
    assert len(shell.on(demo, "search", "ba", "--limit", "2").data["hits"]) == 2


def test_a_book_without_conflicts_says_so(shell: Shell, empty: Path) -> None:
    assert _say(shell, empty, "conflicts").out == "There are no conflicts.\n"


def test_a_conflict_is_told_with_both_sides(shell: Shell, empty: Path) -> None:
    with Book.open(empty, PASSWORD) as opened, opened.writing("an") as write:
        for title in ("của An", "của Bình"):
            write.add("model", {"code": "MH07", "title": title})
    (line,) = _say(shell, empty, "conflicts").out.splitlines()
    assert "code: " in line
    assert "của An (an, " in line
    assert "của Bình (an, " in line
    (told,) = shell.on(empty, "conflicts").data["conflicts"]
    assert (told["kind"], told["type"], len(told["sides"])) == ("same_key", "model", 2)


# --- the book itself and papers --------------------------------------------------------------------------


def test_new_says_where_the_book_and_its_sheet_are(shell: Shell, tmp_path: Path) -> None:
    unit = ["--unit-code", "P1", "--unit-name", "Phường Một", "--unit-kind", "ward"]
    ran = shell.run("new", tmp_path / "a.danvan", *unit, "--password-env", "P", "--lang", "en")
    book, sheet = ran.out.splitlines()
    assert book == f"The book is {tmp_path / 'a.danvan'}."
    assert ".pdf" in sheet


def test_check_backup_and_restore_end_with_a_good_word(shell: Shell, empty: Path, tmp_path: Path) -> None:
    assert _say(shell, empty, "check").out == "The book is whole.\n"
    made = _say(shell, empty, "backup", "--to", tmp_path / "copies").out
    assert made.endswith("was opened and checked.\n")
    (copy,) = (file for file in (tmp_path / "copies").iterdir() if file.suffix == ".danvan")
    target = tmp_path / "b.danvan"
    restored = shell.run("restore", copy, "--to", target, "--password-env", "P", "--lang", "en")
    assert restored.out == f"The book was restored to {target}.\n"


def test_check_names_the_damage_and_says_no(shell: Shell, demo: Path) -> None:
    content = bytearray(demo.read_bytes())
    content[len(content) // 2] ^= 1
    demo.write_bytes(content)
    ran = _say(shell, demo, "check")
    assert ran.code == 1
    assert "The book is whole." not in ran.out
    assert ran.out.strip()


def test_papers_are_listed_with_their_titles(shell: Shell) -> None:
    assert any(line.startswith("result_report: ") for line in shell.run("papers").out.splitlines())
    assert {paper["for"] for paper in shell.run("papers", "--json").data["papers"]} >= {"office"}


def test_a_signed_paper_is_told_with_its_problems_and_its_verdict(
    shell: Shell, demo: Path, tmp_path: Path
) -> None:
    target = tmp_path / "bc.pdf"
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    ran = _say(shell, demo, "paper", "result_report", "--period", "2030", "--out", target, *key)
    lines = ran.out.splitlines()
    assert f"The paper is {target}." in lines
    assert "Verdict: valid, with remarks" in lines
    assert any(line.startswith("! ") for line in lines)
    told = shell.run("verify", target, "--lang", "en")
    assert (told.code, told.out.splitlines()[0]) == (0, "Verdict: valid, with remarks")


def test_the_signed_file_is_told_and_stands_where_it_was_asked_for(
    shell: Shell, demo: Path, tmp_path: Path
) -> None:
    paper, signed = tmp_path / "bc.pdf", tmp_path / "ky.pdf"
    assert _say(shell, demo, "paper", "result_report", "--period", "2026", "--out", paper).code == 0
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    ran = shell.run("sign", paper, *key, "--out", signed, "--lang", "en")
    assert (ran.out, signed.exists()) == (f"The signed paper is {signed}.\n", True)
    unsigned = shell.run("verify", paper, "--lang", "en")
    assert (unsigned.code, unsigned.out) == (1, "Verdict: not signed\n")


@pytest.mark.parametrize("password", ["sai-mat-khau", ""])
def test_a_key_that_does_not_open_signs_nothing(
    shell: Shell, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("K", password)
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    target = tmp_path / "bc.pdf"
    ran = _say(shell, demo, "paper", "result_report", "--period", "2026", "--out", target, *key)
    assert (ran.code, ran.out, target.exists()) == (2, "", False)


def test_a_demo_tells_its_password_and_its_files(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run("demo", tmp_path / "d.danvan", "--models", "1", "--years", "2025")
    told = dict(line.split(": ", 1) for line in ran.out.splitlines())
    assert set(told) == {"book", "password", "p12", "p12_password", "root", "crl"}


def test_a_verdict_says_the_moment_as_the_clock_showed_it_and_no_empty_signer() -> None:
    read = {"signer": "Lê Thị Na", "organisation": "UBND phường", "signed_at": "2026-11-22T19:33:47+00:00"}
    unreadable = {"signer": "", "organisation": "", "signed_at": None}
    lines = list(
        verdict_lines(
            {
                "verdict": "invalid",
                "signatures": [{**read, "reasons": []}, {**unreadable, "reasons": ["removed"]}],
            }
        )
    )
    then = datetime(2026, 11, 22, 19, 33, 47, tzinfo=UTC).astimezone()
    assert lines[1:] == [f"  Lê Thị Na (UBND phường), {then:%d/%m/%Y %H:%M:%S}", "    – removed"]
