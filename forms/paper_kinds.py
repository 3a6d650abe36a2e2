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
_DESCRIPTION: Final = "paper.toml"


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
    """One kind of paper. ``made_for`` is office, model …; ``type_code`` stands in its number (BC)."""

    id: str
    title: str
    made_for: str
    type_code: str
    type_name: str
    profile: str
    sections: tuple[Section, ...]
    tables: Mapping[str, TableSpec]
    folder: Path

    def template(self) -> str:
        """The text of the template."""
        return (self.folder / "template.txt").read_text(encoding="utf-8")

    def section(self, name: str) -> Section | None:
        """The section of this id."""
        return next((section for section in self.sections if section.id == name), None)


def kinds(folder: Path = PAPERS) -> list[PaperKind]:
    """All papers of a folder, by id. :class:`UnknownPaperError` if a description is broken."""
    return [_read(path.parent) for path in sorted(folder.glob(f"*/{_DESCRIPTION}"))]


def kind(name: str, folder: Path = PAPERS) -> PaperKind:
    """The paper of this id. :class:`UnknownPaperError` if there is none."""
    if not re.fullmatch(r"\w+", name) or not (folder / name / _DESCRIPTION).is_file():
        raise UnknownPaperError(name)
    return _read(folder / name)


def _read(folder: Path) -> PaperKind:
    try:
        return _kind(tomllib.loads((folder / _DESCRIPTION).read_text(encoding="utf-8")), folder)
    except KeyError as error:
        raise UnknownPaperError(folder.name, f"{error.args[0]}?") from error
    except (TypeError, ValueError) as error:
        raise UnknownPaperError(folder.name, str(error)) from error


def _kind(data: Mapping[str, Any], folder: Path) -> PaperKind:
    return PaperKind(
        id=folder.name,
        title=data["title"],
        made_for=data["for"],
        type_code=data["type_code"],
        type_name=data["type_name"],
        profile=data.get("profile", "nd30_2020"),
        sections=tuple(Section(**section) for section in data.get("sections", ())),
        tables={name: read_spec(name, table) for name, table in data.get("tables", {}).items()},
        folder=folder,
    )
