"""What an import has to say: rows refused, and things that are worth knowing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the workbook and what is to be said of it. ``row`` as in Excel, None = the whole sheet."""

    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    code: str = ""

    def as_refusal(self) -> dict[str, object]:
        """The shape of interfaces §1."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }

    def as_warning(self) -> dict[str, object]:
        """The same with its code in front."""
        return {"code": self.code, **self.as_refusal()}


@dataclass(slots=True)
class Findings:
    """Collects while a workbook is read and planned."""

    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def refuse(self, sheet: str, row: int | None, column: str, value: str, reason: str) -> None:
        """This row (or sheet) cannot be imported."""
        self.refused.append(Finding(sheet, row, column, value, reason))

    def warn(self, code: str, sheet: str, row: int | None, column: str, value: str, reason: str) -> None:
        """This is imported, but somebody should look at it."""
        self.warnings.append(Finding(sheet, row, column, value, reason, code))
