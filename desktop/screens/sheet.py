"""The recovery sheet as PDF. A module of its own: what draws it is heavy and loaded in the worker."""

from __future__ import annotations

from forms.recovery import sheet_file, write_sheet

__all__ = ["sheet_file", "write_sheet"]
