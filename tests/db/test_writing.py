"""The one way to write: what lands in rows, journal and index, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from db import Book, ValueRefusedError
from db import operations as log
from db.errors import UnknownRecordError
from db.history import Entry
from db.writing import StillReferredError, Writing
from tests.support.books import NOON, add_contribution, add_model, add_registration


@pytest.fixture
def model(book: Book) -> str:
    """A model."""
    with book.writing("an") as write:
        return add_model(write, title="Đường hoa", goal="sạch")


def _count(book: Book) -> int:
    return int(book.connection.execute("SELECT count(*) FROM operation").fetchone()[0])


def _last(book: Book, record: str) -> Entry:
    return book.history(record)[-1]


# -- adding


def test_one_operation_makes_one_record(book: Book) -> None:
    before = _count(book)
    with book.writing("an") as write:
        add_model(write, title="Đường hoa", households=12)
    assert _count(book) == before + 1


def test_unstated_values_are_not_told(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write, goal=None)
    assert "goal" not in [change.field for change in _last(book, made).changes]


def test_many_come_in_order(book: Book) -> None:
    with book.writing("an") as write:
        made = write.add_many("model", [{"code": f"MH{n}", "title": "x"} for n in range(2_500)])
    assert [record.id for record in book.find("model")] == made


def test_a_record_can_be_read_in_the_same_write(book: Book) -> None:
    with book.writing("an") as write:
        made = add_model(write)
        assert write.found("model", made)[1]["code"] == "MH01"


@pytest.mark.parametrize("values", [{"title": 5}, {"nobody": "x"}, {"started_on": "hôm qua"}, {"title": ""}])
def test_a_value_that_does_not_fit_is_refused(book: Book, values: dict[str, Any]) -> None:
    with pytest.raises(ValueRefusedError), book.writing("an") as write:
        write.add("model", values)


def test_a_refused_value_takes_the_whole_write_back(book: Book) -> None:
    before = book.digest()
    with pytest.raises(ValueRefusedError), book.writing("an") as write:
        add_model(write)
        write.add("model", {"title": 5})
    assert book.digest() == before


def test_a_refusal_that_was_dealt_with_takes_nothing_back(book: Book) -> None:
    with book.writing("an") as write:
        with pytest.raises(ValueRefusedError):
            write.add("model", {"title": 5})
        add_model(write)
    assert book.count("model") == 1


# -- batches


def test_all_of_one_write_is_one_batch(book: Book) -> None:
    with book.writing("an", act="import", title="Danh sách.xlsx") as write:
        made = [add_model(write, code) for code in ("MH1", "MH2")]
    assert {_last(book, record).batch for record in made} == {write.batch.id}


def test_a_batch_tells_who_when_how_and_what(book: Book) -> None:
    with book.writing("bình", act="import", title="Danh sách.xlsx") as write:
        made = add_model(write)
    entry = _last(book, made)
    assert (entry.actor, entry.act, entry.title) == ("bình", "import", "Danh sách.xlsx")
    assert entry.at == NOON.isoformat(timespec="seconds")


def test_the_latest_batches_come_first(book: Book) -> None:
    for title in ("một", "hai"):
        with book.writing("an", title=title) as write:
            add_model(write, title)
    assert [batch.title for batch, _ in book.batches(2)] == ["hai", "một"]


def test_the_write_tells_what_it_changed(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.change("model", model, {"goal": "đẹp"})
        part = add_contribution(write, model)
    assert write.changed == [("model", model), ("contribution", part)]


# -- changing


def test_only_what_really_changes_is_told(book: Book, model: str) -> None:
    with book.writing("an") as write:
        assert write.change("model", model, {"title": "Đường hoa", "goal": "đẹp"})
    assert [(c.field, c.before, c.after) for c in _last(book, model).changes] == [("goal", "sạch", "đẹp")]


def test_a_change_that_changes_nothing_is_none(book: Book, model: str) -> None:
    before = _count(book)
    with book.writing("an") as write:
        assert not write.change("model", model, {"title": "Đường hoa"})
    assert _count(book) == before


def test_the_same_text_typed_in_pieces_is_no_change(book: Book, model: str) -> None:
    with book.writing("an") as write:
        assert not write.change("model", model, {"title": "Đường hoa".replace("ờ", "ơ\u0300")})


def test_a_value_can_be_taken_away(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.change("model", model, {"goal": None})
    assert book.get("model", model)["goal"] is None


def test_changes_of_one_write_build_on_each_other(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.change("model", model, {"goal": "hai"})
        write.change("model", model, {"goal": "ba"})
    assert [(c.before, c.after) for e in book.history(model)[1:] for c in e.changes] == [
        ("sạch", "hai"), ("hai", "ba"),
    ]  # fmt: skip


def test_a_change_says_what_it_replaces(book: Book, model: str) -> None:
    for goal in ("hai", "ba"):
        with book.writing("an") as write:
            write.change("model", model, {"goal": goal})
    first, second, third = log.operations_of_record(book.connection, model)
    assert second.changes["goal"].replaces == (first.head,)
    assert third.changes["goal"].replaces == (second.head,)


def test_a_value_first_stated_later_replaces_nothing(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.change("model", model, {"notes": "mới"})
    assert log.operations_of_record(book.connection, model)[-1].changes["notes"].replaces == ()


@pytest.mark.parametrize("record", ["nobody.1", "x"])
def test_what_is_not_there_cannot_be_changed(book: Book, record: str) -> None:
    with pytest.raises(UnknownRecordError), book.writing("an") as write:
        write.change("model", record, {"title": "x"})


# -- removing


def test_what_is_removed_lies_in_the_bin(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.remove("model", model)
    assert [record.id for record in book.bin()] == [model]


def test_its_parts_go_with_a_record(book: Book, model: str) -> None:
    with book.writing("an") as write:
        part = add_registration(write, model)
    with book.writing("an") as write:
        assert set(write.remove("model", model)) == {("model", model), ("registration", part)}
    assert book.count("registration") == 0


def test_many_parts_go_quickly(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.add_many("contribution", [{"model": model, "kind": "cash"}] * 600)
    with book.writing("an") as write:
        assert len(write.remove("model", model)) == 601


def test_what_others_refer_to_stays(book: Book, model: str) -> None:
    with book.writing("an") as write:
        other = add_model(write, "MH02", replicated_from=model)
    with pytest.raises(StillReferredError) as refused, book.writing("an") as write:
        write.remove("model", model)
    assert refused.value.by == (("model", other),)
    assert book.get("model", model).removed is None


def test_what_goes_together_may_refer_to_each_other(book: Book, model: str) -> None:
    with book.writing("an") as write:
        activity = write.add("activity", {"model": model, "kind": "meeting"})
        add_contribution(write, model, activity=activity)
    with book.writing("an") as write:
        assert len(write.remove("model", model)) == 3


def test_the_office_itself_cannot_be_removed(book: Book) -> None:
    with pytest.raises(StillReferredError), book.writing("an") as write:
        write.remove("org_unit", book.own_unit())


def test_removing_twice_is_removing_once(book: Book, model: str) -> None:
    with book.writing("an") as write:
        write.remove("model", model)
    before = _count(book)
    with book.writing("an") as write:
        write.remove("model", model)
    assert _count(book) == before


# -- marking many


def _mark(book: Book, ids: list[str], how: str | None) -> Writing:
    with book.writing("an") as write:
        write.mark_many("model", [write.found("model", record) for record in ids], how)
    return write


def test_marking_many_is_marking_each(book: Book) -> None:
    with book.writing("an") as write:
        ids = [add_model(write, f"MH{n}", title=f"Vườn {n}") for n in range(3)]
    _mark(book, ids[:2], "bin")
    assert [record.id for record in book.bin()] == ids[:2]
    assert [hit.record.id for hit in book.search("vườn")] == ids[2:]


def test_unmarking_many_is_unmarking_each(book: Book) -> None:
    with book.writing("an") as write:
        ids = [add_model(write, f"MH{n}", title=f"Vườn {n}") for n in range(3)]
    before = book.digest()
    _mark(book, ids, "bin")
    _mark(book, ids, None)
    assert book.digest() == before
    assert len(book.search("vườn")) == 3


def test_a_mark_replaces_the_mark_before_it(book: Book, model: str) -> None:
    _mark(book, [model], "bin")
    _mark(book, [model], None)
    _first, removed, back = log.operations_of_record(book.connection, model)
    assert back.changes["removed"].replaces == (removed.head,)
