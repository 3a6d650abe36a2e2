"""Which papers there are: a folder each, with template and description. A new paper is a new folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from forms.tables.spec import TableSpec, read_spec
from resources import _

PAPERS: Final = Path(__file__).parent / "papers"
"""Where the shipped papers are."""
DESCRIPTION, TEMPLATE = "paper.toml", "template.txt"
"""The two files of a paper."""


class UnknownPaperError(Exception):
    """There is no paper of this name, or its description is broken."""

    def __init__(self, name: str, reason: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.reason = reason

    def sentence(self) -> str:
        """What to tell the clerk."""
        if not self.reason:
            return _("There is no paper “{name}”. Please choose one from the list.").format(name=self.name)
        words = _("The description of the paper “{name}” cannot be used: {reason}. Please put it right.")
        return words.format(name=self.name, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Section:
    """A part that only the clerk can write. ``help`` says what belongs there."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper. ``made_for`` is office, model …; ``type_code`` stands in its number (BC).

    ``template`` is the text of the template.
    """

    id: str
    title: str
    made_for: str
    type_code: str
    type_name: str
    profile: str
    sections: tuple[Section, ...]
    tables: Mapping[str, TableSpec]
    template: str

    def section(self, name: str) -> Section | None:
        """The section of this id."""
        return next((section for section in self.sections if section.id == name), None)


def kinds(folder: Path = PAPERS) -> list[PaperKind]:
    """All papers of a folder, by id. :class:`UnknownPaperError` if a description is broken."""
    return [kind(path.parent.name, folder) for path in sorted(folder.glob(f"*/{DESCRIPTION}"))]


def kind(name: str, folder: Path = PAPERS) -> PaperKind:
    """The paper of this id. :class:`UnknownPaperError` if there is none."""
    return read_kind(name, *texts_of(name, folder))


def read_kind(name: str, description: str, template: str) -> PaperKind:
    """A paper from the text of its two files. :class:`UnknownPaperError` if the description is broken."""
    try:
        return _kind(name, tomllib.loads(description), template)
    except KeyError as error:
        raise UnknownPaperError(name, f"{error.args[0]}?") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise UnknownPaperError(name, str(error)) from error


def texts_of(name: str, folder: Path = PAPERS) -> tuple[str, str]:
    """Description and template of a paper as they stand in its folder. :class:`UnknownPaperError`."""
    if not re.fullmatch(r"\w+", name) or not (folder / name / DESCRIPTION).is_file():
        raise UnknownPaperError(name)
    return (
        (folder / name / DESCRIPTION).read_text(encoding="utf-8"),
        (folder / name / TEMPLATE).read_text(encoding="utf-8"),
    )


def _kind(name: str, data: Mapping[str, Any], template: str) -> PaperKind:
    return PaperKind(
        id=name,
        title=data["title"],
        made_for=data["for"],
        type_code=data["type_code"],
        type_name=data["type_name"],
        profile=data.get("profile", "nd30_2020"),
        sections=tuple(Section(**section) for section in data.get("sections", ())),
        tables={name: read_spec(name, table) for name, table in data.get("tables", {}).items()},
        template=template,
    )
