"""The data key and its slots: what opens them, and what is refused."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import keys
from db.errors import KeysMissingError, WeakPasswordError, WrongPasswordError
from db.keys import ACCOUNT, RECOVERY, Cost, KeyRing, Slot

KEY = bytes(range(32))
PASSWORD = "Mật khẩu của tổ 5"
CODE = keys.new_recovery_code()
OTHER = "mật khẩu của Bình"


@pytest.fixture(scope="module")
def ring() -> KeyRing:
    """Two accounts and a recovery sheet, all opening one key."""
    empty = KeyRing("book", (keys.wrap(KEY, "book", "recovery", RECOVERY, CODE),))
    return keys.with_password(keys.with_password(empty, KEY, "bình", OTHER), KEY, "an", PASSWORD)


def _slot(ring: KeyRing, name: str) -> Slot:
    return next(slot for slot in ring.slots if slot.name == name)


def _only(ring: KeyRing, slot: Slot) -> KeyRing:
    """A ring of this slot alone, as somebody who has the key would have sealed it."""
    return keys.sealed(replace(ring, slots=(slot,)), KEY)


def test_a_password_opens_the_key(ring: KeyRing) -> None:
    assert keys.unlock(ring, PASSWORD)[0] == KEY


def test_the_slot_that_opened_is_told(ring: KeyRing) -> None:
    assert keys.unlock(ring, OTHER)[1].name == "bình"


def test_a_wrong_password_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unlock(ring, PASSWORD + ".")


def test_a_password_typed_in_pieces_opens(ring: KeyRing) -> None:
    assert keys.unlock(ring, unicodedata.normalize("NFD", PASSWORD))[0] == KEY


def test_the_recovery_code_opens(ring: KeyRing) -> None:
    assert keys.unlock(ring, CODE)[1].kind == RECOVERY


def test_the_recovery_code_opens_as_people_type_it(ring: KeyRing) -> None:
    typed = CODE.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert keys.unlock(ring, f" {typed} ")[0] == KEY


@pytest.mark.parametrize(
    "cost",
    [Cost(time_cost=1), Cost(memory_cost=1024), Cost(parallelism=0)],
    ids=["passes", "memory", "lanes"],
)
def test_a_weakened_slot_is_refused(ring: KeyRing, cost: Cost) -> None:
    weak = keys.wrap(KEY, "book", "an", ACCOUNT, PASSWORD, replace(cost, parallelism=cost.parallelism or 1))
    with pytest.raises(WrongPasswordError):
        keys.unlock(_only(ring, replace(weak, cost=cost)), PASSWORD)


@pytest.mark.parametrize("cost", [Cost(time_cost=21), Cost(memory_cost=3 << 20), Cost(parallelism=9)])
def test_a_slot_may_not_ask_for_more_than_a_small_pc_has(ring: KeyRing, cost: Cost) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unlock(_only(ring, replace(_slot(ring, "an"), cost=cost)), PASSWORD)


def test_a_slot_with_another_cost_than_it_was_made_with_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unwrap(replace(_slot(ring, "an"), cost=Cost(time_cost=4)), "book", PASSWORD)


def test_a_slot_under_another_name_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unwrap(replace(_slot(ring, "bình"), name="an"), "book", OTHER)


def test_a_slot_of_another_kind_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unwrap(replace(_slot(ring, "an"), kind=RECOVERY), "book", PASSWORD)


def test_a_slot_of_another_book_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unwrap(_slot(ring, "an"), "another book", PASSWORD)


def test_the_key_of_one_slot_in_another_is_refused(ring: KeyRing) -> None:
    swapped = replace(_slot(ring, "an"), wrapped=_slot(ring, "bình").wrapped)
    with pytest.raises(WrongPasswordError):
        keys.unwrap(swapped, "book", PASSWORD)


def test_a_tampered_seal_is_refused(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unlock(replace(ring, seal=ring.seal[::-1]), PASSWORD)


def test_a_slot_taken_away_is_noticed(ring: KeyRing) -> None:
    left = tuple(slot for slot in ring.slots if slot.name != "bình")
    with pytest.raises(WrongPasswordError):
        keys.unlock(replace(ring, slots=left), PASSWORD)


def test_a_new_password_replaces_the_old_one(ring: KeyRing) -> None:
    with pytest.raises(WrongPasswordError):
        keys.unlock(keys.with_password(ring, KEY, "an", "mật khẩu mới"), PASSWORD)


def test_a_new_password_leaves_the_others(ring: KeyRing) -> None:
    changed = keys.with_password(ring, KEY, "an", "mật khẩu mới")
    assert keys.unlock(changed, OTHER)[0] == KEY


@pytest.mark.parametrize("password", ["", "1234567", "e\u0302" * 7])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        keys.check_password(password)


def test_eight_characters_are_enough() -> None:
    keys.check_password("12345678")


def test_every_data_key_is_another() -> None:
    assert keys.new_key() != keys.new_key()


def test_derived_keys_differ_by_their_purpose() -> None:
    assert len({KEY, keys.derive(KEY, "photos"), keys.derive(KEY, "thumbs")}) == 3


# -- the recovery code


@given(st.integers(0, 38), st.sampled_from("23456789ABCDEFGHJKMNPQRSTWXYZ"))
def test_a_mistyped_recovery_code_is_noticed(place: int, letter: str) -> None:
    typed = CODE[:place] + letter + CODE[place + 1 :]
    if CODE[place] not in f"-{letter}":
        assert keys.recovery_typed(typed) == typed


@given(st.data())
def test_a_recovery_code_has_one_form(data: st.DataObject) -> None:
    ways = {"0": "0oO", "1": "1iIlL", "V": "vVuU", "-": [" ", "", "-", "."]}
    typed = "".join(data.draw(st.sampled_from(list(ways.get(c, c + c.lower())))) for c in CODE)
    assert keys.recovery_typed(typed) == CODE


def test_a_password_is_left_as_it_was_typed() -> None:
    assert keys.recovery_typed("mật khẩu il0") == "mật khẩu il0"


def test_the_last_group_is_what_is_typed_back() -> None:
    assert keys.last_group("AAAA-BBBB-CCCC") == "CCCC"


# -- the file


def _change(path: Path, change: Callable[[dict[str, object]], None], *, honest: bool) -> None:
    data = json.loads(path.read_text())
    change(data)
    if honest:
        data.pop("sum")
        data["sum"] = keys.checksum(data)
    path.write_text(json.dumps(data))


@pytest.fixture
def book(tmp_path: Path, ring: KeyRing) -> Path:
    """Where a book would be; its keys are beside it."""
    keys.write_ring(tmp_path / "so.danvan", ring)
    return tmp_path / "so.danvan"


def test_a_ring_is_read_as_it_was_written(book: Path, ring: KeyRing) -> None:
    assert keys.read_ring(book) == ring


def test_the_password_is_not_in_the_file(book: Path) -> None:
    assert PASSWORD not in keys.key_files(book)[0].read_text()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"format": 1}', b'{"sum": ""}']
)
def test_the_second_copy_counts_when_the_first_is_broken(book: Path, ring: KeyRing, content: bytes) -> None:
    keys.key_files(book)[0].write_bytes(content)
    assert keys.read_ring(book) == ring


def test_the_second_copy_counts_when_the_first_is_gone(book: Path, ring: KeyRing) -> None:
    keys.key_files(book)[0].unlink()
    assert keys.read_ring(book) == ring


def test_no_flipped_bit_of_one_copy_changes_what_is_read(book: Path, ring: KeyRing) -> None:
    first = keys.key_files(book)[0]
    content = first.read_bytes()
    for place in range(0, len(content), 3):
        flipped = content[place] ^ (1 << place % 8)
        first.write_bytes(content[:place] + bytes([flipped]) + content[place + 1 :])
        assert keys.read_ring(book) == ring


def test_without_any_whole_copy_there_are_no_keys(book: Path) -> None:
    for file in keys.key_files(book):
        file.write_bytes(b"broken")
    with pytest.raises(KeysMissingError):
        keys.read_ring(book)


def test_a_newer_form_of_the_file_is_not_guessed_at(book: Path) -> None:
    for file in keys.key_files(book):
        _change(file, lambda data: data.update(format=2), honest=True)
    with pytest.raises(KeysMissingError):
        keys.read_ring(book)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "AAAA"},
        {"nonce": "not base64!"},
        {"wrapped": ""},
        {"cost": {"time_cost": "3"}},
        {"cost": {"work": 3}},
        {"more": 1},
    ],
)
def test_a_slot_out_of_form_is_not_read(book: Path, change: dict[str, object]) -> None:
    def spoil(data: dict[str, object]) -> None:
        data["slots"] = [{**slot, **change} for slot in data["slots"]]  # type: ignore[attr-defined] # a list

    for file in keys.key_files(book):
        _change(file, spoil, honest=True)
    with pytest.raises(KeysMissingError):
        keys.read_ring(book)


def test_slots_that_are_no_list_are_not_read(book: Path) -> None:
    for file in keys.key_files(book):
        _change(file, lambda data: data.update(slots={}), honest=True)
    with pytest.raises(KeysMissingError):
        keys.read_ring(book)


def test_a_damaged_copy_is_mended(book: Path, ring: KeyRing) -> None:
    keys.key_files(book)[1].write_bytes(b"broken")
    keys.mend(book, ring)
    assert keys.key_files(book)[1].read_bytes() == keys.key_files(book)[0].read_bytes()


def test_whole_copies_are_left_alone(book: Path, ring: KeyRing) -> None:
    before = [file.stat().st_ino for file in keys.key_files(book)]
    keys.mend(book, ring)
    assert [file.stat().st_ino for file in keys.key_files(book)] == before
