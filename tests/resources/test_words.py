"""The words of the program: both languages complete, the same blanks in both, and the files up to date."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import resources
from installer.catalogues import catalogue_file, expected, placeholders

LANGUAGES = ("vi", "en")


def catalogue(language: str) -> Catalog:
    """A catalogue as it is shipped."""
    with catalogue_file(language).open("rb") as source:
        return read_po(source, locale=language)


def sayings(message: Message) -> list[tuple[str, str]]:
    """English and translation of each form of a message; the one Vietnamese form stands beside the many."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    said = list(message.string or [""])
    return list(zip(list(message.id)[-len(said):], said, strict=True))


def all_sayings(language: str) -> list[tuple[str, str]]:
    """English and translation of everything the program says."""
    return [pair for message in catalogue(language) if message.id for pair in sayings(message)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_program_says_and_nothing_else(language: str) -> None:
    shipped = catalogue_file(language).read_text(encoding="utf-8")
    assert shipped == expected()[language], "run `make catalogues`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    assert [english for english, said in all_sayings(language) if not said.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_blanks(language: str) -> None:
    assert [
        english for english, said in all_sayings(language) if placeholders(english) != placeholders(said)
    ] == []


def test_an_access_key_stays_one_access_key() -> None:
    key = re.compile(r"&\w")
    assert [pair for pair in all_sayings("vi") if len({len(key.findall(text)) for text in pair}) > 1] == []


def test_the_program_starts_in_vietnamese() -> None:
    assert resources.language() == "vi"


def test_the_compiled_catalogue_speaks() -> None:
    english, said = next(pair for pair in all_sayings("vi") if pair[0] != pair[1])
    assert resources._(english) == said


def test_in_english_the_source_text_stands() -> None:
    resources.use_language("en")
    english = all_sayings("vi")[0][0]
    assert resources._(english) == english


def test_no_text_stays_no_text() -> None:
    assert resources._("") == ""


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        resources.use_language("de")


@pytest.mark.parametrize(("count", "said"), [(1, "{n} thing"), (2, "{n} things")])
def test_an_unknown_plural_falls_back_to_its_source(count: int, said: str) -> None:
    resources.use_language("en")
    assert resources.ngettext("{n} thing", "{n} things", count) == said
