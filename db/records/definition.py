"""What a record type is: one declaration from which schema, editor, lists, workbook and journal come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, unique

from resources import _

Value = int | str | None
"""A stored value: text in NFC, ISO dates, integers (see :class:`Kind`), ``None`` = not stated."""

SCALE = 10_000
"""A stored quantity is this many times the quantity: 1,5 days are 15000."""

REMOVED = "removed"
"""The field every record has: ``None`` = live, ``bin`` = removed by somebody, ``undone`` = never was."""


@unique
class Kind(Enum):
    """How a field is stored and entered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    DATE = "date"
    YEAR = "year"
    COUNT = "count"
    MONEY = "money"
    QUANTITY = "quantity"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"


STORED_AS_INTEGER = frozenset({Kind.YEAR, Kind.COUNT, Kind.MONEY, Kind.QUANTITY, Kind.FLAG})


@unique
class Search(Enum):
    """Where the words of a field are found: by name with exact marks first, or among the long texts."""

    NAME = "name"
    TEXT = "text"


@unique
class Sort(Enum):
    """Which stored sort key a field gets beside it."""

    TEXT = "text"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type.

    ``label`` is the English message (its translation is the Vietnamese label), ``column`` the heading in
    the workbook, ``purpose`` why personal data is kept (``None`` = not personal data).
    """

    name: str
    kind: Kind
    label: str
    column: str | None = None
    required: bool = False
    choices: str | None = None
    refers_to: str | None = None
    is_parent: bool = False
    search: Search | None = None
    sort: Sort | None = None
    purpose: str | None = None
    group: str = ""

    @property
    def stored_type(self) -> str:
        """The column's SQLite type."""
        return "INTEGER" if self.kind in STORED_AS_INTEGER else "TEXT"

    @property
    def sort_column(self) -> str:
        """The column that holds the sort key of this field."""
        return f"{self.name}_sort"


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type. ``number`` never changes: it is part of search addresses. ``keys`` are natural keys."""

    name: str
    number: int
    label: str
    fields: tuple[Field, ...]
    title: str
    sheet: str | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(f.name for f in self.fields)

    @property
    def sorted_fields(self) -> tuple[Field, ...]:
        """Fields that have a stored sort key."""
        return tuple(f for f in self.fields if f.sort)

    @property
    def parents(self) -> tuple[Field, ...]:
        """References that make a record a part of another one."""
        return tuple(f for f in self.fields if f.is_parent)


SOURCE_KEY = Field("source_key", Kind.TEXT, "Row identity")
"""Identity of the workbook row a record came from (interfaces §2); every imported type carries it."""


class ValueRefusedError(Exception):
    """A value does not fit its field; ``field`` names it."""

    def __init__(self, record_type: str, field_name: str, value: object) -> None:
        super().__init__(f"{record_type}.{field_name}")
        self.record_type = record_type
        self.field = field_name
        self.value = value

    def sentence(self) -> str:
        """What to tell the clerk."""
        return _("The value of {field} cannot be stored. Nothing was changed; please correct it.").format(
            field=self.field
        )


def _is_iso_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def fits(kind: Kind, value: object) -> bool:
    """Whether ``value`` may be stored in a field of ``kind``."""
    if value is None:
        return True
    if kind in STORED_AS_INTEGER:
        return isinstance(value, int) and -(2**63) <= value < 2**63
    if kind is Kind.DATE:
        return _is_iso_date(value)
    return isinstance(value, str) and value != ""


def check_values(record_type: RecordType, values: Mapping[str, object]) -> None:
    """Refuse unknown fields and values of the wrong kind with :class:`ValueRefusedError`."""
    for name, value in values.items():
        declared = record_type.by_name.get(name)
        if declared is None or not fits(declared.kind, value):
            raise ValueRefusedError(record_type.name, name, value)


def registry(types: Iterable[RecordType]) -> dict[str, RecordType]:
    """Types by name; two types of one name or number are a mistake of the program."""
    by_name: dict[str, RecordType] = {}
    numbers: set[int] = set()
    for record_type in types:
        if record_type.name in by_name or record_type.number in numbers:
            raise ValueError(record_type.name)
        by_name[record_type.name] = record_type
        numbers.add(record_type.number)
    return by_name
