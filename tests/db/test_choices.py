"""Closed lists: every word of the workbook is understood, everything else is refused with the nearest."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from db.choices import (
    Choice,
    UnknownChoiceError,
    choices,
    code_of,
    is_open,
    label,
    list_names,
    list_title,
    local_word,
    unit_kind_under,
)
from db.measures import MEASURES
from db.records import RECORD_TYPES
from db.vietnamese import fold

ENTRIES = [(name, entry) for name in list_names() for entry in choices(name)]
CLOSED = [name for name in list_names() if not is_open(name)]

# The workbook's own words (interfaces 2), in the order in which it gives them
WORKBOOK = {
    "unit_kind": "Tổ dân phố · Khu phố · Thôn · Xóm · Bản · Ấp · Buôn · Khối · Phố · "
    "Phường · Xã · Thị trấn · Đặc khu · Quận · Huyện · Thị xã · Thành phố · "
    "Tỉnh · Cơ quan · Trường học · Doanh nghiệp · Công đoàn · Mặt trận · "
    "Đoàn thể · Chi bộ",
    "field": "Kinh tế · Văn hóa - xã hội · Quốc phòng - an ninh · Xây dựng hệ thống chính trị",
    "level": "Cơ sở · Quận/huyện · Thành phố/tỉnh · Trung ương",
    "line": "Địa bàn · Công đoàn · Mặt trận · Phụ nữ · Thanh niên · Cựu chiến binh · Nông dân · Khác",
    "activity_kind": "Họp dân · Đối thoại · Tuyên truyền · Vận động tại hộ gia đình · Ra "
    "quân · Ra mắt · Thi công · Khác",
    "recognition_form": "Công nhận · Tiêu biểu · Biểu dương · Giấy khen · Bằng khen · Kỷ "
    "niệm chương · Gắn biển · Khác",
    "registration_status": "Dự thảo · Đăng ký · Đang thực hiện · Hoàn thành · Được công "
    "nhận · Duy trì · Trả lại · Rút · Dừng",
    "registration_kind": "Mới · Duy trì · Nhân rộng",
    "contribution_kind": "Tiền mặt · Chuyển khoản · Ngày công · Hiến đất · Hiện vật",
    "contributor_kind": "Hộ · Cá nhân · Doanh nghiệp · Tổ chức · Ngân sách",
    "gender": "Nam · Nữ",
    "subject_type": "Tập thể · Cá nhân",
    "recipient_type": "Tập thể · Cá nhân · Mô hình",
    "recognition_status": "Đề nghị · Được tặng",
    "qualifier": "đúng · hơn · khoảng · gần",
    "indicator": "Mô hình đăng ký · Tập thể đăng ký · Cá nhân đăng ký · Mô hình tiêu biểu "
    "· Tập thể được công nhận · Cá nhân được công nhận · Tập thể được khen · "
    "Cá nhân được khen · Công trình gắn biển · Kinh phí xã hội hóa · Ngày "
    "công",
}

# Codes that others rely on (interfaces 3 and 1)
CODES = {
    "field": "economy culture_society defence_security political_system",
    "subject_type": "collective individual",
    "level": "grassroots district city central",
    "line": "territorial union front women youth veterans farmers other",
    "activity_kind": "meeting dialogue outreach home_visit work_day launch construction other",
    "recognition_form": "recognised outstanding commendation certificate_of_merit_local "
    "certificate_of_merit_high commemorative_medal plaque other",
    "recognition_status": "proposed granted",
    "recipient_type": "collective individual model",
    "registration_kind": "new maintained replicated",
    "qualifier": "exact more_than about nearly",
    "contribution_kind": "cash transfer labour_days land in_kind",
    "unit_kind": "residential_group ward district city province agency school enterprise "
    "union front association party_cell",
    "paper_profile": "nd30_2020 party_hd36_2018",
}


def shown(entry: Choice) -> list[str]:
    return [entry.vi, *entry.forms]


@pytest.mark.parametrize("name", WORKBOOK)
def test_every_value_of_the_workbook_is_in_its_list_and_nothing_else(name: str) -> None:
    assert [word for entry in choices(name) for word in shown(entry)] == WORKBOOK[name].split(" · ")


@pytest.mark.parametrize("name", CODES)
def test_codes_are_those_of_the_interfaces(name: str) -> None:
    assert [entry.code for entry in choices(name)] == CODES[name].split()


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_every_spelling_leads_to_its_code(name: str, entry: Choice) -> None:
    for spelling in (*shown(entry), *entry.words, entry.en, entry.code):
        for written in (
            spelling,
            spelling.upper(),
            normalize("NFD", spelling),
            f" {spelling}\xa0",
            fold(spelling),
        ):
            assert code_of(name, written) == entry.code


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("field", "VH-XH", "culture_society"),
        ("field", "vh xh", "culture_society"),
        ("field", "Văn hóa, xã hội", "culture_society"),
        ("level", "Quận / huyện", "district"),
        ("field", "văn hoá – xã hội", "culture_society"),
        ("field", "An ninh - quốc phòng", "defence_security"),
        ("field", "ANQP", "defence_security"),
        ("field", "XDHTCT", "political_system"),
        ("activity_kind", "tại nhà", "home_visit"),
        ("contribution_kind", "Ngày-công", "labour_days"),
        ("level", "Cấp quận", "district"),
        ("line", "MTTQ", "front"),
        ("unit_kind", "thôn", "residential_group"),
        ("unit_kind", "Thành phố", "city"),
        ("indicator", "Mô hình gắn biển", "plaques"),
        ("indicator", "Kinh phí xã hội hoá", "socialised_funding"),
    ],
)
def test_other_ways_of_writing_are_understood(name: str, written: str, code: str) -> None:
    assert code_of(name, written) == code


@pytest.mark.parametrize(
    ("name", "written", "nearest"),
    [
        ("field", "Y tế", "Kinh tế"),
        ("field", "Quốc phòng an nin", "Quốc phòng - an ninh"),
        ("unit_kind", "Xom 5", "Xóm"),
        ("recognition_form", "Giấy khenn", "Giấy khen"),
        ("gender", "Nan", "Nam"),
    ],
)
def test_a_value_outside_its_list_is_refused_with_the_nearest(name: str, written: str, nearest: str) -> None:
    resources.use_language("en")
    with pytest.raises(UnknownChoiceError, match=nearest) as refused:
        code_of(name, written)
    assert (refused.value.text, refused.value.nearest) == (written, nearest)
    assert list_title(name) in str(refused.value)


@given(st.sampled_from(CLOSED), st.text(max_size=200))
def test_a_closed_list_gives_one_of_its_codes_or_refuses(name: str, written: str) -> None:
    try:
        assert code_of(name, written) in {entry.code for entry in choices(name)}
    except UnknownChoiceError as refused:
        assert refused.nearest in {word for entry in choices(name) for word in shown(entry)}


def test_an_open_list_keeps_other_names_as_they_are() -> None:
    assert code_of("indicator", normalize("NFD", " Số hộ nghèo ")) == "Số hộ nghèo"
    assert [name for name in list_names() if is_open(name)] == ["indicator"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_labels_come_in_the_language_asked_or_in_force(lang: str) -> None:
    resources.use_language(lang)
    expected = {"vi": ("Kinh tế", "Lĩnh vực"), "en": ("Economy", "Field")}[lang]
    assert (label("field", "economy"), list_title("field")) == expected
    assert (label("field", "economy", lang), list_title("field", lang)) == expected


def test_a_code_that_a_newer_program_added_is_shown_as_it_is() -> None:
    assert label("field", "digital") == "digital"


@pytest.mark.parametrize(
    ("written", "word"),
    [("thôn", "Thôn"), ("AP", "Ấp"), ("Tổ dân phố", None), ("TDP", None), ("gì đó", None)],
)
def test_the_local_word_for_a_kind_is_kept(written: str, word: str | None) -> None:
    assert local_word("unit_kind", written) == word


@pytest.mark.parametrize(
    ("kind", "superior", "found"),
    [
        ("city", "province", "district"),
        ("city", "city", "district"),
        ("city", "ward", "city"),
        ("city", None, "city"),
        ("ward", "city", "ward"),
        ("unheard_of", "city", "unheard_of"),
    ],
)
def test_a_city_below_a_province_or_a_city_is_a_district(kind: str, superior: str | None, found: str) -> None:
    assert unit_kind_under(kind, superior) == found


def test_every_list_that_a_record_names_exists() -> None:
    named = {field.choices for record_type in RECORD_TYPES.values() for field in record_type.fields}
    assert named - {None} <= set(list_names())


def test_what_an_entry_counts_has_measures() -> None:
    assert {entry.more["of"] for _name, entry in ENTRIES if "of" in entry.more} <= set(MEASURES)


def test_what_an_indicator_counts_is_in_the_lists() -> None:
    for entry in choices("indicator"):
        assert entry.more.get("form", "other") in CODES["recognition_form"].split()
        assert entry.more.get("recipient", "model") in CODES["recipient_type"].split()


def test_an_unknown_list_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        code_of("colour", "xanh")
