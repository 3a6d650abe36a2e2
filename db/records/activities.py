"""Mobilisation records: meetings, dialogues, outreach, work days."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, SOURCE_KEY, Field, Kind, RecordType, Search
from resources import N_

ACTIVITY = RecordType(
    "activity",
    30,
    N_("Activity"),
    (
        ANY_MODEL_OF,
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("kind", Kind.CHOICE, N_("Kind of activity"), "Loại", required=True, choices="activity_kind"),
        Field("held_on", Kind.DATE, N_("Held on"), "Ngày"),
        Field("held_year", Kind.YEAR, N_("Held in")),
        Field("ended_on", Kind.DATE, N_("Ended on"), "Đến ngày"),
        Field("place", Kind.TEXT, N_("Place"), "Địa điểm", search=Search.TEXT),
        Field("content", Kind.LONG_TEXT, N_("Content"), "Nội dung", search=Search.TEXT),
        Field("attendees", Kind.COUNT, N_("Attendees"), "Số người dự"),
        Field("households_total", Kind.COUNT, N_("Households in all"), "Tổng số hộ"),
        Field("households_present", Kind.COUNT, N_("Households present"), "Số hộ dự"),
        Field("votes_for", Kind.COUNT, N_("In favour"), "Đồng ý"),
        Field("votes_against", Kind.COUNT, N_("Against"), "Không đồng ý"),
        Field("abstained", Kind.COUNT, N_("Other opinions"), "Ý kiến khác"),
        Field("channel", Kind.TEXT, N_("Channel"), "Kênh tuyên truyền"),
        SOURCE_KEY,
    ),
    title="content",
    sheet="Hoạt động",
)

TYPES = (ACTIVITY,)
