"""The sheets of the workbook as data: which columns, what they hold, what must be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from functools import lru_cache
from typing import Final

from db import RECORD_TYPES, Field, Kind
from db.vietnamese import fold


@unique
class As(Enum):
    """How a cell is read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    PHONE = "phone"
    UNIT = "unit"
    UNITS = "units"
    MODEL = "model"
    CHOICE = "choice"
    DATE = "date"
    DAY_OR_YEAR = "day_or_year"
    YEAR = "year"
    BIRTH_YEAR = "birth_year"
    COUNT = "count"
    NUMBER = "number"
    NUMBER_OR_WORDS = "number_or_words"
    MONEY = "money"
    FLAG = "flag"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the name of its value in a row, how it is read, other headings understood."""

    heading: str
    name: str
    read_as: As
    required: bool = False
    choices: str = ""
    also: tuple[str, ...] = ()
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet. ``type``: record type of a row. ``one_of``: columns of which one must be filled.

    ``day``: the date of a row and the year kept in its place when the row has none.
    """

    title: str
    type: str
    columns: tuple[Column, ...]
    one_of: tuple[str, ...] = ()
    day: tuple[str, str] | None = None
    by_key: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = {
            heading_key(text): column for column in self.columns for text in (column.heading, *column.also)
        }
        object.__setattr__(self, "by_key", keys)

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns without which the sheet cannot be read."""
        return tuple(column for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return next(column for column in self.columns if column.name == name)


_HINT: Final = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]?")
_SIGNS: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """By which headings and sheet names are found: no accents, case, signs, blanks, or hint in brackets."""
    return _SIGNS.sub("", _HINT.sub(" ", fold(text))) or _SIGNS.sub("", fold(text))


_KINDS: Final = {
    Kind.TEXT: As.TEXT,
    Kind.LONG_TEXT: As.LONG_TEXT,
    Kind.CODE: As.CODE,
    Kind.DATE: As.DATE,
    Kind.YEAR: As.YEAR,
    Kind.COUNT: As.COUNT,
    Kind.MONEY: As.MONEY,
    Kind.QUANTITY: As.NUMBER,
    Kind.FLAG: As.FLAG,
    Kind.CHOICE: As.CHOICE,
}
_REFERENCES: Final = {"org_unit": As.UNIT, "model": As.MODEL}
# Where reading differs from what the record's declaration says, or a heading has another usual form
_READ_AS: Final = {
    "phone": As.PHONE,
    "model.phone": As.PHONE,
    "person.phone": As.PHONE,
    "model.replicated_from": As.TEXT,
    "person.birth_year": As.BIRTH_YEAR,
    "given_on": As.DAY_OR_YEAR,
    "held_on": As.DAY_OR_YEAR,
    "measured_on": As.DAY_OR_YEAR,
    "decided_on": As.DAY_OR_YEAR,
    "quantity": As.NUMBER,
    "unit_profile.quantity": As.NUMBER_OR_WORDS,
}
_ALSO: Final = {
    "recipient_type": ("Tập thể/Cá nhân",),
    "registration.line": ("Tuyến",),
    "line": ("Tuyến",),
}
_LINE_ID: Final = Column("Mã dòng", "line_id", As.CODE)
LINE_ID: Final = _LINE_ID.name
SOURCE_KEY: Final = "source_key"


def _declared(type_name: str, name: str) -> Field:
    own_type, _, field_name = name.rpartition(".")
    return RECORD_TYPES[own_type or type_name].by_name[field_name]


def _column(type_name: str, name: str, *, required: bool) -> Column:
    declared = _declared(type_name, name)
    usual = _REFERENCES.get(declared.refers_to, As.LINE) if declared.refers_to else _KINDS[declared.kind]
    read_as = _READ_AS.get(f"{type_name}.{name}", _READ_AS.get(name, usual))
    if read_as is As.DAY_OR_YEAR and name.replace("_on", "_year") not in RECORD_TYPES[type_name].by_name:
        read_as = usual
    also = _ALSO.get(name, ())
    return Column(
        declared.column or declared.label,
        name,
        read_as,
        required,
        declared.choices or "",
        also,
        declared.refers_to or "",
    )


def _columns(type_name: str, names: str) -> tuple[Column, ...]:
    each = [_column(type_name, name.rstrip("!"), required=name.endswith("!")) for name in names.split()]
    return (*each, *_rest(type_name, each), _LINE_ID)


def _rest(type_name: str, named: Iterable[Column]) -> Iterator[Column]:
    """What the declarations have besides: a field that gets a heading there has its column at once."""
    taken = {heading_key(column.heading) for column in named}
    owners = dict.fromkeys((type_name, *(column.name.rpartition(".")[0] or type_name for column in named)))
    for owner in owners:
        for declared in RECORD_TYPES[owner].fields:
            name = declared.name if owner == type_name != "model" else f"{owner}.{declared.name}"
            if declared.column and heading_key(declared.column) not in taken:
                taken.add(heading_key(declared.column))
                yield _column(type_name, name, required=False)


def _declared_sheet(type_name: str) -> SheetLayout:
    """A sheet that is nothing but the declaration of its record type."""
    declared = RECORD_TYPES[type_name]
    names = (f"{each.name}{'!' * each.required}" for each in declared.fields if each.column)
    each = tuple(_column(type_name, name.rstrip("!"), required=name.endswith("!")) for name in names)
    ids = (_LINE_ID,) if SOURCE_KEY in declared.by_name else ()
    return SheetLayout(declared.sheet or declared.name, type_name, (*each, *ids))


def _sheet(
    title: str,
    type_name: str,
    names: str,
    *,
    more: Iterable[Column] = (),
    one_of: str = "",
    day: tuple[str, str] | None = None,
) -> SheetLayout:
    columns = (*_columns(type_name, names), *more)
    return SheetLayout(title, type_name, columns, tuple(one_of.split()), day)


UNITS: Final = _sheet(
    "Đơn vị",
    "org_unit",
    "code! name! kind valid_from valid_to",
    more=(
        Column("Mã đơn vị cấp trên", "parent", As.UNIT),
        Column("Thay cho", "replaces", As.UNITS),
    ),
)
MODELS: Final = _sheet(
    "Mô hình",
    "model",
    "model.code! model.title! registration.year! registration.field! registration.subject_type!"
    " registration.registrant registration.unit registration.level registration.kind model.replicated_from"
    " registration.line registration.registered_on model.address model.audience model.situation model.goal"
    " model.method model.forces model.resources_planned model.products model.sustain_plan model.legal_basis"
    " model.programmes model.is_project_work model.person_in_charge model.phone model.started_on "
    "model.ended_on  model.households model.people registration.status model.notes",
)
MEMBERS: Final = _sheet(
    "Thành viên",
    "model_member",
    "model! person.full_name! person.birth_year person.gender role person.address person.phone",
)
ACTIVITIES: Final = _sheet(
    "Hoạt động",
    "activity",
    "model unit kind! held_on! ended_on content place attendees households_total households_present votes_for"
    " votes_against abstained",
    one_of="model unit",
    day=("held_on", "held_year"),
)
CONTRIBUTIONS: Final = _sheet(
    "Đóng góp",
    "contribution",
    "model unit contributor! contributor_kind kind! item quantity! measure converted_vnd given_on receipt_no"
    " notes",
    one_of="model unit",
    day=("given_on", "given_year"),
)
OUTPUTS: Final = _sheet(
    "Kết quả",
    "output_measure",
    "model unit name! quantity! measure! measured_on",
    one_of="model unit",
    day=("measured_on", "measured_year"),
)
RECOGNITIONS: Final = _sheet(
    "Khen thưởng",
    "recognition",
    "model unit recipient! recipient_type! form! level body status! decision_no decided_on basis occasion",
    day=("decided_on", "decided_year"),
)
SUPERVISIONS: Final = _sheet(
    "Giám sát",
    "supervision",
    "model unit checked_on! body finding required due_on closed_on",
)
PROFILES: Final = _sheet(
    "Số liệu đơn vị",
    "unit_profile",
    "unit! as_of! name! quantity! measure",
)
REPORTED: Final = _sheet(
    "Số liệu báo cáo",
    "reported_figure",
    "unit! period_from! period_to! as_of indicator! field subject level line form status qualifier value! "
    "measure  source",
)

SHEETS: Final = (
    UNITS, MODELS, MEMBERS, ACTIVITIES, CONTRIBUTIONS, OUTPUTS, RECOGNITIONS, SUPERVISIONS, PROFILES,
    REPORTED,
)  # fmt: skip
"""The sheets that offices fill in, in the order in which their rows refer to each other."""

UNIT_TIES: Final = tuple(_declared_sheet(name) for name in ("unit_parent", "unit_succession"))
"""Who stood under whom and who succeeded whom, with all their dates: more than "Đơn vị" can say."""

UNREGISTERED: Final = SheetLayout(
    "Mô hình chưa đăng ký",
    "model",
    tuple(column for column in MODELS.columns if column.name.startswith("model.")),
)
PERSONS: Final = _declared_sheet("person")

# What never travels in a workbook: pictures, and papers that were issued
_LEFT_AT_HOME: Final = frozenset({"photo", "paper"})
_HAS_SHEET: Final = {sheet.type for sheet in (*SHEETS, *UNIT_TIES, PERSONS)}
_DECLARED_ONLY: Final = tuple(
    _declared_sheet(name)
    for name, declared in RECORD_TYPES.items()
    if declared.sheet and name not in _HAS_SHEET | _LEFT_AT_HOME
)
ALL_SHEETS: Final = (
    UNITS, *UNIT_TIES, MODELS, UNREGISTERED, PERSONS, *SHEETS[2:], *_DECLARED_ONLY,
)  # fmt: skip
"""With those that follow from the declarations alone; each row refers to rows of sheets before its own."""

MAY_BE_EMPTY: Final = frozenset({"reported_figure.value"})
"""Required columns whose cells may be empty: "not stated" is something a row can say."""

UNSTATED: Final = "chưa rõ"
"""What stands in a cell that must be filled where the book has nothing; only in rows with a "Mã dòng"."""


def may_be_unstated(sheet: SheetLayout) -> frozenset[str]:
    """The columns in which :data:`UNSTATED` is understood: asked for by the sheet, not by the record."""
    if LINE_ID not in {column.name for column in sheet.columns}:
        return frozenset()
    declared = RECORD_TYPES[sheet.type].by_name
    asked = {c.name for c in sheet.required if c.name in declared and not declared[c.name].required}
    return frozenset({*asked, *(sheet.day or ())[:1], *({"item"} & declared.keys())})


_BY_TITLE: Final = {heading_key(sheet.title): sheet for sheet in ALL_SHEETS}


def sheet_called(name: str) -> SheetLayout | None:
    """The layout of the sheet of that name, however it is spelled."""
    return _BY_TITLE.get(heading_key(name))
