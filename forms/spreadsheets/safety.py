"""Looks at a file before any parser does: what it is, how large it would become, what it hides."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import error as StructError
from typing import Final

from forms.spreadsheets.errors import Fault, UnreadableWorkbookError
from forms.spreadsheets.parts import plain_name, sheet_parts
from forms.spreadsheets.scan import SheetNotes, check_bystander, check_xml, scan_sheet

_MB: Final = 1024 * 1024
MOST_BYTES: Final = 64 * _MB
MOST_MEMBERS: Final = 2_000
MOST_UNPACKED: Final = 200 * _MB
MOST_STRINGS: Final = 64 * _MB
MOST_RATIO: Final = 400
_RATIO_FROM: Final = 16 * _MB

_ZIP: Final = b"PK\x03\x04"
_ENTRY: Final = b"PK\x01\x02"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# PDF, PNG, JPEG, GIF, gzip, RAR, 7z, RTF: what lists are sent as instead of a workbook
_OTHER_FORMATS: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf",
)  # fmt: skip
_WIDE_TEXT: Final = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONSHIPS: Final = "xl/_rels/workbook.xml.rels"
_STRINGS: Final = "xl/sharedstrings.xml"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_FLAG: Final = 0x1
# Parts that no list needs. They never reach the parser
_BYSTANDERS: Final = (
    "customxml/", "docprops/", "xl/charts/", "xl/chartsheets/", "xl/comments", "xl/ctrlprops/",
    "xl/customxml/", "xl/diagrams/", "xl/drawings/", "xl/embeddings/", "xl/externallinks/", "xl/media/",
    "xl/persons/",
    "xl/pivotcache/", "xl/pivottables/", "xl/printersettings/", "xl/querytables/", "xl/richdata/",
    "xl/slicercaches/", "xl/slicers/", "xl/tables/", "xl/theme/", "xl/threadedcomments/",
    "xl/worksheets/_rels/",
    "xl/calcchain.xml", "xl/connections.xml", "xl/metadata.xml", "xl/volatiledependencies.xml",
)  # fmt: skip
_ZIP_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, StructError, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError, IndexError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SafePackage:
    """A workbook packed anew from its checked parts only. ``notes`` by the name of the sheet."""

    data: bytes
    notes: Mapping[str, SheetNotes]


def read_bytes(file: Path) -> bytes:
    """The bytes of ``file``, refused when there are none or too many."""
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableWorkbookError(Fault.TOO_LARGE, most=MOST_BYTES // _MB)
        data = file.read_bytes()
    except FileNotFoundError as fault:
        raise UnreadableWorkbookError(Fault.MISSING) from fault
    except OSError as fault:
        raise UnreadableWorkbookError(Fault.UNREADABLE) from fault
    if not data.strip():
        raise UnreadableWorkbookError(Fault.EMPTY)
    return data


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip (then it must be an .xlsx), else text.

    Old and encrypted Excel files and what is neither are refused.
    """
    if data.startswith(_OLE):
        raise UnreadableWorkbookError(Fault.ENCRYPTED if _OLE_ENCRYPTED in data else Fault.OLD_EXCEL)
    if data.startswith((_ZIP, b"PK\x05\x06")):
        return True
    # Only text of two bytes a letter, which says so in front, has bytes of nought
    if data.lstrip().startswith(_OTHER_FORMATS) or (b"\0" in data and not data.startswith(_WIDE_TEXT)):
        raise UnreadableWorkbookError(Fault.OTHER_FORMAT)
    return False


def safe_package(data: bytes) -> SafePackage:
    """Check every part of an .xlsx and pack the needed ones anew, so that nothing unchecked is parsed.

    Raises :class:`UnreadableWorkbookError` for anything that is no workbook, is damaged or is a trap.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise UnreadableWorkbookError(Fault.BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package.infolist(), len(data))
            return _repacked(package)
    except _ZIP_FAULTS as fault:
        raise UnreadableWorkbookError(Fault.DAMAGED) from fault


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    names = {plain_name(member.filename) for member in members}
    if len(names) != len(members):
        raise UnreadableWorkbookError(Fault.DAMAGED)
    _check_format(names)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableWorkbookError(Fault.ENCRYPTED)
    if any(member.compress_type not in _METHODS for member in members):
        raise UnreadableWorkbookError(Fault.DAMAGED)
    _check_size(sum(member.file_size for member in members), packed)


def _check_size(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MOST_RATIO * packed):
        raise UnreadableWorkbookError(Fault.BOMB)


def _check_format(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableWorkbookError(Fault.MACROS)
    if not {"[content_types].xml", _WORKBOOK} <= names:
        raise UnreadableWorkbookError(Fault.OTHER_FORMAT)
    if _RELATIONSHIPS not in names:
        raise UnreadableWorkbookError(Fault.DAMAGED)


def _repacked(package: zipfile.ZipFile) -> SafePackage:
    members = {plain_name(member.filename): member for member in package.infolist()}
    sheets = sheet_parts(_unpacked(package, members[_WORKBOOK]), _unpacked(package, members[_RELATIONSHIPS]))
    packed = io.BytesIO()
    notes: dict[str, SheetNotes] = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as clean:
        for name, member in members.items():
            if not name.endswith((".xml", ".rels")):
                continue
            xml = _unpacked(package, member)
            if name in sheets:
                notes[sheets[name]] = scan_sheet(xml)
            elif name.startswith(_BYSTANDERS):
                check_bystander(xml)
                continue
            else:
                _check_part(name, xml)
            clean.writestr(member.filename, xml)
    return SafePackage(packed.getvalue(), notes)


def _check_part(name: str, xml: bytes) -> None:
    if name == _STRINGS and len(xml) > MOST_STRINGS:
        raise UnreadableWorkbookError(Fault.BOMB)
    check_xml(xml)


def _unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The part's bytes, with their checksum right; never more than it declared, whatever it holds."""
    with package.open(member) as part:
        return part.read()
