"""What was given: money, labour days, land, goods. Converted values are kept apart from money."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search
from resources import N_

_NO_PERSONS = frozenset({"enterprise", "organisation", "budget"})

CONTRIBUTION = RecordType(
    "contribution",
    40,
    N_("Contribution"),
    (
        ANY_MODEL_OF,
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("activity", Kind.REFERENCE, N_("Activity"), "Mã dòng hoạt động", refers_to="activity"),
        Field(
            "contributor",
            Kind.TEXT,
            N_("Contributor"),
            "Người/đơn vị đóng góp",
            required=True,
            search=Search.PERSON,
            purpose="contribution list",
            scope="name",
            unless=("contributor_kind", _NO_PERSONS),
        ),
        Field(
            "contributor_kind",
            Kind.CHOICE,
            N_("Kind of contributor"),
            "Loại người đóng góp",
            choices="contributor_kind",
        ),
        Field("kind", Kind.CHOICE, N_("Form"), "Hình thức", required=True, choices="contribution_kind"),
        Field("item", Kind.TEXT, N_("Goods"), "Tên hiện vật", search=Search.TEXT),
        Field(
            "quantity",
            Kind.QUANTITY,
            N_("Quantity"),
            "Số lượng",
            purpose="contribution list",
            scope="amount",
            about="contributor",
        ),
        Field("measure", Kind.TEXT, N_("Measure"), "Đơn vị tính"),
        Field(
            "amount_vnd",
            Kind.MONEY,
            N_("Amount (đồng)"),
            purpose="contribution list",
            scope="amount",
            about="contributor",
        ),
        Field(
            "converted_vnd",
            Kind.MONEY,
            N_("Converted value (đồng)"),
            "Quy đổi (đồng)",
            purpose="contribution list",
            scope="amount",
            about="contributor",
        ),
        Field("given_on", Kind.DATE, N_("Given on"), "Ngày"),
        Field("given_year", Kind.YEAR, N_("Given in")),
        Field("receipt_no", Kind.CODE, N_("Receipt number"), "Số phiếu thu", search=Search.NAME),
        # What is noted of a giver may be anything: no consent covers it
        Field(
            "notes",
            Kind.LONG_TEXT,
            N_("Notes"),
            "Ghi chú",
            search=Search.TEXT,
            purpose="contribution list",
            about="contributor",
        ),
        SOURCE_KEY,
    ),
    title="contributor",
    sheet="Đóng góp",
)

TYPES = (CONTRIBUTION,)
