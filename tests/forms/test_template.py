"""Templates are filled in a sandbox; a bad one is refused with its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.markup import Directive, parse, parse_words, runs
from forms.template import BadTemplateError, fill
from forms.tree import BulletList, Heading, Paragraph, Run, Table, plain


def _blocks(source: str, **values: Any) -> list[Any]:
    return list(parse("thu", fill("thu", source, values, {})))


def _refusal(source: str, **values: Any) -> BadTemplateError:
    with pytest.raises(BadTemplateError) as refused:
        _blocks(source, **values)
    return refused.value


def test_headings_paragraphs_and_items_are_told_apart() -> None:
    found = _blocks("# I. A\nmột\nhai\n\nba\n- bốn\n- năm\nsáu\n")
    words = [plain(each.text) if isinstance(each, Paragraph) else each for each in found]
    assert words == [Heading(1, "I. A"), "một hai", "ba", BulletList(((Run("bốn"),), (Run("năm"),))), "sáu"]


def test_bold_and_italic_are_marked_by_stars() -> None:
    assert runs("a **b** *c*") == (Run("a "), Run("b", bold=True), Run(" "), Run("c", italic=True))


def test_rows_become_a_table_with_its_caption_and_totals() -> None:
    source = "@caption Bảng\n@columns left right\n|! Tên | Số\n| An | 1\n|= Cộng | 1\n"
    (table,) = _blocks(source)
    assert (table.caption, [row.kind for row in table.rows]) == ("Bảng", ["body", "total"])


def test_a_line_with_an_at_sign_is_left_to_the_writer() -> None:
    assert _blocks("\n@section leadership optional\n") == [Directive("section", "leadership optional", 2)]


def test_a_line_of_a_loop_knows_its_line_in_the_template() -> None:
    found = _blocks("{% for each in some %}\nx\n\n@table {{ each }}\n{% endfor %}\n@end\n", some=[1, 2])
    assert [each.line for each in found if isinstance(each, Directive)] == [4, 4, 6]


def test_a_line_that_begins_with_a_value_after_a_command_knows_its_line() -> None:
    found = _blocks("a\n{% if yes %}\n@x {{ yes }}\n{% endif %}\n", yes="1")
    assert found[-1].line == 3


@given(st.text())
def test_no_value_is_ever_taken_for_markup(value: str) -> None:
    found = _blocks("{{ value }}\n", value=value)
    assert all(isinstance(each, Paragraph) and not any(run.bold for run in each.text) for each in found)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co"))))
def test_a_value_comes_out_of_a_cell_as_it_went_in(value: str) -> None:
    (table,) = _blocks("@columns left left\n| {{ value }} | x\n", value=value)
    assert isinstance(table, Table)
    assert table.rows[0].cells == (value.strip(), "x")


def test_a_value_with_line_breaks_stays_in_its_paragraph() -> None:
    (found,) = _blocks("a {{ value }} b\n", value="x\n# y\r\n- z")
    assert plain(found.text) == "a x\n# y\n- z b"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "chưa có số liệu"), (8333, "8.333"), (1.5, "1,5"), (0, "0"), ("0", "0")]
)
def test_numbers_are_shown_in_the_vietnamese_way_and_nothing_as_words(value: object, shown: str) -> None:
    (found,) = _blocks("{{ value }}\n", value=value)
    assert plain(found.text) == shown


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("a\n{{ x\n", 2, "end of"),
        ("a\n\n{% if x %}\n", 3, "endif"),
        ("a\n{{ figures.nothing }}\n", 2, "nothing"),
        ("a\nb\n{{ unknown }}\n", 3, "unknown"),
        ("{{ 'a' * 1000000000 }}\n", 1, "“*”"),
        ("\n{{ 2 ** 99 }}\n", 2, "“**”"),
        ("\n{{ figures.__class__.__mro__ }}\n", 2, "“"),
        ("\n\n{{ 1 / 0 }}\n", 3, "zero"),
        ("{% include 'paper.toml' %}\n", 1, ""),
        ("a\n| x | y\n", 2, "@columns"),
        ("@columns left left\n| x\n", 2, "2"),
        ("@columns links\n", 1, "left"),
        ("@columns\n", 1, "left"),
    ],
)
def test_a_bad_template_is_refused_with_its_line(source: str, line: int, word: str) -> None:
    refused = _refusal(source, figures={})
    assert (refused.line, word in refused.sentence(), str(line) in refused.sentence()) == (line, True, True)


def test_a_template_may_multiply_numbers() -> None:
    assert plain(_blocks("{{ 6 * 7 }}\n")[0].text) == "42"


def test_a_template_cannot_make_an_endless_paper() -> None:
    refused = _refusal("{% for a in range(99999) %}{% for b in range(99) %}dài {% endfor %}{% endfor %}\n")
    assert refused.line == 1


def test_the_clerks_words_have_no_markup_but_dashes() -> None:
    found = parse_words("# Một\n\n- hai\n+ ba\n**bốn**")
    items = BulletList(((Run("hai"),), (Run("ba"),)))
    assert found == [Paragraph((Run("# Một"),)), items, Paragraph((Run("**bốn**"),))]
