"""Spreadsheets in and out: workbooks are checked, read, planned and landed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from forms.spreadsheets.actions import ImportPlan as ImportPlan
    from forms.spreadsheets.actions import ImportResult as ImportResult
    from forms.spreadsheets.errors import (
        ImportCancelledError as ImportCancelledError,
    )
    from forms.spreadsheets.errors import (
        UnreadableWorkbookError as UnreadableWorkbookError,
    )
    from forms.spreadsheets.findings import Finding as Finding
    from forms.spreadsheets.landing import land as land
    from forms.spreadsheets.planning import plan as plan
    from forms.spreadsheets.read import Workbook as Workbook
    from forms.spreadsheets.read import read_workbook as read_workbook

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "actions": ["ImportPlan", "ImportResult"],
        "errors": ["ImportCancelledError", "UnreadableWorkbookError"],
        "findings": ["Finding"],
        "landing": ["land"],
        "planning": ["plan"],
        "read": ["Workbook", "read_workbook"],
    },
)
