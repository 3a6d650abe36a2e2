"""Names as lists write them: keys, several in a cell, masks."""

from __future__ import annotations

import pytest

from db.person_names import (
    NAMELESS,
    base_of,
    called_in,
    gender_of,
    key_of,
    masked,
    names_in,
    says_person,
    titled_in,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "N.V.A."),
        ("Hộ ông Trần Văn Bình", "Hộ T.V.B."),
        ("Bà Lê Thị Cúc", "Bà L.T.C."),
        ("Đỗ Đức Ân (tổ 3)", "Đ.Đ.Â."),
        ("Lan", "L."),
        ("A", NAMELESS),
        ("Hộ số 7", NAMELESS),
        ("Nguyễn Văn An, Trần Bình", "N.V.A."),
        ("Nhóm các bà Lan Cúc Hồng Đào", NAMELESS),
    ],
)
def test_a_name_is_masked_by_its_initials(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        ("Hộ gia đình bà Đào Thị Hộ", True),
        ("Ông Trần Bình", True),
        ("Hộ kinh doanh Phúc An", False),
        ("Bà con Tổ 7", False),
        ("Công ty Nắng Sớm", False),
        ("Tổ dân phố số 3", False),
        ("Gia đình Phật tử", False),
    ],
)
def test_a_title_before_a_name_says_that_it_is_a_persons(name: str, is_said: bool) -> None:
    assert says_person(name) is is_said


def test_titles_capitals_and_spaces_make_no_other_name() -> None:
    assert len({key_of(each) for each in ("Hộ ông Hoà Văn Tuý", "HÒA  VĂN TÚY", "hòa văn túy")}) == 1


def test_marks_and_additions_make_another_name() -> None:
    each = ("Trần Văn Bình", "Trần Văn Bính", "Trần Văn Bình (xóm trên)")
    assert len({key_of(name) for name in each}) == 3
    assert base_of(each[0]) == base_of(each[2])


@pytest.mark.parametrize(
    ("name", "gender"), [("Ông An", "male"), ("Hộ bà An", "female"), ("An", None), ("Hộ An", None)]
)
def test_a_title_says_man_or_woman(name: str, gender: str | None) -> None:
    assert gender_of(name) == gender


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ông Nguyễn Văn An và bà Lê Cúc", {("nguyễn", "văn", "an"), ("lê", "cúc")}),
        ("Đoàn Văn Hậu (tổ trưởng), Tổ dân vận", {("đoàn", "văn", "hậu")}),
        ("Ban công tác Mặt trận", set()),
        ("Lan", set()),
    ],
)
def test_the_names_in_a_cell_are_found(cell: str, names: set[tuple[str, ...]]) -> None:
    assert names_in(cell) == names


def test_somebody_is_called_by_the_last_words_of_the_name() -> None:
    assert called_in("Bà Trần Thị Hùng và ông Tư") == {
        ("hùng",), ("thị", "hùng"), ("trần", "thị", "hùng"), ("tư",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bà Hùng trao quà", ["hùng"]),
        ("nhà của ÔNG HÙNG, gia đình Lan", ["hùng", "lan"]),
        ("đ/c Hùng, đồng chí Lan", ["hùng", "lan"]),
        ("Tượng đài Hồ Chí Minh ở đồng lúa", []),
        ("Hùng quét ngõ với bà", []),
    ],
)
def test_what_follows_a_title_is_found(text: str, first: list[str]) -> None:
    assert [words[0] for words in titled_in(text)] == first
