"""Step 8: what a paper was asked for, so that the same one can be written anew."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE paper ADD COLUMN model TEXT",
    "ALTER TABLE paper ADD COLUMN photos INTEGER",
    "ALTER TABLE paper ADD COLUMN max_size INTEGER",
    "ALTER TABLE paper ADD COLUMN signatory TEXT",
    "CREATE INDEX paper_model ON paper (model)",
)
