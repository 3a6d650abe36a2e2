"""A format of papers is data, and says how numbers and authority are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.profile import PROFILES, UnknownProfileError, load, names


def test_the_state_format_keeps_within_the_legal_margins() -> None:
    page = load("nd30_2020").portrait
    assert (20 <= page.top <= 25, 20 <= page.bottom <= 25, 30 <= page.left <= 35, 15 <= page.right <= 20) == (
        True,
    ) * 4


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("15", "Số: 15/BC-UBND"),
        ("5", "Số: 05/BC-UBND"),
        ("15/BC-ĐU", "Số: 15/BC-ĐU"),
        ("15a", "Số: 15a/BC-UBND"),
    ],
)
def test_a_number_is_written_with_its_symbol(number: str, said: str) -> None:
    assert load("nd30_2020").say_number(number, "BC", "UBND") == said


def test_an_office_without_a_symbol_has_only_the_kind_in_its_number() -> None:
    assert load("nd30_2020").say_number("7", "BC", "") == "Số: 07/BC"


def test_a_number_inside_a_sentence_begins_small() -> None:
    assert load("nd30_2020").say_number("15", "BC", "UBND", cited=True) == "số 15/BC-UBND"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        ("T/M ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        ("kt chủ tịch", "KT. chủ tịch"),
        ("TUQ. CHỦ TỊCH", "TUQ. CHỦ TỊCH"),
        ("CHỦ TỊCH", "CHỦ TỊCH"),
        ("", ""),
    ],
)
def test_authority_is_written_in_the_way_of_the_format(line: str, said: str) -> None:
    assert load("nd30_2020").say_authority(line) == said


@pytest.mark.parametrize("name", ["nd99", "../profile", ""])
def test_a_format_that_there_is_not_is_named(name: str) -> None:
    with pytest.raises(UnknownProfileError) as refused:
        load(name)
    assert name in refused.value.sentence()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[signing]", "[sign]", "signing"),
        ("top = 20", 'top = "x', "line"),
        ("seal_overlap", "seal_over", "seal_over"),
    ],
)
def test_a_broken_format_says_what_is_wrong(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = (PROFILES / "nd30_2020.toml").read_text("utf-8").replace(old, new, 1)
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(UnknownProfileError) as refused:
        load("own", tmp_path)
    assert reason in refused.value.sentence()


def test_formats_are_found_by_their_files() -> None:
    assert "nd30_2020" in names()
