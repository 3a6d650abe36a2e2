"""What happens after: supervision with findings that are to be closed, and whether a model still works."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search
from resources import N_

SUPERVISION = RecordType(
    "supervision",
    70,
    N_("Supervision"),
    (
        ANY_MODEL_OF,
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("checked_on", Kind.DATE, N_("Supervised on"), "Ngày"),
        Field("body", Kind.TEXT, N_("Supervised by"), "Đơn vị giám sát", search=Search.TEXT),
        Field("finding", Kind.LONG_TEXT, N_("Finding"), "Phát hiện", search=Search.TEXT),
        Field("required", Kind.LONG_TEXT, N_("What is required"), "Yêu cầu", search=Search.TEXT),
        Field("due_on", Kind.DATE, N_("Due on"), "Thời hạn"),
        Field("closed_on", Kind.DATE, N_("Closed on"), "Ngày khắc phục"),
        SOURCE_KEY,
    ),
    title="finding",
    sheet="Giám sát",
)

SUSTAINABILITY_CHECK = RecordType(
    "sustainability_check",
    71,
    N_("Sustainability check"),
    (
        MODEL_OF,
        Field("checked_on", Kind.DATE, N_("Checked on"), "Ngày", required=True),
        Field("still_working", Kind.FLAG, N_("Still working"), "Còn hoạt động (x)"),
        Field("body", Kind.TEXT, N_("Checked by"), "Đơn vị kiểm tra", search=Search.TEXT),
        Field("finding", Kind.LONG_TEXT, N_("Finding"), "Phát hiện", search=Search.TEXT),
        SOURCE_KEY,
    ),
    title="finding",
    sheet="Kiểm tra duy trì",
)

TYPES = (SUPERVISION, SUSTAINABILITY_CHECK)
