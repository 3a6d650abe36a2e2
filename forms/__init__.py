"""What goes in and out on paper: papers, signatures, spreadsheets. Knows no Qt and no SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from forms.adopting import use_files as use_files
    from forms.adopting import use_shipped as use_shipped
    from forms.issue import COPY_FOR as COPY_FOR
    from forms.issue import Draft as Draft
    from forms.issue import Issued as Issued
    from forms.issue import draft_paper as draft_paper
    from forms.issue import issue_paper as issue_paper
    from forms.issue import outdated_papers as outdated_papers
    from forms.issue import replaced_drafts as replaced_drafts
    from forms.issue import request_of as request_of
    from forms.issue import usual_name as usual_name
    from forms.own_papers import files_of as files_of
    from forms.own_papers import is_own as is_own
    from forms.own_papers import kind_in as kind_in
    from forms.own_papers import save_files as save_files
    from forms.paper_kinds import PaperKind as PaperKind
    from forms.paper_kinds import kind as kind
    from forms.paper_kinds import kinds as kinds
    from forms.paper_request import PaperRequest as PaperRequest
    from forms.preview import PagePicture as PagePicture
    from forms.preview import page_sizes as page_sizes
    from forms.preview import render_page as render_page
    from forms.recovery import draw_sheet as draw_sheet
    from forms.recovery import write_sheet as write_sheet
    from forms.spreadsheets.formulas import write_list as write_list

# Reading and writing PDF takes a second to load: each name is fetched when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "adopting": ["use_files", "use_shipped"],
        "issue": [
            "COPY_FOR",
            "Draft",
            "Issued",
            "draft_paper",
            "issue_paper",
            "outdated_papers",
            "replaced_drafts",
            "request_of",
            "usual_name",
        ],
        "own_papers": ["files_of", "is_own", "kind_in", "save_files"],
        "paper_kinds": ["PaperKind", "kind", "kinds"],
        "paper_request": ["PaperRequest"],
        "preview": ["PagePicture", "page_sizes", "render_page"],
        "recovery": ["draw_sheet", "write_sheet"],
        "spreadsheets.formulas": ["write_list"],
    },
)
