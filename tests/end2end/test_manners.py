"""What all commands have in common: exit codes, one sentence, passwords, what is left alone."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from db import Book
from tests.end2end.conftest import PASSWORD, Ran, Shell
from tests.faults.desk import newer_program
from tests.support.workbooks import Rows, save

ROOT = Path(__file__).resolve().parents[2]
UNIT = ("--unit-code", "P1", "--unit-name", "Phường Một", "--unit-kind", "ward")
MODELS: Rows = [
    ["Mã mô hình", "Tên mô hình", "Năm", "Lĩnh vực", "Tập thể/Cá nhân"],
    ["MH01", "Con đường mơ ước", 2024, "Kinh tế", "Tập thể"],
]


def _is_one_sentence(ran: Ran, code: int, words: str) -> None:
    assert (ran.code, ran.out, len(ran.err.strip().splitlines())) == (code, "", 1)
    assert words in ran.err


# --- passwords -------------------------------------------------------------------------------------------


def test_a_variable_that_is_not_set_is_named(shell: Shell, empty: Path) -> None:
    ran = shell.run("check", empty, "--password-env", "NOT_SET", "--lang", "en")
    _is_one_sentence(ran, 2, "NOT_SET")


def test_an_empty_password_opens_nothing(shell: Shell, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("P", "")
    _is_one_sentence(shell.run("check", empty, "--password-env", "P", "--lang", "en"), 2, "password")


@pytest.mark.parametrize("given", ["", "ngắn"])
def test_a_new_book_needs_a_password_that_is_long_enough(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("P", given)
    ran = shell.run("new", tmp_path / "a.danvan", *UNIT, "--password-env", "P", "--lang", "en")
    _is_one_sentence(ran, 2, "at least 8 characters")
    assert not (tmp_path / "a.danvan").exists()


def test_without_a_terminal_the_option_is_named_that_gives_the_password(shell: Shell, demo: Path) -> None:
    _is_one_sentence(shell.run("check", demo, "--lang", "en"), 2, "--password-env")
    key = ("--sign", demo.with_name("thu-nghiem.p12"))
    ran = shell.run("sign", demo, *key, "--lang", "en")
    _is_one_sentence(ran, 2, "--sign-password-env")


def test_at_a_terminal_the_password_is_asked_for_and_not_shown(empty: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "desktop", "check", str(empty), "--json"]
    with os.fdopen(ours, "r+b", buffering=0) as keyboard:
        running = subprocess.Popen(
            command, cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        # What is typed before the question is thrown away
        assert running.stderr is not None
        asked = running.stderr.read(1)
        keyboard.write(f"{PASSWORD}\n".encode())
        out, err = running.communicate(timeout=60)
    assert (running.returncode, json.loads(out)["ok"]) == (0, True)
    assert (asked + err).strip()
    assert PASSWORD not in out + err


# --- exit code 3: the PC, not the input -------------------------------------------------------------------


def test_a_book_that_is_open_is_read_but_not_written(shell: Shell, empty: Path, tmp_path: Path) -> None:
    file = save(tmp_path / "x.xlsx", {"Mô hình": MODELS})
    with Book.open(empty, PASSWORD):
        _is_one_sentence(shell.on(empty, "import", file, "--lang", "en"), 3, "already open")
        assert shell.on(empty, "figures", "--period", "2024").code == 0
        assert shell.on(empty, "import", file, "--dry-run").code == 0


# --- exit code 2: the file or its name --------------------------------------------------------------------


def test_a_folder_in_place_of_a_file_is_wrong_input(shell: Shell, demo: Path, tmp_path: Path) -> None:
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    for words in (("verify", tmp_path), ("sign", tmp_path, *key)):
        _is_one_sentence(shell.run(*words, "--lang", "en"), 2, "is a folder")
    assert shell.on(demo, "import", tmp_path).code == 2


def _paper(shell: Shell, book: Path, *more: str | Path, kind: str = "result_report") -> Ran:
    return shell.on(book, "paper", kind, "--period", "2024", *more, "--lang", "en")


@pytest.mark.parametrize("place", ["missing/x.pdf", "taken.pdf"])
def test_a_paper_needs_a_place_that_is_there(shell: Shell, demo: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "taken.pdf").mkdir()
    ran = _paper(shell, demo, "--out", tmp_path / place)
    _is_one_sentence(ran, 2, "name a file in a folder that is there")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--out", "x.docx"), ".pdf"),
        (("--out", "x.pdf", "--profile", "nonsense"), "nonsense"),
        (("--out", "x.pdf", "--compare", "nonsense"), "nonsense"),
        (("--out", "x.pdf", "--unit", "NONE"), "NONE"),
        (("--out", "x.pdf", "--date", "hôm qua"), "hôm qua"),
        (("--out", "x.pdf", "--texts", "missing.md"), "missing.md"),
        (("--out", "x.pdf", "--sign", "missing.p12", "--sign-password-env", "K"), "missing.p12"),
    ],
)
def test_what_a_paper_cannot_be_made_from_is_named(
    shell: Shell, demo: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(demo.parent)
    _is_one_sentence(_paper(shell, demo, *more), 2, words)
    assert not demo.with_name("x.pdf").exists()


def test_an_unknown_kind_of_paper_is_named(shell: Shell, empty: Path, tmp_path: Path) -> None:
    ran = _paper(shell, empty, "--out", tmp_path / "x.pdf", kind="nonsense")
    _is_one_sentence(ran, 2, "nonsense")


def test_texts_that_are_not_unicode_are_wrong_input(shell: Shell, demo: Path, tmp_path: Path) -> None:
    texts = tmp_path / "t.md"
    texts.write_bytes(b"# strengths\n\xff\xfe")
    _is_one_sentence(_paper(shell, demo, "--out", tmp_path / "x.pdf", "--texts", texts), 2, "UTF-8")


@pytest.mark.parametrize("unit", [("--unit-code", ""), ("--unit-name", "  ")])
def test_an_office_needs_a_code_and_a_name(shell: Shell, tmp_path: Path, unit: tuple[str, str]) -> None:
    ran = shell.run("new", tmp_path / "a.danvan", *UNIT, *unit, "--password-env", "P", "--lang", "en")
    _is_one_sentence(ran, 2, "code and a name")
    assert not (tmp_path / "a.danvan").exists()


@pytest.mark.parametrize("years", ["hai nghìn", "2026-2024", "-2024"])
def test_years_of_a_demo_that_are_none_are_refused(shell: Shell, tmp_path: Path, years: str) -> None:
    ran = shell.run("demo", tmp_path / "d.danvan", "--years", years, "--lang", "en")
    assert (ran.code, (tmp_path / "d.danvan").exists()) == (2, False)
    assert years in ran.err


def test_restore_writes_over_nothing(shell: Shell, empty: Path, demo: Path) -> None:
    before = demo.read_bytes()
    ran = shell.run("restore", empty, "--to", demo, "--password-env", "P", "--lang", "en")
    _is_one_sentence(ran, 2, "It was not touched.")
    assert demo.read_bytes() == before


def test_a_paper_is_not_signed_over_itself(shell: Shell, demo: Path, tmp_path: Path) -> None:
    paper = tmp_path / "bc.pdf"
    shell.on(demo, "paper", "result_report", "--period", "2026", "--out", paper)
    before = paper.read_bytes()
    key = ("--sign", demo.with_name("thu-nghiem.p12"), "--sign-password-env", "K")
    _is_one_sentence(shell.run("sign", paper, *key, "--out", paper, "--lang", "en"), 2, "another name")
    assert paper.read_bytes() == before


# --- the traceback, and the one JSON object --------------------------------------------------------------


def test_debug_shows_where_it_happened_and_still_one_sentence(shell: Shell) -> None:
    ran = shell.run("verify", "missing.pdf", "--debug", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Traceback")
    assert ran.err.rstrip().endswith("Check whether it was moved or renamed.")


def test_json_may_stand_before_the_command(shell: Shell) -> None:
    assert shell.run("--json", "papers").data == shell.run("papers", "--json").data


def test_warnings_of_an_import_stay_out_of_the_json(shell: Shell, empty: Path, tmp_path: Path) -> None:
    sheets = {"Mô hình": [[*row, "thừa"] for row in MODELS]}
    ran = shell.on(empty, "import", save(tmp_path / "x.xlsx", sheets))
    assert (ran.err, [one["sheet"] for one in ran.data["warnings"]]) == ("", ["Mô hình"])


def test_stopped_with_ctrl_c_is_told_and_nothing_is_in_the_book(
    shell: Shell, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("forms.spreadsheets.read_workbook", stop)
    ran = shell.on(empty, "import", tmp_path / "x.xlsx", "--lang", "en")
    _is_one_sentence(ran, 2, "Stopped.")


# --- books of an older version ---------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "figures"])
def test_a_command_that_reads_brings_an_older_book_up_to_date(
    shell: Shell, empty: Path, command: str
) -> None:
    period = ("--period", "2026") if command == "figures" else ()
    with newer_program():
        ran = shell.on(empty, command, *period, "--lang", "en")
        again = shell.on(empty, command, *period, "--lang", "en")
    assert (ran.code, "up to date now" in ran.err) == (0, True)
    assert (again.data, again.err) == (ran.data, "")


def test_an_older_book_is_kept_beside_as_it_was(shell: Shell, empty: Path) -> None:
    with newer_program():
        shell.on(empty, "check")
    with Book.open(empty.with_name(f"{empty.name}.before-9998_slogan"), PASSWORD) as book:
        assert len(book.find("org_unit")) == 1
