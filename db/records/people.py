"""People, the models they are members of, and what they agreed to. Kept small: name, birth year, phone."""

from __future__ import annotations

from db.records.definition import MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search, Sort
from resources import N_

PERSON = RecordType(
    "person",
    20,
    N_("Person"),
    (
        Field(
            "full_name",
            Kind.TEXT,
            N_("Full name"),
            "Họ và tên",
            required=True,
            search=Search.PERSON,
            sort=Sort.PERSON,
            purpose="membership",
            scope="name",
        ),
        Field(
            "sort_name",
            Kind.TEXT,
            N_("Name to sort by"),
            "Tên để xếp",
            purpose="membership",
            scope="name",
            about="full_name",
        ),
        Field(
            "birth_year",
            Kind.YEAR,
            N_("Birth year"),
            "Năm sinh",
            search=Search.NAME,
            purpose="membership",
            about="full_name",
        ),
        Field(
            "gender",
            Kind.CHOICE,
            N_("Gender"),
            "Giới tính",
            choices="gender",
            purpose="membership",
            about="full_name",
        ),
        Field(
            "address",
            Kind.TEXT,
            N_("Address"),
            "Địa chỉ",
            search=Search.NAME,
            purpose="membership",
            scope="contact",
            about="full_name",
        ),
        Field(
            "phone",
            Kind.TEXT,
            N_("Phone"),
            "Điện thoại",
            purpose="contact",
            scope="contact",
            about="full_name",
        ),
        SOURCE_KEY,
    ),
    title="full_name",
    sheet="Người",
)

MODEL_MEMBER = RecordType(
    "model_member",
    21,
    N_("Member"),
    (
        MODEL_OF,
        Field("person", Kind.REFERENCE, N_("Person"), "Mã người", required=True, refers_to="person"),
        Field("role", Kind.TEXT, N_("Role"), "Vai trò", search=Search.TEXT),
        Field("valid_from", Kind.DATE, N_("From"), "Từ ngày"),
        Field("valid_to", Kind.DATE, N_("To"), "Đến ngày"),
        SOURCE_KEY,
    ),
    title="role",
    sheet="Thành viên",
)

CONSENT = RecordType(
    "consent",
    22,
    N_("Consent"),
    (
        Field("person", Kind.REFERENCE, N_("Person"), "Mã người", refers_to="person"),
        # A contributor or recipient who is no person of the book is known by name and unit
        Field(
            "full_name",
            Kind.TEXT,
            N_("Full name"),
            "Họ và tên",
            search=Search.PERSON,
            sort=Sort.PERSON,
            purpose="consent",
        ),
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field(
            "scope",
            Kind.CHOICE,
            N_("What may be shown"),
            "Được công khai",
            required=True,
            choices="consent_scope",
        ),
        Field("method", Kind.CHOICE, N_("How it was given"), "Hình thức", choices="consent_method"),
        Field("given_on", Kind.DATE, N_("Agreed on"), "Ngày đồng ý", required=True),
        Field("withdrawn_on", Kind.DATE, N_("Withdrawn on"), "Ngày rút"),
        Field("representative", Kind.TEXT, N_("Parent or guardian"), "Người đại diện", purpose="consent"),
        Field("child_assent", Kind.FLAG, N_("The child agrees too"), "Trẻ đồng ý (x)"),
        Field("notes", Kind.LONG_TEXT, N_("Notes"), "Ghi chú"),
        SOURCE_KEY,
    ),
    title="full_name",
    sheet="Đồng ý công khai",
)

TYPES = (PERSON, MODEL_MEMBER, CONSENT)
