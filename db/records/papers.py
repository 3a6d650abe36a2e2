"""What official papers need: the office, who signs, the clerk's own words, and the register of papers."""

from __future__ import annotations

from db.records.definition import Field, Kind, RecordType, Search
from resources import N_

OFFICE_PROFILE = RecordType(
    "office_profile",
    80,
    N_("Office on papers"),
    (
        Field("unit", Kind.REFERENCE, N_("Unit"), required=True, refers_to="org_unit", is_parent=True),
        Field("valid_from", Kind.DATE, N_("From")),
        Field("parent_line", Kind.TEXT, N_("Line of the superior office")),
        Field("name_line", Kind.TEXT, N_("Line of the office")),
        Field("symbol", Kind.TEXT, N_("Symbol")),
        Field("place", Kind.TEXT, N_("Place name")),
        Field("profile", Kind.TEXT, N_("Paper format")),
        Field("recipients", Kind.LONG_TEXT, N_("Recipients")),
        Field("signature_width_mm", Kind.COUNT, N_("Width of the signature (mm)")),
        Field("signature_height_mm", Kind.COUNT, N_("Height of the signature (mm)")),
        Field("seal_mm", Kind.COUNT, N_("Diameter of the seal (mm)")),
    ),
    title="name_line",
)

SIGNATORY = RecordType(
    "signatory",
    81,
    N_("Signatory"),
    (
        Field("unit", Kind.REFERENCE, N_("Unit"), required=True, refers_to="org_unit", is_parent=True),
        Field(
            "full_name",
            Kind.TEXT,
            N_("Full name"),
            required=True,
            search=Search.NAME,
            purpose="official duty",
        ),
        Field("title", Kind.TEXT, N_("Position")),
        Field("authority", Kind.TEXT, N_("Signs as")),
        Field("valid_from", Kind.DATE, N_("From")),
        Field("valid_to", Kind.DATE, N_("To")),
    ),
    title="full_name",
)

REPORT_TEXT = RecordType(
    "report_text",
    82,
    N_("Text of a report"),
    (
        Field("paper_kind", Kind.TEXT, N_("Paper"), required=True),
        Field("unit", Kind.REFERENCE, N_("Unit"), refers_to="org_unit", is_parent=True),
        Field("period", Kind.TEXT, N_("Period"), required=True),
        Field("section", Kind.TEXT, N_("Section"), required=True),
        Field("text", Kind.LONG_TEXT, N_("Text"), search=Search.TEXT),
    ),
    title="section",
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
        Field("symbol", Kind.TEXT, N_("Symbol")),
        Field("issued_on", Kind.DATE, N_("Issued on")),
        Field("period", Kind.TEXT, N_("Period asked")),
        Field("compare", Kind.TEXT, N_("Period compared with")),
        Field("units", Kind.TEXT, N_("Units taken as")),
        Field("period_label", Kind.TEXT, N_("Period")),
        Field("data_from", Kind.DATE, N_("Data from")),
        Field("data_to", Kind.DATE, N_("Data to")),
        Field("cutoff", Kind.DATE, N_("Cut-off")),
        Field("figures", Kind.LONG_TEXT, N_("Figures as printed")),
        Field("data_digest", Kind.TEXT, N_("Digest of the figures")),
        Field("pdf_hash", Kind.TEXT, N_("SHA-256 of the file")),
        Field("file_name", Kind.TEXT, N_("File")),
        Field("signatures", Kind.LONG_TEXT, N_("Signatures")),
        Field("supersedes", Kind.REFERENCE, N_("Supersedes"), refers_to="paper"),
    ),
    title="title",
)

TYPES = (OFFICE_PROFILE, SIGNATORY, REPORT_TEXT, PAPER)
