"""danvan maintain and the commands of units: what they write, what they refuse, how it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book
from db.demo_units import SHAPES
from tests.end2end.conftest import PASSWORD, Shell


def _years(book: Path) -> list[int]:
    with Book.open(book, PASSWORD, writable=False) as opened:
        return sorted(year for (year,) in opened.rows("registration", ("year",)))


# --- maintain ---


def test_maintain_registers_last_years_models_once(shell: Shell, demo: Path) -> None:
    before = _years(demo)
    planned = shell.on(demo, "maintain", "--year", "2027", "--dry-run")
    assert (planned.code, planned.data["batch"], _years(demo)) == (0, None, before)
    done = shell.on(demo, "maintain", "--year", "2027")
    assert done.data["maintained"] == planned.data["maintained"] != []
    assert _years(demo) == [*before, *[2027] * len(done.data["maintained"])]
    again = shell.on(demo, "maintain", "--year", "2027")
    assert (again.data["maintained"], again.data["batch"]) == ([], None)
    undone = shell.on(demo, "undo", "--batch", done.data["batch"])
    assert (undone.data["undone"], _years(demo)) == (len(done.data["maintained"]), before)


def test_maintain_takes_only_the_models_named(shell: Shell, demo: Path) -> None:
    code = shell.on(demo, "maintain", "--year", "2027", "--dry-run").data["maintained"][0]["code"]
    done = shell.on(demo, "maintain", "--year", "2027", "--model", code)
    assert [one["code"] for one in done.data["maintained"]] == [code]


def test_maintain_says_why_a_model_is_left_out(shell: Shell, demo: Path) -> None:
    told = shell.on(demo, "maintain", "--year", "2026", "--dry-run").data
    assert {one["reason"] for one in told["left_out"]} >= {"there_already"}
    spoken = shell.run("maintain", demo, "--year", "2026", "--dry-run", "--password-env", "P", "--lang", "en")
    assert (spoken.code, "registered already" in spoken.out, "Nothing was written." in spoken.out) == (
        0, True, True,
    )  # fmt: skip


def test_maintain_refuses_a_model_that_was_not_registered(shell: Shell, demo: Path) -> None:
    words = ["--year", "2027", "--model", "MH9999", "--lang", "en"]
    ran = shell.on(demo, "maintain", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "No model MH9999 was registered in 2026" in ran.err


# --- units ---


def _units(book: Path) -> dict[str, tuple[object, object]]:
    with Book.open(book, PASSWORD, writable=False) as opened:
        found = opened.find("org_unit", order="code")
        return {str(one["code"]): (one["valid_from"], one["valid_to"]) for one in found}


def test_each_change_of_units_is_one_entry_that_undo_takes_back(shell: Shell, demo: Path) -> None:
    on = ["--on", "2026-07-01"]
    named = [*on, "--new-code", "T99", "--new-name", "Tổ dân phố 99"]
    ended = (None, "2026-06-30")
    parts = ["--into", "T98=Tổ A", "--into", "T99=Tổ B"]
    for words, expected in (
        (["rename-unit", "TDP01", *named], {"TDP01": ended, "T99": ("2026-07-01", None)}),
        (["divide-unit", "TDP01", *on, *parts], {"TDP01": ended, "T98": ("2026-07-01", None)}),
    ):
        before = _units(demo)
        ran = shell.on(demo, words[0], *words[1:])
        assert ran.code == 0, ran.err
        assert expected.items() <= _units(demo).items()
        assert shell.on(demo, "undo", "--batch", ran.data["batch"]).data["kept"] == []
        assert _units(demo) == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["rename-unit", "KHONG", "--new-code", "A", "--new-name", "A"], "no unit KHONG"),
        (["dissolve-unit", "P01"], "the unit of this book"),
        (["divide-unit", "P01", "--into", "A=Tổ A", "--into", "B=Tổ B"], "this book belongs"),
        (["merge-units", "TDP01", "TDP02"], "--new-code and --new-name"),
        (["merge-units", "TDP01", "--into", "TDP02", "--new-code", "X", "--new-name", "X"], "--into"),
        (["divide-unit", "TDP01", "--into", "A"], "no pair"),
        (["divide-unit", "TDP01", "--into", "A=Tổ A"], "at least two"),
        (["merge-units", "TDP01", "TDP02", "--new-code", "TDP03", "--new-name", "A"], "code TDP03"),
        (["dissolve-unit", "TDP01", "--parent", "TDP01"], "under itself"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_a_sentence(
    shell: Shell, demo: Path, words: list[str], why: str
) -> None:
    ran = shell.on(demo, words[0], *words[1:], "--on", "2026-07-01", "--lang", "en")
    assert (ran.code, ran.out, why in ran.err) == (2, "", True), ran.err


def test_the_groups_of_a_divided_unit_are_placed(shell: Shell, tmp_path: Path) -> None:
    book = tmp_path / "city.danvan"
    shape = ("--with-units", SHAPES[1], "--models", "1", "--password-env", "P", "--json")
    assert shell.run("demo", book, *shape).code == 0
    parts = ["--into", "P21=Phường A", "--into", "P22=Phường B", "--on", "2026-07-01", "--lang", "en"]
    assert "belongs" in shell.on(book, "divide-unit", "P20", *parts).err
    groups = [f"{ward}-T{number}" for ward, count in (("P11", 4), ("P12", 3), ("P13", 3))
              for number in range(1, count + 1)]  # fmt: skip
    places = [word for group in groups for word in ("--place", f"{group}=P2{1 + (group[:3] != 'P11')}")]
    assert shell.on(book, "divide-unit", "P20", *parts, *places).code == 0
    with Book.open(book, PASSWORD, writable=False) as opened:
        unit = opened.find("org_unit", {"code": "P21"})[0].id
        assert opened.count("unit_parent", {"parent": unit}) == 4


# --- the office that becomes another ---

_NEW = ("--new-code", "P02", "--new-name", "Phường Bến Hoa")


def _registered(shell: Shell, book: Path, period: str, *more: str) -> tuple[str, int | None]:
    told = shell.on(book, "figures", "--period", period, *more).data
    return told["unit"], told["models"]["registered"]


@pytest.mark.parametrize(
    "words",
    [
        ("rename-unit", "P01", *_NEW),
        ("merge-units", "P01", *_NEW),
        (
            "divide-unit",
            "P01",
            "--into",
            "P02=Phường Bến Hoa",
            "--into",
            "P03=Kia",
            "--keeps-book",
            "P02",
        ),
    ],
)
def test_the_book_of_an_office_goes_on_as_its_successors(
    shell: Shell, demo: Path, words: tuple[str, ...]
) -> None:
    with Book.open(demo, PASSWORD, writable=False) as opened:
        groups = [str(one["code"]) for one in opened.find("org_unit", {"kind": "residential_group"})]
    placed = [word for code in groups for word in ("--place", f"{code}=P02")]
    before = {
        period: _registered(shell, demo, period)[1] for period in ("2024", "2025", "2026", "2024..2026")
    }
    more = placed if words[0] == "divide-unit" else []
    ran = shell.on(demo, words[0], *words[1:], *more, "--on", "2025-07-01")
    assert ran.code == 0, ran.err
    for units in ("then", "today"):
        after = {period: _registered(shell, demo, period, "--units", units) for period in before}
        assert after == {period: ("P02", count) for period, count in before.items()}
    assert shell.on(demo, "undo", "--batch", ran.data["batch"]).data["kept"] == []
    assert _registered(shell, demo, "2026") == ("P01", before["2026"])


def test_a_unit_takes_in_another_and_goes_on(shell: Shell, demo: Path) -> None:
    ran = shell.on(demo, "merge-units", "TDP01", "--into", "TDP02", "--on", "2026-07-01")
    assert ran.code == 0, ran.err
    assert _units(demo)["TDP01"] == (None, "2026-06-30")
    assert _units(demo)["TDP02"] == (None, None)
    shell.on(demo, "undo", "--batch", ran.data["batch"])
