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

# The rule of ``db.life.maintaining.offered`` for books of any size; its tests compare the two
_NOT_AGAIN: Final = """
SELECT DISTINCT m.id FROM registration r JOIN model m ON m.id = r.model
WHERE r.year = :year - 1 AND r.removed IS NULL AND m.removed IS NULL
  AND (r.status IS NULL OR r.status NOT IN ('draft', 'returned', 'withdrawn', 'stopped'))
  AND (m.ended_on IS NULL OR m.ended_on >= :year || '-01-01')
  AND NOT EXISTS (SELECT 1 FROM registration n
                  WHERE n.model = r.model AND n.line IS r.line AND +n.year = :year AND n.removed IS NULL)
  AND coalesce((SELECT c.still_working <> 0 OR c.checked_on <
                       min(max(coalesce(r.registered_on, ''), r.year || '-01-01'), r.year || '-12-31')
                FROM sustainability_check c WHERE c.model = r.model AND c.removed IS NULL
                ORDER BY c.checked_on DESC, c.row DESC LIMIT 1), 1)
ORDER BY m.row
"""


# Whether texts are there, never what they say: they are long
_INCOMPLETE: Final = """
SELECT id FROM model
WHERE id IN (SELECT model FROM registration WHERE year = ? AND removed IS NULL) AND removed IS NULL
  AND (situation IS NULL OR goal IS NULL OR method IS NULL OR products IS NULL OR sustain_plan IS NULL)
ORDER BY row
"""


def incomplete(book: Reading, year: int) -> list[str]:
    """Models registered in a year that lack some of the headings which the registration form asks for."""
    return [model for (model,) in book.connection.execute(_INCOMPLETE, (year,))]


def not_registered_again(book: Reading, year: int) -> list[str]:
    """Models of the year before that still live and have a registration to be maintained in ``year``."""
    return [model for (model,) in book.connection.execute(_NOT_AGAIN, {"year": year})]


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
