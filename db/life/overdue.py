"""What nobody should forget: models without evidence, findings and tasks that should be done by now."""

from __future__ import annotations

from typing import Final

from db.reading import Reading

_WITHOUT_EVIDENCE: Final = """
SELECT DISTINCT m.id FROM registration r JOIN model m ON m.id = r.model
WHERE r.year = ? AND r.removed IS NULL AND m.removed IS NULL
  AND (r.status IS NULL OR r.status NOT IN ('draft', 'returned', 'withdrawn'))
  AND NOT EXISTS (SELECT 1 FROM photo WHERE model = m.id AND removed IS NULL)
  AND NOT EXISTS (SELECT 1 FROM activity WHERE model = m.id AND removed IS NULL)
  AND NOT EXISTS (SELECT 1 FROM contribution WHERE model = m.id AND removed IS NULL)
  AND NOT EXISTS (SELECT 1 FROM output_measure WHERE model = m.id AND removed IS NULL)
ORDER BY m.row
"""


def without_evidence(book: Reading, year: int) -> list[str]:
    """Models registered in a year of which nothing shows that anything was ever done: no photo, activity,
    contribution or result."""
    return [model for (model,) in book.connection.execute(_WITHOUT_EVIDENCE, (year,))]


def open_findings(book: Reading, today: str) -> tuple[list[str], list[str]]:
    """Supervisions that are not closed: those past their day, and the others."""
    rows = list(book.rows("supervision", ("id", "due_on"), {"closed_on": None}))
    late = [record for record, due in rows if due and due < today]
    return late, [record for record, due in rows if not (due and due < today)]


def overdue_tasks(book: Reading, today: str) -> list[str]:
    """Tasks that should be done by now and are not."""
    rows = book.rows("task", ("id", "due_on"), {"done_on": None})
    return [record for record, due in rows if due and due < today]
