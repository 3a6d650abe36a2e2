"""Which part of the package holds which sheet: the list of sheets and its relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Final

from forms.spreadsheets.scan import checking_parser, parse_whole

_BASE: Final = "xl"


def plain_name(name: str) -> str:
    """A part's name in the one form it is looked up by: forward slashes, no dots, lower case."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _each(xml: bytes, wanted: str, found: Callable[[Mapping[str, str]], None]) -> None:
    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found(attributes)

    parser = checking_parser(strict=True)
    parser.StartElementHandler = start
    parse_whole(parser, xml)


def _target(relationship: Mapping[str, str]) -> str:
    target = relationship.get("Target", "").replace("\\", "/")
    return plain_name(target if target.startswith("/") else f"{_BASE}/{target}")


def sheet_parts(workbook: bytes, relationships: bytes) -> dict[str, str]:
    """Names of the sheets by the plain name of their part. Sheets that lead outside are left out."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def relationship(attributes: Mapping[str, str]) -> None:
        if attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = _target(attributes)

    def sheet(attributes: Mapping[str, str]) -> None:
        key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if key in targets:
            names[targets[key]] = attributes.get("name", "")

    _each(relationships, "Relationship", relationship)
    _each(workbook, "sheet", sheet)
    return names
