"""What a record type is: one declaration from which schema, editor, lists, workbook and journal come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, unique
from unicodedata import is_normalized, normalize

from resources import N_, _

Value = int | str | None
"""A stored value: text in NFC, ISO dates, integers (see :class:`Kind`), ``None`` = not stated."""

SCALE = 10_000
"""A stored quantity is this many times the quantity: 1,5 days are 15000."""

DUTY = "duty"
"""The scope of personal data of those who act for the office: nobody is asked before it is shown."""

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


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and (value.isascii() or _is_whole(value))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False  # half a character: no file and no other program could hold it
    return True


def _is_iso_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _accepts(kind: Kind) -> Callable[[object], bool]:
    if kind in STORED_AS_INTEGER:
        return _is_integer
    return _is_iso_date if kind is Kind.DATE else _is_text


_ACCEPTS = {kind: _accepts(kind) for kind in Kind}


def fits(kind: Kind, value: object) -> bool:
    """Whether ``value`` may be stored in a field of ``kind``."""
    return value is None or _ACCEPTS[kind](value)


@unique
class Search(Enum):
    """Where the words of a field are found: by name, by name and initials (people), among the long texts."""

    NAME = "name"
    PERSON = "person"
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

    Of personal data: ``scope`` is the consent (choice list consent_scope) with which those outside may see
    it, :data:`DUTY` where none is needed; without a scope none suffices. ``about`` is the field with the
    name of the one it tells of (``type.field`` where another record has it), the field itself where empty;
    ``unless`` another field and those of its codes with which that name is no person's.
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
    scope: str | None = None
    about: str | None = None
    unless: tuple[str, frozenset[str]] | None = None
    group: str = ""
    accepts: Callable[[object], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "accepts", _ACCEPTS[self.kind])

    @property
    def stored_type(self) -> str:
        """The column's SQLite type."""
        return "INTEGER" if self.kind in STORED_AS_INTEGER else "TEXT"

    @property
    def sort_column(self) -> str:
        """The column that holds the sort key of this field."""
        return f"{self.name}_sort"


@dataclass(frozen=True, slots=True, eq=False)  # told apart by being declared: quick as a key of caches
class RecordType:
    """A record type. ``number`` never changes: it is part of search addresses. ``keys`` are natural keys.

    From the fields follow: ``columns`` their names in order; ``sorted_fields`` those with a stored sort key;
    ``parents`` the references that make a record a part of another one.
    """

    name: str
    number: int
    label: str
    fields: tuple[Field, ...]
    title: str
    sheet: str | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    by_name: Mapping[str, Field] = field(init=False, repr=False)
    columns: tuple[str, ...] = field(init=False, repr=False)
    sorted_fields: tuple[Field, ...] = field(init=False, repr=False)
    parents: tuple[Field, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        follows = {
            "by_name": {f.name: f for f in self.fields},
            "columns": tuple(f.name for f in self.fields),
            "sorted_fields": tuple(f for f in self.fields if f.sort),
            "parents": tuple(f for f in self.fields if f.is_parent),
        }
        for name, value in follows.items():
            object.__setattr__(self, name, value)


SOURCE_KEY = Field("source_key", Kind.TEXT, "Row identity")
"""Identity of the workbook row a record came from (interfaces §2); every imported type carries it."""

MODEL_OF = Field(
    "model",
    Kind.REFERENCE,
    N_("Model"),
    "Mã mô hình",
    required=True,
    refers_to="model",
    is_parent=True,
)
"""The model that a record is a part of."""

ANY_MODEL_OF = replace(MODEL_OF, required=False)
"""The same where a record may also stand for a unit alone."""


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


def stored(record_type: RecordType, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values as they are stored, text in NFC and flags as 0 and 1.

    Unknown fields and values of the wrong kind are refused with :class:`ValueRefusedError`.
    """
    by_name = record_type.by_name
    form: dict[str, Value] = {}
    for name, value in values.items():  # written out: this runs once for every cell of an import
        if isinstance(value, str):
            if not value.isascii() and not is_normalized("NFC", value):
                value = normalize("NFC", value)
        elif isinstance(value, bool):
            value = int(value)
        declared = by_name.get(name)
        if declared is None or not (value is None or declared.accepts(value)):
            raise ValueRefusedError(record_type.name, name, value)
        form[name] = value
    return form


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
