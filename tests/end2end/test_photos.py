"""`danvan photos`: folders in with a reason for each file refused, undone, checked, written out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.end2end.conftest import Shell
from tests.support.pictures import CANARIES, clerks_folder, phone_jpeg, plain_jpeg, write_all

FOR_MODEL = ("--model", "MH0007", "--stage", "after")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three good photos in two folders, an empty one and a text."""
    return clerks_folder(tmp_path / "Ảnh")


def test_a_folder_goes_in_and_the_bad_files_are_named(shell: Shell, demo: Path, source: Path) -> None:
    ran = shell.on(demo, "photos", "add", source, *FOR_MODEL)
    added = [(Path(one["file"]).name, one["taken_on"]) for one in ran.data["added"]]
    assert added == [("a.jpg", "2024-05-06"), ("c.heic", "2024-05-06"), ("zalo.png", None)]
    assert sorted(Path(one["file"]).name for one in ran.data["refused"]) == ["d.jpg", "ghi chú.txt"]
    assert all(one["reason"] for one in ran.data["refused"])
    assert (ran.code, ran.data["duplicates"]) == (1, [])


def test_good_files_alone_succeed_and_are_duplicates_the_second_time(
    shell: Shell, demo: Path, source: Path
) -> None:
    words = ("photos", "add", source / "a.jpg", source / "b" / "zalo.png", *FOR_MODEL)
    first = shell.on(demo, *words, "--taken-on", "2025-03-04", "--caption", "Ngõ đã xong")
    again = shell.on(demo, *words)
    assert (first.code, [one["taken_on"] for one in first.data["added"]]) == (0, ["2024-05-06", "2025-03-04"])
    assert (again.code, len(again.data["duplicates"]), again.data["batch"]) == (0, 2, None)
    assert "2024-05-06" in first.err


def test_one_undo_takes_them_back(shell: Shell, demo: Path, source: Path) -> None:
    batch = shell.on(demo, "photos", "add", source, *FOR_MODEL).data["batch"]
    assert shell.on(demo, "undo", "--batch", batch).data["undone"] == 3
    assert shell.on(demo, "check").data == {"ok": True, "problems": []}


def test_a_lost_file_is_found_by_check_and_put_back_by_adding_it_again(
    shell: Shell, demo: Path, source: Path
) -> None:
    shell.on(demo, "photos", "add", source / "a.jpg", *FOR_MODEL)
    shutil.rmtree(demo.with_name(f"{demo.name}.photos"))
    found = shell.on(demo, "check")
    assert (found.code, {one["code"] for one in found.data["problems"]}) == (1, {"photo_missing"})
    lost = len(found.data["problems"])
    assert len(shell.on(demo, "photos", "add", source / "a.jpg", *FOR_MODEL).data["reattached"]) == 1
    assert len(shell.on(demo, "check").data["problems"]) == lost - 1


def test_the_demo_has_pairs_and_every_file(shell: Shell, demo: Path) -> None:
    found = shell.on(demo, "photos", "list").data["photos"]
    assert (all(one["present"] for one in found), sum(one["pair"] is not None for one in found)) == (True, 12)


def test_the_photos_of_one_model_are_listed(shell: Shell, demo: Path, source: Path) -> None:
    shell.on(demo, "photos", "add", source, *FOR_MODEL)
    found = shell.on(demo, "photos", "list", "--model", "MH0007").data["photos"]
    assert {one["model"] for one in found} == {"MH0007"}
    assert [one["file_name"] for one in found][-3:] == ["a.jpg", "c.heic", "zalo.png"]


def test_photos_are_written_out_without_a_word_of_their_source(
    shell: Shell, demo: Path, source: Path, tmp_path: Path
) -> None:
    shell.on(demo, "photos", "add", source, *FOR_MODEL)
    ran = shell.on(demo, "photos", "export", "--out", tmp_path / "out", "--model", "MH0007")
    content = b"".join(Path(file).read_bytes() for file in ran.data["files"])
    assert (ran.code, [word for word in CANARIES if word in content]) == (0, [])


def test_the_public_gets_no_picture_of_children_and_the_clerk_is_told(
    shell: Shell, demo: Path, tmp_path: Path
) -> None:
    every = shell.on(demo, "photos", "export", "--out", tmp_path / "all").data
    public = shell.on(demo, "photos", "export", "--out", tmp_path / "out", "--audience", "public")
    assert (every["audience"], every["hidden"], public.code) == ("internal", [], 0)
    assert len(public.data["files"]) + len(public.data["hidden"]) == len(every["files"])
    assert [one["code"] for one in every["problems"]] == ["for_the_office_only"]


def test_what_the_public_may_not_see_is_not_written(
    shell: Shell, demo: Path, source: Path, tmp_path: Path
) -> None:
    words = ("photos", "add", source / "a.jpg", *FOR_MODEL, "--caption", "Gọi 0912 345 678")
    hidden = shell.on(demo, *words).data["added"][0]["id"]
    asked = ("photos", "export", "--model", "MH0007", "--out", tmp_path / "out", "--audience", "public")
    ran = shell.on(demo, *asked)
    assert ran.data["hidden"] == [hidden]
    assert "photos_with_phone" in [one["code"] for one in ran.data["problems"]]
    assert len(list((tmp_path / "out").iterdir())) == len(ran.data["files"])


