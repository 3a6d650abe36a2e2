"""Step 4: for whom a paper was written and with whose consent; who can be seen in a photo."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE paper ADD COLUMN audience TEXT",
    "ALTER TABLE paper ADD COLUMN consents TEXT",
    "ALTER TABLE photo ADD COLUMN people TEXT",
)
