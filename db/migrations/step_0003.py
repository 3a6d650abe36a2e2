"""Step 3: indexes by day and year, so that the figures of a period read that period alone."""

from __future__ import annotations

STATEMENTS = (
    "CREATE INDEX model_is_project_work ON model (is_project_work)",
    "CREATE INDEX registration_year ON registration (year)",
    "CREATE INDEX activity_held ON activity (held_on, held_year)",
    "CREATE INDEX contribution_given ON contribution (given_on, given_year)",
    "CREATE INDEX output_measure_measured ON output_measure (measured_on, measured_year)",
    "CREATE INDEX recognition_decided ON recognition (decided_on, decided_year)",
    "CREATE INDEX supervision_checked ON supervision (checked_on)",
)
