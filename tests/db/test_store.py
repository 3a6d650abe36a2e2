"""Records in and out of their tables: round trip, filters, order, pages."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import RECORD_TYPES, SCALE, Book, Field, Kind, Value, store
from db.errors import UnknownRecordError
from db.records.definition import STORED_AS_INTEGER
from tests.support.books import Template, add_contribution, add_model, add_registration

_WHOLE = st.integers(-(2**63), 2**63 - 1)
_TEXT = st.text(min_size=1).map(lambda text: unicodedata.normalize("NFC", text))
_TITLES = (
    "Tuyến đường hoa", "Đèn đường", "An ninh", "Ánh sáng", "Ao cá", "Bếp ăn", "Cây xanh", "Y tế", "Ô", "Ơ",
)  # fmt: skip
_DAYS = st.dates().map(lambda day: day.isoformat())


@pytest.fixture
def models(book: Book) -> list[str]:
    """Ten models; every second one is about something, the fifth is in the bin."""
    with book.writing("an") as write:
        ids = [
            add_model(write, f"MH{at}", title=title, households=at % 3 or None, goal="có" if at % 2 else None)
            for at, title in enumerate(_TITLES, 1)
        ]
    with book.writing("an") as write:
        write.remove("model", ids[4])
    return ids


def _titles(found: list[store.Record]) -> list[Value]:
    return [record["title"] for record in found]


# -- round trip


def _values_of(field: Field) -> st.SearchStrategy[Value]:
    if field.kind in STORED_AS_INTEGER:
        return _WHOLE
    return _DAYS if field.kind is Kind.DATE else _TEXT


_RECORDS: st.SearchStrategy[tuple[str, dict[str, Value]]] = st.sampled_from(sorted(RECORD_TYPES)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.fixed_dictionaries({}, optional={f.name: _values_of(f) for f in RECORD_TYPES[name].fields}),
    )
)


@given(_RECORDS)
def test_every_value_comes_back_as_it_was_given(shared: Book, record: tuple[str, dict[str, Value]]) -> None:
    name, values = record
    with shared.writing("an") as write:
        made = write.add(name, values)
    assert shared.get(name, made).values == {**dict.fromkeys(RECORD_TYPES[name].columns), **values}


@given(_RECORDS)
def test_the_journal_tells_the_same_values(shared: Book, record: tuple[str, dict[str, Value]]) -> None:
    name, values = record
    with shared.writing("an") as write:
        made = write.add(name, values)
    (entry,) = shared.history(made)
    assert {change.field: change.after for change in entry.changes} == values


def test_text_is_kept_in_one_form(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write, title=unicodedata.normalize("NFD", "Đường hoa"))
    assert book.get("model", made)["title"] == "Đường hoa"


def test_zero_is_not_unstated(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write, households=0)
    record = book.get("model", made)
    assert (record["households"], record["people"]) == (0, None)


def test_a_quantity_is_whole(book: Book) -> None:
    with book.writing("an") as write:
        made = add_contribution(write, add_model(write), quantity=3 * SCALE // 2)
    assert book.get("contribution", made)["quantity"] == 15_000


def test_a_record_is_known_by_its_title(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write, title="Đường hoa")
    assert book.get("model", made).title == "Đường hoa"


def test_a_record_without_a_title_has_an_empty_one(book: Book) -> None:
    with book.writing("an") as write:
        made = write.add("activity", {"kind": "meeting"})
    assert book.get("activity", made).title == ""


def test_an_unknown_record_is_told(book: Book) -> None:
    with pytest.raises(UnknownRecordError):
        book.get("model", "nobody.1")


def test_a_type_nobody_declared_is_a_mistake_of_the_program(book: Book) -> None:
    with pytest.raises(KeyError):
        book.find("models")


# -- filters


def test_only_live_records_are_found(book: Book, models: list[str]) -> None:
    assert models[4] not in [record.id for record in book.find("model")]


def test_a_removed_record_can_still_be_looked_at(book: Book, models: list[str]) -> None:
    assert book.get("model", models[4]).removed == "bin"


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({}, 9),
        ({"households": 1}, 4),
        ({"households": None}, 3),
        ({"households": [1, 2]}, 6),
        ({"households": (1, None)}, 7),
        ({"households": [None]}, 3),
        ({"households": []}, 0),
        ({"households": 1, "goal": "có"}, 2),
        ({"title": "' OR 1=1 --"}, 0),
    ],
)
def test_conditions_are_joined(book: Book, models: list[str], where: Any, count: int) -> None:
    assert models
    assert len(book.find("model", where)) == book.count("model", where) == count


def test_a_record_is_found_by_its_id(book: Book, models: list[str]) -> None:
    assert [record.id for record in book.find("model", {"id": models[2]})] == [models[2]]


def test_a_field_nobody_declared_is_never_put_into_a_statement(book: Book) -> None:
    with pytest.raises(KeyError):
        book.find("model", {"1=1 OR title": "x"})


# -- order and pages


def test_without_order_records_come_as_they_arrived(book: Book, models: list[str]) -> None:
    assert [record.id for record in book.find("model")] == [*models[:4], *models[5:]]


def test_names_are_ordered_as_in_a_dictionary(book: Book, models: list[str]) -> None:
    assert models
    first, *_, last = found = _titles(book.find("model", order="title"))
    assert (first, last) == ("An ninh", "Y tế")
    assert found[1:-1] == ["Ánh sáng", "Bếp ăn", "Cây xanh", "Đèn đường", "Ô", "Ơ", "Tuyến đường hoa"]


def test_codes_are_ordered_by_their_numbers(book: Book, models: list[str]) -> None:
    assert models
    codes = [record["code"] for record in book.find("model", order="code")]
    assert codes[-2:] == ["MH9", "MH10"]


def test_people_are_ordered_by_given_name(book: Book) -> None:
    with book.writing("an") as write:
        for name in ("Trần Văn Bình", "Nguyễn Thị An", "Lê Đức Anh"):
            write.add("person", {"full_name": name})
        write.add("person", {"full_name": "Y Moan Êban", "sort_name": "Ađrơng"})
    names = [record["full_name"] for record in book.find("person", order="full_name")]
    assert names == ["Y Moan Êban", "Nguyễn Thị An", "Lê Đức Anh", "Trần Văn Bình"]


def test_downwards_is_upwards_reversed(book: Book, models: list[str]) -> None:
    assert models
    up, down = book.find("model", order="title"), book.find("model", order="-title")
    assert _titles(down) == _titles(up)[::-1]


def test_a_field_without_sort_key_orders_by_its_value(book: Book, models: list[str]) -> None:
    assert models
    found = [record["households"] for record in book.find("model", order="households")]
    assert found == [None, None, None, 1, 1, 1, 1, 2, 2]


def test_a_limit_takes_the_first(book: Book, models: list[str]) -> None:
    assert models
    assert _titles(book.find("model", order="title", limit=2)) == ["An ninh", "Ánh sáng"]


def test_row_numbers_come_in_the_order_of_the_records(book: Book, models: list[str]) -> None:
    assert models
    numbers = book.row_numbers("model", order="title")
    pages = book.by_row_number("model", ["title"], numbers)
    assert [pages[number][0] for number in numbers] == _titles(book.find("model", order="title"))


def test_a_page_is_any_part_of_the_row_numbers(book: Book, models: list[str]) -> None:
    assert models
    numbers = book.row_numbers("model", order="title")
    page = book.by_row_number("model", ["id", "title"], numbers[3:6])
    assert [page[number][1] for number in numbers[3:6]] == ["Cây xanh", "Đèn đường", "Ô"]


def test_a_row_that_is_gone_is_left_out(book: Book, models: list[str]) -> None:
    assert models
    assert book.by_row_number("model", ["title"], [1, 4711]).keys() == {1}


def test_row_numbers_can_be_narrowed_by_words(book: Book, models: list[str]) -> None:
    found = book.row_numbers("model", order="title", text="duong")
    ids = book.by_row_number("model", ["id"], found)
    assert [ids[number][0] for number in found] == [models[1], models[0]]


@pytest.mark.parametrize("text", ["", "  ", None])
def test_no_words_narrow_nothing(book: Book, models: list[str], text: str | None) -> None:
    assert models
    assert len(book.row_numbers("model", text=text)) == 9


def test_words_nobody_wrote_leave_nothing(book: Book, models: list[str]) -> None:
    assert models
    assert len(book.row_numbers("model", text="...")) == 0


def test_rows_give_the_chosen_fields(book: Book, models: list[str]) -> None:
    rows = list(book.rows("model", ["id", "households"], {"households": 2}))
    assert rows == [(models[1], 2), (models[7], 2)]


def test_many_rows_are_fetched_in_parts(book: Book) -> None:
    with book.writing("an") as write:
        write.add_many("model", [{"code": f"MH{number}", "title": "x"} for number in range(1_200)])
    numbers = book.row_numbers("model")
    assert len(book.by_row_number("model", ["code"], numbers)) == 1_200


# -- who refers to whom


def test_parts_are_what_belongs_to_a_record(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        wanted = {add_registration(write, model), add_contribution(write, model)}
        add_model(write, "MH02", replicated_from=model)
    assert {found for _, found in store.parts(book.connection, "model", model)} == wanted


def test_referring_is_everything_that_names_a_record(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        wanted = {add_registration(write, model), add_model(write, "MH02", replicated_from=model)}
    assert {found for _, found in store.referring(book.connection, "model", model)} == wanted


def test_references_to_many_are_found_at_once(book: Book) -> None:
    with book.writing("an") as write:
        first, second = add_model(write), add_model(write, "MH02")
        wanted = {(add_registration(write, first), first), (add_contribution(write, second), second)}
    assert set(store.references_to(book.connection, "model", [first, second])) == wanted


def test_what_is_removed_refers_to_nothing(book: Book) -> None:
    with book.writing("an") as write:
        model = add_model(write)
        part = add_contribution(write, model)
    with book.writing("an") as write:
        write.remove("contribution", part)
    assert list(store.referring(book.connection, "model", model)) == []


def test_the_digest_does_not_ask_in_which_order_records_came(template: Template, tmp_path: Path) -> None:
    with template.copy_to(tmp_path / "one.danvan") as one, template.copy_to(tmp_path / "two.danvan") as two:
        with one.writing("an") as write:
            add_model(write)
        with two.writing("bình") as write:
            add_model(write, "MH02")
        lines = [list(book.operations_after({})) for book in (one, two)]
        one.receive(lines[1])
        two.receive(lines[0])
        assert one.digest() == two.digest()


@pytest.mark.parametrize("change", [{"title": "khác"}, {"households": 0}, {"goal": "x"}])
def test_the_digest_changes_with_every_value(book: Book, change: dict[str, Value]) -> None:
    with book.writing("an") as write:
        model = add_model(write)
    before = book.digest()
    with book.writing("an") as write:
        write.change("model", model, change)
    assert book.digest() != before
