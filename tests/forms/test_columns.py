"""Widths of columns: nothing overprints, spare room goes where it saves lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forms.layout.columns import Wish, fits, mean_lines, share

_WIDTH = st.floats(1, 400)


@st.composite
def _wishes(draw: st.DrawFn) -> list[Wish]:
    rows = draw(st.integers(0, 6))
    found = []
    for _column in range(draw(st.integers(1, 8))):
        least = draw(_WIDTH)
        naturals = draw(st.lists(st.floats(0, 2000), min_size=rows, max_size=rows))
        found.append(Wish(least, tuple(naturals)))
    return found


@given(_wishes(), st.floats(100, 800))
def test_columns_fill_their_room_exactly(wishes: list[Wish], room: float) -> None:
    assert abs(sum(share(wishes, room)) - room) < 0.01


@given(_wishes(), st.floats(100, 800))
def test_no_column_is_narrower_than_its_longest_word_where_all_fit(wishes: list[Wish], room: float) -> None:
    widths = share(wishes, room)
    assert not fits(wishes, room) or all(
        w >= wish.least - 0.01 for w, wish in zip(widths, wishes, strict=True)
    )


def test_everything_stays_on_one_line_where_it_can() -> None:
    wishes = [Wish(10, (50, 60)), Wish(10, (20, 30))]
    assert mean_lines(wishes, share(wishes, 100)) == 1


def test_a_long_text_gets_more_room_than_a_short_one() -> None:
    short, long = share([Wish(20, (80,) * 10), Wish(20, (600,) * 10)], 200)
    assert long > 2 * short


def test_a_short_text_is_not_broken_for_the_sake_of_a_long_one() -> None:
    short, _long = share([Wish(15, (40,) * 10), Wish(20, (900,) * 10)], 150)
    assert short >= 40


def test_one_monstrous_text_among_many_does_not_take_the_room() -> None:
    plain = share([Wish(20, (100,) * 20), Wish(20, (100,) * 20)], 150)
    monstrous = share([Wish(20, (100,) * 20), Wish(20, (*(100,) * 19, 5000))], 150)
    assert abs(plain[0] - monstrous[0]) < 1


def test_a_column_that_is_mostly_empty_still_has_room_for_what_stands_in_it() -> None:
    rare, _often = share([Wish(20, (0.0,) * 19 + (90,)), Wish(20, (200,) * 20)], 200)
    assert rare > 40


def test_where_words_do_not_fit_the_widest_columns_give_way() -> None:
    assert share([Wish(20, ()), Wish(500, ()), Wish(400, ())], 300) == [20, 140, 140]


def test_a_table_without_rows_has_rows_of_one_line() -> None:
    assert mean_lines([Wish(20, ())], [20]) == 1
