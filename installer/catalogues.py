"""Collects the texts of the program and writes both catalogues: ``catalogues.py [translations.json ...]``.

Each JSON file maps English to Vietnamese; a plural is written ``"one|many": "vi"``. What the catalogues
already say is kept, what the program no longer says goes. The result depends on nothing but the texts:
sorted, undated, without places, so that two people who run this get the same file.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("db", "desktop", "forms", "resources")
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}
PLURALS = {"vi": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
SOURCE_LANGUAGE = "en"

# English, or English for one and for many
Text = str | tuple[str, str]
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return ROOT / "resources" / "locale" / language / "LC_MESSAGES" / "danvan.po"


def texts() -> set[Text]:
    """Every text that the program marks with ``_``, ``N_`` or ``ngettext``."""
    return {text for file in _sources() for text in _texts_of(file)}


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _texts_of(file: Path) -> Iterator[Text]:
    with file.open("rb") as source:
        for _line, found, _comments, _context in extract("python", source, keywords=KEYWORDS):
            if isinstance(found, str):
                yield found
            else:
                yield (found[0], found[1])


def known(language: str) -> dict[Text, str]:
    """What a catalogue says already; a plural is known by its form for many."""
    file = catalogue_file(language)
    if not file.exists():
        return {}
    with file.open("rb") as source:
        catalogue = read_po(source, locale=language)
    return {_key(message): said for message in catalogue if message.id and (said := _said(message))}


def _key(message: Message) -> Text:
    if isinstance(message.id, str):
        return message.id
    one, many = message.id
    return (one, many)


def _said(message: Message) -> str:
    return message.string if isinstance(message.string, str) else (message.string or [""])[-1]


def added(files: Iterable[Path]) -> dict[str, str]:
    """The translations of the given JSON files; where two differ, the later file's holds and it is said."""
    said: dict[str, str] = {}
    for file in files:
        for english, vietnamese in json.loads(file.read_text(encoding="utf-8")).items():
            if said.get(english, vietnamese) != vietnamese:
                print(f"{file.name} says otherwise: {english!r}: {said[english]!r} -> {vietnamese!r}")
            said[english] = vietnamese
    return said


def translated(text: Text, before: Mapping[Text, str], new: Mapping[str, str]) -> str:
    """The Vietnamese of one text, or an empty text where nobody has said it yet."""
    if isinstance(text, str):
        return new.get(text) or before.get(text, "")
    one, many = text
    return new.get(f"{one}|{many}") or new.get(many) or before.get(text, "")


def placeholders(text: str) -> set[str]:
    """The names in braces, which a translation must keep."""
    return {re.split("[:!]", name)[0] for name in _PLACEHOLDER.findall(text)}


def catalogue(language: str, said: Mapping[Text, str]) -> str:
    """The text of a catalogue file."""
    made = Catalog(locale=language)
    for text in sorted(said, key=str):
        made.add(text, _forms(language, text, said[text]))
    out = io.BytesIO()
    write_po(out, made, width=110, omit_header=True, sort_output=True, no_location=True)
    return _header(language) + out.getvalue().decode("utf-8")


def _forms(language: str, text: Text, said: str) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return said
    return text if language == SOURCE_LANGUAGE else (said,)


def _header(language: str) -> str:
    fields = {
        "Project-Id-Version": "danvan",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'


def expected(files: Iterable[Path] = ()) -> dict[str, str]:
    """Both catalogues as they should be: language -> text of the file."""
    found, new, before = texts(), added(files), known("vi")
    vietnamese = {text: translated(text, before, new) for text in found}
    english = {text: text if isinstance(text, str) else text[1] for text in found}
    return {"vi": catalogue("vi", vietnamese), "en": catalogue("en", english)}


def main(arguments: list[str]) -> int:
    """Write both catalogues and name what is not translated yet."""
    for language, text in expected(Path(name) for name in arguments).items():
        file = catalogue_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    missing = sorted(str(text) for text in texts() - known("vi").keys())
    print(f"{len(texts())} texts, {len(missing)} not translated", *missing, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
