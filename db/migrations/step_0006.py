"""Step 6: templates of papers that an office has changed."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE paper_template (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        removed TEXT,
        paper_kind TEXT,
        description TEXT,
        template TEXT
    ) STRICT""",
)