def test_a_wrong_clock_is_told_with_the_day_it_showed(shell: Shell, demo: Path, tmp_path: Path) -> None:
    write_all(tmp_path, {"x.jpg": phone_jpeg(taken="2080:03:04 05:06:07")})
    ran = shell.on(demo, "photos", "add", tmp_path / "x.jpg", *FOR_MODEL)
    assert [(one["taken_on"], one["wrong_day"]) for one in ran.data["added"]] == [(None, "2080-03-04")]
    assert ("04/03/2080" in ran.err, "--taken-on" in ran.err) == (True, True)


def test_a_picture_that_is_there_already_is_told_with_its_model(
    shell: Shell, demo: Path, source: Path
) -> None:
    shell.on(demo, "photos", "add", source / "a.jpg", *FOR_MODEL)
    again = ("photos", demo, "add", source / "a.jpg", "--model", "MH0008", "--stage", "after")
    ran = shell.run(*again, "--password-env", "P")
    assert "MH0007 “" in ran.out


def test_the_list_speaks_to_clerks(shell: Shell, demo: Path, source: Path) -> None:
    shell.on(demo, "photos", "add", source / "a.jpg", source / "b" / "zalo.png", *FOR_MODEL)
    ran = shell.run("photos", demo, "list", "--model", "MH0007", "--password-env", "P", "--lang", "vi")
    assert ("MH0007  Sau  06/05/2024  a.jpg" in ran.out, "after" in ran.out) == (True, False)


def test_a_backup_brings_them_back(shell: Shell, demo: Path, tmp_path: Path) -> None:
    made = shell.on(demo, "backup", "--to", tmp_path / "usb").data["file"]
    again = tmp_path / "again" / "so.danvan"
    assert shell.on(Path(made), "restore", "--to", again).data["problems"] == []
    assert len(shell.on(again, "photos").data["photos"]) == len(shell.on(demo, "photos").data["photos"])


def test_a_backup_names_how_many_photos_it_could_not_take(shell: Shell, demo: Path, tmp_path: Path) -> None:
    shutil.rmtree(demo.with_name(f"{demo.name}.photos"))
    ran = shell.on(demo, "backup", "--to", tmp_path / "usb")
    assert (ran.code, [one["code"] for one in ran.data["problems"]]) == (0, ["photos_not_copied"])


@pytest.mark.parametrize(
    "words",
    [
        ("add",),
        ("add", "x.jpg"),
        ("add", "x.jpg", "--model", "MH0007"),
        ("add", "x.jpg", "--model", "NOBODY", "--stage", "after"),
        ("add", "x.jpg", "--model", "MH0007", "--stage", "later"),
        ("add", "x.jpg", *FOR_MODEL, "--taken-on", "hôm qua"),
        ("export",),
        ("list", "--model", "NOBODY"),
    ],
)
def test_wrong_usage_is_one_sentence(shell: Shell, demo: Path, words: tuple[str, ...]) -> None:
    ran = shell.on(demo, "photos", *words)
    assert (ran.code, ran.out, "Traceback" in ran.err, len(ran.err.splitlines())) == (2, "", False, 1)


def test_in_sentences_every_file_has_its_line(shell: Shell, demo: Path, tmp_path: Path) -> None:
    source = clerks_folder(tmp_path / "Ảnh")
    write_all(source, {"e.jpg": plain_jpeg(), "f.jpg": plain_jpeg()})
    spoken = ("--password-env", "P", "--lang", "en")
    ran = shell.run("photos", demo, "add", source, *FOR_MODEL, *spoken)
    firsts = [line.partition(":")[0] for line in ran.out.splitlines()]
    assert firsts[:-1] == ["added"] * 4 + ["already in the book"] + ["refused"] * 2
    shutil.rmtree(demo.with_name(f"{demo.name}.photos"))
    again = shell.run("photos", demo, "add", source / "a.jpg", *FOR_MODEL, *spoken)
    assert again.out.startswith("put back:")
    assert "the file is missing" in shell.run("photos", demo, *spoken).out
    exported = shell.run("photos", demo, "export", "--out", tmp_path / "out", *spoken)
    assert ("left out:" in exported.out, exported.code) == (True, 1)


def test_the_annex_of_a_model_is_a_paper_with_its_photos(
    shell: Shell, demo: Path, source: Path, tmp_path: Path
) -> None:
    shell.on(demo, "photos", "add", source / "a.jpg", source / "b" / "zalo.png", *FOR_MODEL)
    target = tmp_path / "phu_luc.pdf"
    asked = ("photo_annex", "--period", "2026", "--model", "MH0007", "--photos", "2", "--out", target)
    ran = shell.on(demo, "paper", *asked)
    assert ran.code == 0
    assert target.read_bytes().count(b"/Subtype /Image") >= 1
    assert "photo_without_date" in [problem["code"] for problem in ran.data["problems"]]


@pytest.mark.parametrize(
    ("size", "said"),
    [("20KB", "0,1 MB"), ("gần 5MB", "--max-size"), ("0MB", "--max-size")],
    ids=["small", "words", "zero"],
)
def test_a_size_that_cannot_be_met_or_read_is_refused_and_nothing_is_written(
    shell: Shell, demo: Path, tmp_path: Path, size: str, said: str
) -> None:
    target = tmp_path / "phu_luc.pdf"
    asked = ("photo_annex", "--period", "2024", "--max-size", size, "--out", target)
    ran = shell.on(demo, "paper", *asked)
    assert ran.code == 2
    assert said in ran.err
    assert not target.exists()
