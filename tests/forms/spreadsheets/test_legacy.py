"""Columns in old encodings: recognised by their text or font, never where they are right already."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from db.legacy_text import Encoding, encode
from forms.spreadsheets.errors import UnreadableWorkbookError
from forms.spreadsheets.legacy import recognised
from forms.spreadsheets.raw import OLD_OR_NEW, RawSheet, Workbook
from forms.spreadsheets.read import read_workbook
from tests.support.workbooks import save

HEADINGS = ["Mã mô hình", "Người/đơn vị đóng góp", "Hình thức", "Số lượng", "Ghi chú"]
NAMES = [
    "Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thị Mỹ Duyên", "Hoàng Văn Thụ", "Vũ Thị Hà",
    "Đặng Đình Khánh", "Bùi Thị Lụa", "Đỗ Quốc Hưng", "Ngô Thị Kim Oanh", "Hộ ông Dương Văn Nghĩa",
]  # fmt: skip
NOTES = [
    "Ủng hộ làm đường ngõ 129", "Đã nộp tại nhà văn hóa", "Hiến đất mở rộng ngõ", "Ngày công vệ sinh",
    "Góp cho tổ dân phố số 12",
]  # fmt: skip
PLAIN = [
    "Café de la Paix", "René Lefèvre", "François Müller", "Hôtel Métropole", "Loïc Dupont", "Noël à Hanoï",
    "Il a dû dire où il était né", "L'été dernier, j'ai vu l'île", "El Niño", "España, señor Nuñez",
    "Où est le thé?", "The quick brown fox", "naïve façade", "«Bonjour» dit-il", "Microsoft® Office",
    "© 2024 Văn phòng", "§ 12 BGB, Größe 5 m²", "São Paulo", "Søren Ångström",
    "Anaïs, Gaël, Zoë", "à la carte", "déjà vu",
    "Mª Carmen", "25° C, 1 µm", "Bé Na", "Cô Là", "Hà", "Lê Hà Mai", "An Bình", "Thái", "Vân Đồn", "Cù Là",
    *NAMES, *NOTES,
]  # fmt: skip


def _sheet(names: Sequence[str], notes: Sequence[str] = ()) -> Workbook:
    rows: list[list[str]] = [HEADINGS]
    for place, name in enumerate(names):
        rows.append([f"MH{place}", name, "Tiền mặt", "500.000", notes[place] if place < len(notes) else ""])
    return Workbook("a.xlsx", (RawSheet("Đóng góp", rows),))


def _column(workbook: Workbook, place: int) -> list[object]:
    return [row[place] for row in workbook.sheets[0].rows[1:]]


@pytest.mark.parametrize("old", [Encoding.TCVN3, Encoding.VNI])
def test_a_column_of_names_is_recognised_by_its_text(old: Encoding) -> None:
    found = recognised(_sheet([encode(name, old) for name in NAMES]))
    assert _column(found, 1) == NAMES
    told = found.old_columns[0]
    assert (told.column, told.encoding, told.by) == ("Người/đơn vị đóng góp", old.value, "text")
    assert told.samples[0] == (encode(NAMES[0], old), NAMES[0])


@pytest.mark.parametrize("old", [Encoding.TCVN3, Encoding.VNI])
@given(st.lists(st.sampled_from(NAMES + NOTES), min_size=3, max_size=8, unique=True))
def test_any_handful_of_texts_is_recognised(old: Encoding, texts: list[str]) -> None:
    found = _column(recognised(_sheet([encode(text, old) for text in texts])), 1)
    # In TCVN3 a toned capital at the beginning is a small letter: nobody can tell
    assert [str(text).casefold() for text in found] == [text.casefold() for text in texts]


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=12))
def test_what_is_right_already_is_never_touched(texts: list[str]) -> None:
    book = _sheet(texts, [unicodedata.normalize("NFC", text) for text in texts])
    found = recognised(book)
    assert [row for sheet in found.sheets for row in sheet.rows] == list(book.sheets[0].rows)
    assert found.old_columns == ()


@pytest.mark.parametrize("text", PLAIN)
def test_one_text_alone_is_never_touched(text: str) -> None:
    assert recognised(_sheet([text])).old_columns == ()


def test_two_columns_are_decided_each_for_itself() -> None:
    notes = [encode(note, Encoding.VNI) for note in NOTES]
    found = recognised(_sheet(NAMES, notes))
    assert _column(found, 1) == NAMES
    assert _column(found, 4)[: len(NOTES)] == NOTES


def test_a_short_column_is_read_as_the_others_of_its_file() -> None:
    notes = [encode("Tổ 12", Encoding.TCVN3)]
    found = recognised(_sheet([encode(name, Encoding.TCVN3) for name in NAMES], notes))
    assert _column(found, 4)[0] == "Tổ 12"


def test_codes_and_numbers_are_never_touched() -> None:
    code = encode("TĐP-Hà", Encoding.TCVN3)
    rows = [HEADINGS, *([code, encode(name, Encoding.TCVN3), "", "1", ""] for name in NAMES)]
    found = recognised(Workbook("a", (RawSheet("Đóng góp", rows),)))
    assert {row[0] for row in found.sheets[0].rows[1:]} == {code}


def _half(old: Encoding) -> Workbook:
    return _sheet([name if place % 2 else encode(name, old) for place, name in enumerate(NAMES)])


def test_a_mixed_column_is_asked_about() -> None:
    found = recognised(_half(Encoding.TCVN3))
    assert [one.encoding for one in found.old_columns] == ["mixed"]
    assert set(found.sheets[0].faults.values()) == {OLD_OR_NEW}
    assert len(found.sheets[0].faults) == 6


def test_a_chosen_encoding_leaves_right_cells_as_they_are() -> None:
    found = recognised(_half(Encoding.TCVN3), {"Người/đơn vị đóng góp": "tcvn3"})
    assert _column(found, 1) == NAMES
    assert found.sheets[0].faults == {}


@pytest.mark.parametrize(
    ("old", "right"),
    [
        (Encoding.VNI, ["Công ty TNHH Microsoft", "Lê Văn Tân", "ông Hoàng", "Bê tông"]),
        (Encoding.TCVN3, ["Hà", "Lê Hà", "ông Hoàng"]),
    ],
)
def test_a_chosen_encoding_leaves_cells_that_read_better_as_they_are(old: Encoding, right: list[str]) -> None:
    found = recognised(_sheet([*right, *(encode(name, old) for name in NAMES)]), {HEADINGS[1]: old.value})
    assert _column(found, 1) == [*right, *NAMES]


@pytest.mark.parametrize("old", [Encoding.TCVN3, Encoding.VNI])
def test_a_mixed_column_says_which_encoding_it_may_be(old: Encoding) -> None:
    assert [one.likely for one in recognised(_half(old)).old_columns] == [old.value]


def test_a_name_gets_back_the_capital_that_its_encoding_has_no_sign_for() -> None:
    names = ["Nguyễn Văn Ánh", "Bà Ỷ Lan", *NAMES]
    typed = [name.replace("Á", "á").replace("Ỷ", "ỷ") for name in names]
    found = recognised(_sheet([encode(name, Encoding.TCVN3) for name in typed]))
    assert _column(found, 1) == names


def test_only_names_of_people_get_a_capital_back() -> None:
    notes = ["Ngõ ấm", "Bếp ăn ấm", "Góp cho tổ dân phố số 12", "Đã nộp tại nhà văn hóa"]
    book = _sheet(
        [encode(name, Encoding.TCVN3) for name in NAMES], [encode(note, Encoding.TCVN3) for note in notes]
    )
    assert _column(recognised(book), 4)[: len(notes)] == notes


def test_the_clerk_may_say_that_it_is_unicode() -> None:
    book = _sheet([encode(name, Encoding.VNI) for name in NAMES])
    found = recognised(book, {"Đóng góp!nguoi/don vi dong gop": "unicode"})
    assert _column(found, 1) == _column(book, 1)
    assert [(one.encoding, one.by) for one in found.old_columns] == [("unicode", "clerk")]


def test_a_column_that_is_not_there_cannot_be_chosen() -> None:
    with pytest.raises(UnreadableWorkbookError, match="no_such_column"):
        recognised(_sheet(NAMES), {"Họ tên vợ": "vni"})


def test_decomposed_unicode_is_told() -> None:
    found = recognised(_sheet([unicodedata.normalize("NFD", name) for name in NAMES]))
    assert found.old_columns[0].encoding == "nfd"
    assert found.old_columns[0].samples[0][1] == NAMES[0]


# --- fonts


def _with_fonts(file: Path, cells: Sequence[tuple[str, str]]) -> Path:
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("Đóng góp")
    sheet.write_row(0, 0, HEADINGS)
    for row, (text, font) in enumerate(cells, start=1):
        sheet.write_row(row, 0, [f"MH{row}", "", "Tiền mặt", 1000])
        sheet.write_string(row, 1, text, book.add_format({"font_name": font}))
    book.close()
    return file


def test_a_font_of_capitals_gives_capitals(tmp_path: Path) -> None:
    cells = [(encode(name.lower(), Encoding.TCVN3), ".VnTimeH") for name in NAMES]
    found = read_workbook(_with_fonts(tmp_path / "a.xlsx", cells))
    assert _column(found, 1) == [name.upper() for name in NAMES]
    assert found.old_columns[0].by == "font"


def test_a_font_tells_where_the_text_is_too_short(tmp_path: Path) -> None:
    assert _column(read_workbook(_with_fonts(tmp_path / "a.xlsx", [("Toå 12", "VNI-Times")])), 1) == ["Tổ 12"]


def test_right_unicode_in_an_old_font_stays(tmp_path: Path) -> None:
    cells = [(name, ".VnTime") for name in NAMES]
    assert _column(read_workbook(_with_fonts(tmp_path / "a.xlsx", cells)), 1) == NAMES


def test_fonts_tell_the_cells_of_a_mixed_column_apart(tmp_path: Path) -> None:
    cells = [
        (name, "Times New Roman") if place % 2 else (encode(name, Encoding.TCVN3), ".VnTime")
        for place, name in enumerate(NAMES)
    ]
    found = read_workbook(_with_fonts(tmp_path / "a.xlsx", cells))
    assert _column(found, 1) == NAMES
    assert found.sheets[0].faults == {}


# --- headings, names of sheets, files of one byte a letter


@pytest.mark.parametrize("old", [Encoding.TCVN3, Encoding.VNI])
def test_a_whole_workbook_in_an_old_encoding_is_read(old: Encoding, tmp_path: Path) -> None:
    rows = [HEADINGS, *([f"MH{n}", name, "Tiền mặt", "500.000", NOTES[0]] for n, name in enumerate(NAMES))]
    old_rows = [[encode(cell, old) for cell in row] for row in rows]
    file = save(tmp_path / "a.xlsx", {encode("Đóng góp", old): old_rows})
    found = read_workbook(file)
    assert found.sheets[0].name == "Đóng góp"
    assert _column(found, 1) == NAMES
    assert set(_column(found, 2)) == {"Tiền mặt"}


@pytest.mark.parametrize("divider", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258", "tcvn3", "vni"])
def test_a_text_file_in_any_encoding_is_read(divider: str, encoding: str, tmp_path: Path) -> None:
    lines = [HEADINGS, *([f"MH{n}", name, "Tiền mặt", "500000", NOTES[0]] for n, name in enumerate(NAMES))]
    text = "\r\n".join(divider.join(line) for line in lines)
    file = tmp_path / "Dong gop.csv"
    file.write_bytes(_bytes(text, encoding))
    found = read_workbook(file)
    assert found.sheets[0].name == "Đóng góp"
    assert [unicodedata.normalize("NFC", str(cell)) for cell in _column(found, 1)] == NAMES


def _bytes(text: str, encoding: str) -> bytes:
    if encoding in ("tcvn3", "vni"):
        return encode(text, Encoding(encoding)).encode("latin-1")
    if encoding == "cp1258":
        return "".join(_for_1258(c) for c in text).encode("cp1258")
    return text.encode(encoding)


def _for_1258(letter: str) -> str:
    """Windows-1258 has some letters whole, and else the tone behind the letter."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return letter
