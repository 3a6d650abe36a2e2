"""Recognitions: facts by several bodies; proposed is not granted."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search
from resources import N_

RECOGNITION = RecordType(
    "recognition",
    60,
    N_("Recognition"),
    (
        ANY_MODEL_OF,
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field(
            "recipient",
            Kind.TEXT,
            N_("Recipient"),
            "Người/tập thể nhận",
            required=True,
            search=Search.PERSON,
            purpose="recognition",
            scope="name",
            unless=("recipient_type", frozenset({"collective", "model"})),
        ),
        Field(
            "recipient_type",
            Kind.CHOICE,
            N_("Kind of recipient"),
            "Tập thể/Cá nhân/Mô hình",
            required=True,
            choices="recipient_type",
        ),
        Field(
            "form",
            Kind.CHOICE,
            N_("Form of recognition"),
            "Hình thức khen",
            required=True,
            choices="recognition_form",
        ),
        Field("level", Kind.CHOICE, N_("Level"), "Cấp", choices="level"),
        Field("body", Kind.TEXT, N_("Granted by"), "Cơ quan khen", search=Search.TEXT),
        Field(
            "status",
            Kind.CHOICE,
            N_("Proposed or granted"),
            "Đề nghị/Được tặng",
            required=True,
            choices="recognition_status",
        ),
        Field("decision_no", Kind.CODE, N_("Decision number"), "Số quyết định", search=Search.NAME),
        Field("decided_on", Kind.DATE, N_("Decided on"), "Ngày"),
        Field("decided_year", Kind.YEAR, N_("Decided in")),
        Field("basis", Kind.TEXT, N_("Basis"), "Căn cứ", search=Search.TEXT),
        Field("occasion", Kind.TEXT, N_("Occasion"), "Dịp", search=Search.TEXT),
        SOURCE_KEY,
    ),
    title="recipient",
    sheet="Khen thưởng",
)

TYPES = (RECOGNITION,)
