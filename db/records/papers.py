"""What official papers need: the office, who signs, the clerk's own words, and the register of papers."""

from __future__ import annotations

from db.records.definition import DUTY, Field, Kind, RecordType, Search
from resources import N_

_UNIT = Field(
    "unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", required=True, refers_to="org_unit", is_parent=True
)

OFFICE_PROFILE = RecordType(
    "office_profile",
    80,
    N_("Office on papers"),
    (
        _UNIT,
        Field("valid_from", Kind.DATE, N_("From"), "Từ ngày"),
        Field("parent_line", Kind.TEXT, N_("Line of the superior office"), "Tên cơ quan cấp trên"),
        Field("name_line", Kind.TEXT, N_("Line of the office"), "Tên cơ quan"),
        Field("symbol", Kind.TEXT, N_("Symbol"), "Ký hiệu"),
        Field("place", Kind.TEXT, N_("Place name"), "Địa danh"),
        Field("profile", Kind.TEXT, N_("Paper format"), "Thể thức"),
        Field("recipients", Kind.LONG_TEXT, N_("Recipients"), "Nơi nhận"),
        Field("signature_width_mm", Kind.COUNT, N_("Width of the signature (mm)"), "Chữ ký rộng"),
        Field("signature_height_mm", Kind.COUNT, N_("Height of the signature (mm)"), "Chữ ký cao"),
        Field("seal_mm", Kind.COUNT, N_("Diameter of the seal (mm)"), "Đường kính dấu"),
    ),
    title="name_line",
    sheet="Cơ quan trên văn bản",
)

SIGNATORY = RecordType(
    "signatory",
    81,
    N_("Signatory"),
    (
        _UNIT,
        Field(
            "full_name",
            Kind.TEXT,
            N_("Full name"),
            "Họ và tên",
            required=True,
            search=Search.PERSON,
            purpose="official duty",
            scope=DUTY,
        ),
        Field("title", Kind.TEXT, N_("Position"), "Chức vụ"),
        Field("authority", Kind.TEXT, N_("Signs as"), "Quyền hạn ký"),
        Field("valid_from", Kind.DATE, N_("From"), "Từ ngày"),
        Field("valid_to", Kind.DATE, N_("To"), "Đến ngày"),
    ),
    title="full_name",
    sheet="Người ký",
)

REPORT_TEXT = RecordType(
    "report_text",
    82,
    N_("Text of a report"),
    (
        Field("paper_kind", Kind.TEXT, N_("Paper"), "Loại văn bản", required=True),
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit", is_parent=True),
        Field("period", Kind.TEXT, N_("Period"), "Kỳ", required=True),
        Field("section", Kind.TEXT, N_("Section"), "Phần", required=True),
        Field("text", Kind.LONG_TEXT, N_("Text"), "Lời văn", search=Search.TEXT),
    ),
    title="section",
    sheet="Lời văn báo cáo",
)

PAPER = RecordType(
    "paper",
    83,
    N_("Paper"),
    (
        Field("kind", Kind.TEXT, N_("Kind of paper"), required=True),
        Field("unit", Kind.REFERENCE, N_("Unit"), refers_to="org_unit"),
        Field("title", Kind.TEXT, N_("Title"), search=Search.NAME),
        Field("number", Kind.CODE, N_("Number"), search=Search.NAME),
        Field("symbol", Kind.TEXT, N_("Symbol"), search=Search.NAME),
        Field("issued_on", Kind.DATE, N_("Issued on")),
        Field("period", Kind.TEXT, N_("Period asked")),
        Field("compare", Kind.TEXT, N_("Period compared with")),
        Field("units", Kind.TEXT, N_("Units taken as")),
        Field("period_label", Kind.TEXT, N_("Period"), search=Search.NAME),
        Field("data_from", Kind.DATE, N_("Data from")),
        Field("data_to", Kind.DATE, N_("Data to")),
        Field("cutoff", Kind.DATE, N_("Cut-off")),
        Field("figures", Kind.LONG_TEXT, N_("Figures as printed")),
        Field("data_digest", Kind.TEXT, N_("Digest of the figures")),
        Field("pdf_hash", Kind.TEXT, N_("SHA-256 of the file")),
        Field("file_name", Kind.TEXT, N_("File"), search=Search.NAME),
        Field("signatures", Kind.LONG_TEXT, N_("Signatures")),
        Field("supersedes", Kind.REFERENCE, N_("Supersedes"), refers_to="paper"),
        Field("audience", Kind.CHOICE, N_("Written for"), choices="audience"),
        # What else was asked for, so that the same paper can be written anew
        Field("model", Kind.REFERENCE, N_("Model"), refers_to="model"),
        Field("photos", Kind.COUNT, N_("Photos a page")),
        Field("max_size", Kind.COUNT, N_("File no larger than (bytes)")),
        Field("signatory", Kind.TEXT, N_("Signed by")),
        # Ids of the consents with which it shows personal data: one withdrawn, and the paper is outdated
        Field("consents", Kind.LONG_TEXT, N_("Consents relied on")),
    ),
    title="title",
)

TYPES = (OFFICE_PROFILE, SIGNATORY, REPORT_TEXT, PAPER)
