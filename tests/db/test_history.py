"""The journal as a clerk reads it: what happened to a record, what is disputed, what lies in the bin."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Book
from db.errors import UnknownRecordError
from db.history import Conflict
from tests.support.books import NOON, Template, add_contribution, add_model, add_registration, give, meet
from tests.support.undoing import bring_in, edit, remove

Two = tuple[Book, Book]


@pytest.fixture
def model(book: Book) -> str:
    """A model that was imported and then edited by two people."""
    with book.writing("an", act="import", title="Danh sách.xlsx") as write:
        made = add_model(write, title="Đường hoa", goal="sạch")
    edit(book, made, goal="sạch và đẹp")
    edit(book, made, actor="bình", notes="xem lại")
    return made


# -- what happened


def test_a_history_is_told_from_its_beginning(book: Book, model: str) -> None:
    told = [(entry.actor, entry.act) for entry in book.history(model)]
    assert told == [("an", "import"), ("an", "edit"), ("bình", "edit")]


def test_an_entry_tells_before_and_after(book: Book, model: str) -> None:
    (change,) = book.history(model)[1].changes
    assert (change.field, change.before, change.after) == ("goal", "sạch", "sạch và đẹp")


def test_an_entry_tells_when_by_that_clock(book: Book, model: str) -> None:
    assert {entry.at for entry in book.history(model)} == {NOON.isoformat(timespec="seconds")}


def test_an_entry_can_be_taken_back_by_its_batch(book: Book, model: str) -> None:
    book.undo("an", book.history(model)[2].batch)
    assert book.get("model", model)["notes"] is None


def test_an_undo_is_part_of_the_history(book: Book, model: str) -> None:
    book.undo("an")
    assert book.history(model)[-1].act == "undo"


def test_a_record_nobody_wrote_has_no_history(book: Book) -> None:
    assert book.history("nobody.1") == []


def test_the_last_act_of_each_field_is_told(book: Book, model: str) -> None:
    acts = book.last_acts(model)
    assert (acts["title"], acts["goal"], acts["notes"]) == ("import", "edit", "edit")


def test_a_value_taken_back_is_by_an_undo(book: Book, model: str) -> None:
    book.undo("an")
    assert book.last_acts(model)["goal"] == "undo"


def test_what_happened_elsewhere_is_told_with_its_place(two: Two) -> None:
    here, there = two
    with here.writing("an") as write:
        made = add_model(write)
    give(here, there)
    edit(there, made, actor="bình", goal="x")
    give(there, here)
    first, second = here.history(made)
    assert (second.actor, second.at[:4], first.site != second.site) == ("bình", "1999", True)


# -- the bin


def test_the_bin_holds_what_was_removed_and_its_parts(book: Book) -> None:
    _batch, models, parts = bring_in(book, 2)
    remove(book, models[1])
    assert {record.id for record in book.bin()} == {models[1], parts[1], parts[3]}


def test_what_an_undo_took_away_never_was(book: Book) -> None:
    batch, _models, _parts = bring_in(book, 2)
    book.undo("an", batch)
    assert book.bin() == []


# -- disputes


def _model_on_both(here: Book, there: Book) -> str:
    with here.writing("an") as write:
        made = add_model(write, goal="trước")
        add_contribution(write, made)
    give(here, there)
    return made


def _only(book: Book) -> Conflict:
    (found,) = book.conflicts()
    return found


def test_a_dispute_shows_both_values_and_what_was_before(two: Two) -> None:
    here, there = two
    made = _model_on_both(here, there)
    edit(here, made, goal="của An")
    edit(there, made, actor="bình", goal="của Bình")
    meet(here, there)
    found = _only(here)
    sides = {(side.value, side.actor) for side in found.sides}
    assert (found.kind, found.before, sides) == (
        "field", "trước", {("của An", "an"), ("của Bình", "bình")},
    )  # fmt: skip


def test_three_values_are_three_sides(two: Two, template: Template, tmp_path: Path) -> None:
    here, there = two
    made = _model_on_both(here, there)
    with template.copy_to(tmp_path / "three.danvan") as third:
        give(here, third)
        for book, goal in ((here, "một"), (there, "hai"), (third, "ba")):
            edit(book, made, goal=goal)
        meet(here, there, third)
        assert {side.value for side in _only(third).sides} == {"một", "hai", "ba"}


def test_a_disputed_removal_shows_who_removed_and_who_edited(two: Two) -> None:
    here, there = two
    made = _model_on_both(here, there)
    remove(here, made)
    edit(there, made, actor="bình", goal="mới")
    meet(here, there)
    removal = next(one for one in there.conflicts() if one.record.id == made)
    told = [(side.value, side.actor) for side in removal.sides]
    assert told == [("bin", "an"), (None, "bình")]


def test_the_later_arrival_of_the_removal_shows_the_same_sides(two: Two) -> None:
    here, there = two
    made = _model_on_both(here, there)
    remove(here, made)
    edit(there, made, actor="bình", goal="mới")
    meet(here, there)
    assert _told(here, made) == _told(there, made)


def _told(book: Book, record: str) -> list[tuple[object, str, str]]:
    found = next(one for one in book.conflicts() if one.record.id == record)
    return [(side.value, side.actor, side.record) for side in found.sides]


def test_a_removal_disputed_by_a_part_names_the_part(two: Two) -> None:
    here, there = two
    made = _model_on_both(here, there)
    part = here.find("contribution")[0].id
    remove(here, made)
    with there.writing("bình") as write:
        write.change("contribution", part, {"amount_vnd": 1})
    meet(here, there)
    assert _told(here, made)[1] == (None, "bình", part)


def test_a_removal_disputed_by_a_restoring_shows_both(two: Two) -> None:
    here, there = two
    with here.writing("an") as write:
        made = add_model(write)
    give(here, there)
    remove(here, made)
    here.restore("an", made)
    with there.writing("bình") as write:
        write.remove("model", made)
    meet(here, there)
    assert [(value, actor) for value, actor, _record in _told(here, made)] == [("bin", "bình"), (None, "an")]


# -- equal keys


def test_two_records_with_one_code_may_be_one(two: Two) -> None:
    here, there = two
    for book, title in ((here, "của An"), (there, "của Bình")):
        with book.writing("an") as write:
            add_model(write, "MH07", title=title)
    meet(here, there)
    found = _only(here)
    assert (found.kind, found.field) == ("same_key", "code")
    assert {side.value for side in found.sides} == {"của An", "của Bình"}


@pytest.mark.parametrize("way", ["remove", "rename"])
def test_equal_keys_are_settled_by_either_way(two: Two, way: str) -> None:
    here, there = two
    ids = []
    for book in two:
        with book.writing("an") as write:
            ids.append(add_model(write, "MH07"))
    meet(here, there)
    if way == "remove":
        remove(here, ids[1])
    else:
        edit(here, ids[1], code="MH08")
    meet(here, there)
    assert [book.conflicts() for book in two] == [[], []]


def test_a_key_of_several_fields_is_equal_in_all_of_them(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write)
        add_registration(write, made, year=2024)
        add_registration(write, made, year=2025)
        add_registration(write, made, year=2025, line="women")
    assert book.conflicts() == []
    with book.writing("an") as write:
        add_registration(write, made, year=2025)
    assert [found.record.type for found in book.conflicts()] == ["registration"]


def test_unstated_keys_are_not_equal(book: Book) -> None:
    with book.writing("an") as write:
        for _ in range(2):
            write.add("model", {"title": "không mã"})
    assert book.conflicts() == []


def test_what_is_not_there_is_told_as_such(book: Book) -> None:
    with pytest.raises(UnknownRecordError):
        book.get("contribution", "nobody.1")
