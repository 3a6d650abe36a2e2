"""Templates of papers that an office has changed; where there is none, the shipped one is used."""

from __future__ import annotations

from db.records.definition import Field, Kind, RecordType
from resources import N_

PAPER_TEMPLATE = RecordType(
    "paper_template",
    84,
    N_("Template of a paper"),
    (
        Field("paper_kind", Kind.CODE, N_("Kind of paper"), required=True),
        # The two files of a paper's folder, as the office has written them
        Field("description", Kind.LONG_TEXT, N_("Description (paper.toml)"), required=True),
        Field("template", Kind.LONG_TEXT, N_("Text (template.txt)"), required=True),
    ),
    title="paper_kind",
    keys=(("paper_kind",),),
)

TYPES = (PAPER_TEMPLATE,)
