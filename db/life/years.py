"""The years of which there are registrations: asked of an index, in books of any size."""

from __future__ import annotations

from typing import Final

from db.reading import Reading

# From year to year along the index, never over the rows between
_YEARS: Final = """
WITH RECURSIVE stated(year) AS (
  SELECT min(year) FROM registration
  UNION ALL
  SELECT (SELECT min(n.year) FROM registration n WHERE n.year > stated.year) FROM stated
  WHERE stated.year IS NOT NULL
)
SELECT year FROM stated
WHERE EXISTS (SELECT 1 FROM registration r WHERE r.year = stated.year AND r.removed IS NULL)
"""


def registered_years(book: Reading) -> list[int]:
    """Years with a live registration, the earliest first."""
    return [year for (year,) in book.connection.execute(_YEARS)]
