"""Photos: what a model looked like before, during and after. The picture itself lies in the photo store."""

from __future__ import annotations

from db.records.definition import ANY_MODEL_OF, Field, Kind, RecordType, Search
from resources import N_

PHOTO = RecordType(
    "photo",
    90,
    N_("Photo"),
    (
        ANY_MODEL_OF,
        Field("activity", Kind.REFERENCE, N_("Activity"), refers_to="activity"),
        Field("unit", Kind.REFERENCE, N_("Unit"), "Mã đơn vị", refers_to="org_unit"),
        Field("stage", Kind.CHOICE, N_("Before, during or after"), "Giai đoạn", choices="photo_stage"),
        Field("taken_on", Kind.DATE, N_("Taken on"), "Ngày chụp"),
        Field("place", Kind.TEXT, N_("Place"), "Địa điểm", search=Search.NAME),
        Field("caption", Kind.TEXT, N_("Caption"), "Chú thích", search=Search.NAME),
        Field(
            "photographer",
            Kind.TEXT,
            N_("Photographer"),
            "Người chụp",
            search=Search.PERSON,
            purpose="authorship",
            scope="name",
        ),
        Field("shows_children", Kind.FLAG, N_("Shows children"), "Có trẻ em (x)"),
        # The other half of a pair: set on the photo taken later, names the earlier one
        Field("pair", Kind.REFERENCE, N_("Pair with"), refers_to="photo"),
        # SHA-256 of the stored JPEG, and of the file that came in
        Field("hash", Kind.CODE, N_("Fingerprint"), required=True),
        Field("source_hash", Kind.CODE, N_("Fingerprint of the file that came in")),
        Field("file_name", Kind.TEXT, N_("File name"), search=Search.NAME),
        Field("width", Kind.COUNT, N_("Width in pixels")),
        Field("height", Kind.COUNT, N_("Height in pixels")),
        Field("size", Kind.COUNT, N_("Size in bytes")),
        # Who can be recognised in it: a name a line
        Field(
            "people",
            Kind.LONG_TEXT,
            N_("People in the picture"),
            "Người trong ảnh",
            search=Search.NAME,
            purpose="picture",
        ),
    ),
    title="caption",
    sheet="Ảnh",
)

TYPES = (PHOTO,)
