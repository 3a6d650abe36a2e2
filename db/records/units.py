"""Units, who stands under whom and since when, who succeeded whom, and what an area looks like."""

from __future__ import annotations

from db.records.definition import SOURCE_KEY, Field, Kind, RecordType, Search, Sort
from resources import N_

ORG_UNIT = RecordType(
    "org_unit",
    1,
    N_("Unit"),
    (
        Field(
            "code",
            Kind.CODE,
            N_("Unit code"),
            "Mã đơn vị",
            required=True,
            search=Search.NAME,
            sort=Sort.TEXT,
        ),
        Field(
            "name",
            Kind.TEXT,
            N_("Unit name"),
            "Tên đơn vị",
            required=True,
            search=Search.NAME,
            sort=Sort.TEXT,
        ),
        Field("kind", Kind.CHOICE, N_("Kind of unit"), "Loại đơn vị", choices="unit_kind"),
        Field("kind_words", Kind.TEXT, N_("Local word for the kind")),
        Field("valid_from", Kind.DATE, N_("From"), "Từ ngày"),
        Field("valid_to", Kind.DATE, N_("To"), "Đến ngày"),
    ),
    title="name",
    sheet="Đơn vị",
    keys=(("code",),),
)

UNIT_PARENT = RecordType(
    "unit_parent",
    2,
    N_("Superior of a unit"),
    (
        Field(
            "unit",
            Kind.REFERENCE,
            N_("Unit"),
            "Mã đơn vị",
            required=True,
            refers_to="org_unit",
            is_parent=True,
        ),
        Field(
            "parent",
            Kind.REFERENCE,
            N_("Superior unit"),
            "Mã đơn vị cấp trên",
            required=True,
            refers_to="org_unit",
        ),
        Field("valid_from", Kind.DATE, N_("From"), "Từ ngày"),
        Field("valid_to", Kind.DATE, N_("To"), "Đến ngày"),
    ),
    title="unit",
    sheet="Cấp trên của đơn vị",
)

UNIT_SUCCESSION = RecordType(
    "unit_succession",
    3,
    N_("Succession of units"),
    (
        Field(
            "old_unit",
            Kind.REFERENCE,
            N_("Former unit"),
            "Mã đơn vị cũ",
            required=True,
            refers_to="org_unit",
        ),
        Field(
            "new_unit",
            Kind.REFERENCE,
            N_("New unit"),
            "Mã đơn vị mới",
            required=True,
            refers_to="org_unit",
            is_parent=True,
        ),
        Field("on_date", Kind.DATE, N_("On"), "Ngày"),
        Field("kind", Kind.CHOICE, N_("Kind of change"), "Loại thay đổi", choices="unit_change"),
        Field("decision", Kind.TEXT, N_("Decision"), "Quyết định"),
    ),
    title="old_unit",
    sheet="Thay đổi đơn vị",
)

UNIT_PROFILE = RecordType(
    "unit_profile",
    4,
    N_("Data of an area"),
    (
        Field(
            "unit",
            Kind.REFERENCE,
            N_("Unit"),
            "Mã đơn vị",
            required=True,
            refers_to="org_unit",
            is_parent=True,
        ),
        Field("as_of", Kind.DATE, N_("As of"), "Tính đến ngày", required=True),
        Field("name", Kind.TEXT, N_("Item"), "Nội dung", required=True, search=Search.TEXT),
        Field("quantity", Kind.QUANTITY, N_("Value"), "Giá trị"),
        Field("words", Kind.TEXT, N_("Value as stated"), "Nguyên văn"),
        Field("measure", Kind.TEXT, N_("Measure"), "Đơn vị tính"),
        SOURCE_KEY,
    ),
    title="name",
    sheet="Số liệu đơn vị",
)

TYPES = (ORG_UNIT, UNIT_PARENT, UNIT_SUCCESSION, UNIT_PROFILE)
