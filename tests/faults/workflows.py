"""What is interrupted: the things a clerk does that change files.

A new one is a function that prepares what it needs and returns what is run, and a line here.
"""

from __future__ import annotations

from typing import Final

from tests.faults import of_books, of_files, of_records
from tests.faults.desk import newer_program
from tests.faults.workflow import Workflow

USUAL: Final = {
    "edit": Workflow(of_records.edit),
    "import": Workflow(of_records.take_in),
    "photo add": Workflow(of_files.add_photos, of_files.photos_are_there),
    "paper issue": Workflow(of_files.issue, of_files.papers_are_there),
    "migration": Workflow(of_books.upgrade, of_books.older_is_kept_aside, newer_program),
    "backup": Workflow(of_books.back_up, of_books.copies_are_whole),
    "restore": Workflow(of_books.restore, of_books.restored_are_whole_or_absent),
}

RARER: Final = {
    "edit after a cut": Workflow(of_records.edit_after_a_cut),
    "edit, short log": Workflow(of_records.edit, program=of_records.short_log),
    "photo forget": Workflow(of_files.forget_photos, of_files.forgotten_are_gone),
    "new book": Workflow(of_books.make_new, of_books.new_is_whole_or_can_be_made),
}
"""What happens seldom; tried like the others, in `make test` at fewer places."""

WORKFLOWS: Final = {**USUAL, **RARER}

COMMANDS: Final = {
    "import command": Workflow(of_records.import_command),
    "undo command": Workflow(of_records.undo_command),
}
"""The same as commands, for what they say and the code they end with."""

PATIENT: Final = {"edit, tried again": Workflow(of_records.edit_again)}
"""A fault that passes must leave no trace."""
