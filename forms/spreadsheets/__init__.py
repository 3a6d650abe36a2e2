"""Spreadsheets in and out: workbooks are checked, read, planned and landed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from forms.spreadsheets.actions import ImportPlan as ImportPlan
    from forms.spreadsheets.actions import ImportResult as ImportResult
    from forms.spreadsheets.errors import (
        ExportCancelledError as ExportCancelledError,
    )
    from forms.spreadsheets.errors import (
        ImportCancelledError as ImportCancelledError,
    )
    from forms.spreadsheets.errors import (
        UnreadableWorkbookError as UnreadableWorkbookError,
    )
    from forms.spreadsheets.export import Exported as Exported
    from forms.spreadsheets.export import export_book as export_book
    from forms.spreadsheets.findings import Finding as Finding
    from forms.spreadsheets.formulas import write_list as write_list
    from forms.spreadsheets.landing import land as land
    from forms.spreadsheets.list_rows import ListColumn as ListColumn
    from forms.spreadsheets.list_rows import VeiledRows as VeiledRows
    from forms.spreadsheets.planning import plan as plan
    from forms.spreadsheets.raw import ColumnText as ColumnText
    from forms.spreadsheets.raw import Workbook as Workbook
    from forms.spreadsheets.read import read_workbook as read_workbook

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "actions": ["ImportPlan", "ImportResult"],
        "errors": ["ExportCancelledError", "ImportCancelledError", "UnreadableWorkbookError"],
        "export": ["Exported", "export_book"],
        "findings": ["Finding"],
        "formulas": ["write_list"],
        "landing": ["land"],
        "list_rows": ["ListColumn", "VeiledRows"],
        "planning": ["plan"],
        "raw": ["ColumnText", "Workbook"],
        "read": ["read_workbook"],
    },
)
