"""Results: quantities with their measure, and totals that a unit reports without records."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search
from resources import N_

OUTPUT_MEASURE = RecordType(
    "output_measure",
    50,
    N_("Result"),
    (
        ANY_MODEL_OF,
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("name", Kind.TEXT, N_("Item"), "Nội dung", required=True, search=Search.TEXT),
        Field("quantity", Kind.QUANTITY, N_("Quantity"), "Số lượng", required=True),
        Field("measure", Kind.TEXT, N_("Measure"), "Đơn vị tính", required=True),
        Field("measured_on", Kind.DATE, N_("Measured on"), "Ngày"),
        Field("measured_year", Kind.YEAR, N_("Measured in")),
        SOURCE_KEY,
    ),
    title="name",
    sheet="Kết quả",
)

REPORTED_FIGURE = RecordType(
    "reported_figure",
    51,
    N_("Reported total"),
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
        Field("period_from", Kind.DATE, N_("From"), "Từ ngày", required=True),
        Field("period_to", Kind.DATE, N_("To"), "Đến ngày", required=True),
        Field("as_of", Kind.DATE, N_("As of"), "Tính đến ngày"),
        Field("indicator", Kind.TEXT, N_("Indicator"), "Chỉ tiêu", required=True, search=Search.TEXT),
        Field("field", Kind.CHOICE, N_("Field"), "Lĩnh vực", choices="field"),
        Field(
            "subject", Kind.CHOICE, N_("Collective or individual"), "Tập thể/Cá nhân", choices="subject_type"
        ),
        Field("level", Kind.CHOICE, N_("Level"), "Cấp", choices="level"),
        Field("line", Kind.CHOICE, N_("Reporting line"), "Tuyến báo cáo", choices="line"),
        Field("form", Kind.CHOICE, N_("Form of recognition"), "Hình thức khen", choices="recognition_form"),
        Field(
            "status",
            Kind.CHOICE,
            N_("Proposed or granted"),
            "Đề nghị/Được tặng",
            choices="recognition_status",
        ),
        Field("qualifier", Kind.CHOICE, N_("Precision"), "Mức", choices="qualifier"),
        Field("value", Kind.QUANTITY, N_("Value"), "Giá trị"),
        Field("measure", Kind.TEXT, N_("Measure"), "Đơn vị tính"),
        Field("words", Kind.TEXT, N_("Value as stated"), "Nguyên văn"),
        Field("source", Kind.TEXT, N_("Source"), "Nguồn", search=Search.TEXT),
        Field("row_order", Kind.COUNT, N_("Place of the row"), "Thứ tự dòng"),
        SOURCE_KEY,
    ),
    title="indicator",
    sheet="Số liệu báo cáo",
)

TYPES = (OUTPUT_MEASURE, REPORTED_FIGURE)
