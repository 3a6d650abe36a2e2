"""Order and reach of the search: exact marks before all else, initials, codes, every type its share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import Book
from db.vietnamese import bare_name, name_initials, without_marks
from tests.support.books import add_contribution, add_model, add_registration

HASH = "0" * 64


def _titles(book: Book, text: str, limit: int = 50) -> list[str]:
    return [hit.record.title for hit in book.search(text, limit)]


def _types(book: Book, text: str) -> set[str]:
    return {hit.record.type for hit in book.search(text)}


# -- exact marks first


def test_fifty_one_newer_names_do_not_hide_the_one_with_these_marks(book: Book) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": "Lê Văn Hùng"})
        for _ in range(51):
            write.add("person", {"full_name": "Lê Văn Hưng"})
    hits = book.search("Hùng", 50)
    assert (hits[0].record.title, hits[0].exact, len(hits)) == ("Lê Văn Hùng", True, 50)


def test_a_word_with_these_marks_in_a_long_text_comes_before_other_names(book: Book) -> None:
    with book.writing("an") as write:
        add_model(write, "MH1", title="Bếp ăn", method="Ông Hùng vận động từng nhà góp công, góp của.")
        for _ in range(51):
            write.add("person", {"full_name": "Lê Văn Hưng"})
    hits = book.search("Hùng", 50)
    assert (hits[0].record.title, hits[0].exact) == ("Bếp ăn", True)


def test_among_long_texts_these_marks_come_first(book: Book) -> None:
    with book.writing("an") as write:
        add_model(write, "MH1", title="Bếp ăn", method="Ông Hùng vận động")
        for number in range(51):
            add_model(write, f"MH2{number}", title="Chợ", method="Ông Hưng vận động")
    assert _titles(book, "ông Hùng")[0] == "Bếp ăn"


@pytest.mark.parametrize(
    ("name", "longer"), [("Bùi An", "Bùi Anh"), ("Lê Thị Thanh Hà", "Lê Thị Thanh Hàn"), ("Do An", "Do Anh")]
)
def test_sixty_newer_longer_names_do_not_hide_the_whole_one(book: Book, name: str, longer: str) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": name})
        for _ in range(60):
            write.add("person", {"full_name": longer})
    assert _titles(book, name)[:2] == [name, longer]
    assert _titles(book, without_marks(name))[:2] == [name, longer]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Trần Văn Tư", "Trần Văn Tư Duy"),
        ("Hà Thị Mai", "Mai Thị Hà"),
        ("Ông Đỗ Văn An (tổ 7)", "Ông An Văn Đỗ"),
    ],
)
def test_a_whole_name_comes_before_newer_ones_that_hold_its_words(book: Book, name: str, other: str) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": name})
        for _ in range(59):
            write.add("person", {"full_name": other})
    asked = name.removeprefix("Ông ").removesuffix(" (tổ 7)")
    assert _titles(book, asked)[:2] == [name, other]
    assert _titles(book, without_marks(asked).lower())[:2] == [name, other]


def test_initials_may_be_typed_with_the_letter_that_they_have(book: Book) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": "Đỗ Văn Đông"})
    assert _titles(book, "đvđ") == _titles(book, "dvd") == ["Đỗ Văn Đông"]


_NAMES = st.sampled_from(["Hùng", "Hưng", "Hung", "Húng", "Hừng"])


@settings(max_examples=25)
@given(names=st.lists(_NAMES, min_size=1, max_size=12), asked=_NAMES, limit=st.integers(1, 12))
def test_no_order_of_writing_puts_other_marks_before_these(
    shared: Book, names: list[str], asked: str, limit: int
) -> None:
    with shared.writing("an") as write:
        made = {write.add("person", {"full_name": f"Vũ {name} Xq"}): name for name in names}
    hits = shared.search(f"xq vũ {asked}", limit)
    with shared.writing("an") as write:
        for one in made:
            write.remove("person", one)
    found = [made[hit.record.id] for hit in hits]
    assert [name == asked for name in found] == [hit.exact for hit in hits]
    assert found[: names.count(asked)] == [asked] * min(limit, names.count(asked))
    assert len(found) == min(limit, len(names))


def test_a_type_with_many_hits_leaves_room_for_the_others(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Bình minh")
        for _ in range(60):
            add_contribution(write, model, contributor="Ông Bình")
    assert _types(book, "bình") == {"model", "contribution"}


# -- type by type


def test_groups_count_what_they_do_not_show(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write, title="Bình minh")
        for _ in range(7):
            add_contribution(write, model, contributor="Ông Bình")
    found = [(g.type, len(g.hits), g.count, g.more) for g in book.search_groups("bình", shown=3, counted=5)]
    assert found == [("model", 1, 1, False), ("contribution", 3, 5, True)]


def test_the_group_with_these_marks_stands_first(book: Book) -> None:
    with book.writing("an") as write:
        add_model(write, title="Binh minh")
        write.add("person", {"full_name": "Lê Bính"})
    assert [group.type for group in book.search_groups("bính")] == ["person", "model"]


# -- initials and years


@pytest.fixture
def people(book: Book) -> Book:
    """Two with the same initials, one born in 1985."""
    with book.writing("an") as write:
        write.add("person", {"full_name": "Nguyễn Văn A", "birth_year": 1985, "address": "Ngõ 129 Hòa Bình"})
        write.add("person", {"full_name": "Nông Vũ Ánh", "birth_year": 1990})
        write.add("person", {"full_name": "Nguyễn Văn Bình", "birth_year": 1985})
    return book


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nva 1985", {"Nguyễn Văn A"}),
        ("NVA 1985", {"Nguyễn Văn A"}),
        ("nva 19", {"Nguyễn Văn A", "Nông Vũ Ánh"}),
        ("nva", {"Nguyễn Văn A", "Nông Vũ Ánh"}),
        ("nv", {"Nguyễn Văn A", "Nông Vũ Ánh", "Nguyễn Văn Bình"}),
        ("nva 1991", set()),
        ("nguyen 1985", {"Nguyễn Văn A", "Nguyễn Văn Bình"}),
        ("văn a hoa binh", {"Nguyễn Văn A"}),
        ("ngo 129", {"Nguyễn Văn A"}),
    ],
)
def test_a_person_is_found_by_initials_year_and_address(people: Book, typed: str, found: set[str]) -> None:
    assert set(_titles(people, typed)) == found


def test_a_contributor_and_a_registrant_are_found_by_initials(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        add_contribution(write, model, contributor="Hộ ông Trần Văn Bình")
        add_registration(write, model, registrant="Trần Văn Bảy")
    assert _types(book, "tvb") == {"contribution", "registration"}


def test_initials_do_not_stand_before_a_name_of_these_letters(book: Book) -> None:
    with book.writing("an") as write:
        write.add("person", {"full_name": "Vũ Lan"})
        write.add("person", {"full_name": "Lê An Nam"})
    assert _titles(book, "lan") == ["Vũ Lan", "Lê An Nam"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nguyễn Văn A", "nva"),
        ("Hộ ông Trần Văn Bình (tổ 7)", "tvb"),
        ("Hồ Văn Đông", "hvd"),
        ("Nguyễn Anh Tú", "nat"),
        ("Bà Hoàng Thị Lan 12", "htl"),
        ("Hưng", ""),
        ("", ""),
    ],
)
def test_initials_are_those_of_the_name_alone(name: str, short: str) -> None:
    assert name_initials(bare_name(name)) == short


# -- codes, papers, photos


@pytest.mark.parametrize("typed", ["PT00012", "pt00", "PT0001", "15/BC", "15-bc", "bc-mttq", "mttq"])
def test_codes_are_found_by_their_beginning_and_between_their_signs(book: Book, typed: str) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        add_contribution(write, model, receipt_no="PT00012-15/BC-MTTQ")
    assert _types(book, typed) == {"contribution"}


@pytest.mark.parametrize("typed", ["bao cao quy", "15", "BC-UBND", "quý iii", "bao-cao-2024", "15/BC-UBND"])
def test_a_paper_is_found_by_all_it_is_known_by(book: Book, typed: str) -> None:
    stated = {"kind": "report", "title": "Báo cáo quý", "number": "15", "symbol": "BC-UBND",
              "period_label": "quý III năm 2024", "file_name": "bao-cao-2024.pdf"}  # fmt: skip
    with book.writing("an") as write:
        write.add("paper", dict(stated))
    assert _types(book, typed) == {"paper"}


@pytest.mark.parametrize("typed", ["truoc khi lam", "nha van hoa", "img_2041", "2041", "lvt"])
def test_a_photo_is_found_by_all_it_is_known_by(book: Book, typed: str) -> None:
    stated = {"caption": "Trước khi làm", "place": "Nhà văn hóa", "file_name": "IMG_2041.jpg",
              "photographer": "Lê Văn Tám", "hash": HASH}  # fmt: skip
    with book.writing("an") as write:
        write.add("photo", dict(stated))
    assert _types(book, typed) == {"photo"}


def test_a_unit_is_found_by_its_code(book: Book) -> None:
    assert _types(book, "p01") >= {"org_unit"}
