"""From proposed to granted: a grant is a fact of its own, the proposal stays what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.life.standing import seen_by
from db.reading import Reading
from db.records.definition import Value
from db.store import Record
from db.writing import Writing

_SAME: Final = ("model", "unit", "recipient", "recipient_type", "form", "level")
_KEPT: Final = (*_SAME, "body", "basis", "occasion")


@dataclass(frozen=True, slots=True)
class Decision:
    """By what it was granted: number, day (ISO), and who granted it, where that differs from the proposal."""

    number: str | None = None
    on: str | None = None
    body: str | None = None


def grant(write: Writing, proposals: Sequence[str], decision: Decision) -> list[str]:
    """A granted recognition for each of these proposals (ids); ids of the new records in order.

    What is no proposal, or was granted since, is passed over: nothing is granted twice.
    """
    made = []
    for record in proposals:
        book = seen_by(write)
        proposal = book.get("recognition", record)
        if proposal["status"] == "proposed" and not proposal.removed and not granted_for(book, proposal):
            made.append(write.add("recognition", _granted(proposal, decision)))
    return made


def granted_for(book: Reading, proposal: Record) -> list[Record]:
    """Grants of the same thing to the same recipient, not older than the proposal."""
    same = {name: proposal[name] for name in _SAME}
    since = str(proposal["decided_on"] or proposal["decided_year"] or "")
    found = book.find("recognition", {**same, "status": "granted"})
    return [one for one in found if str(one["decided_on"] or one["decided_year"] or "9") >= since]


def _granted(proposal: Record, decision: Decision) -> dict[str, Value]:
    kept = {name: proposal[name] for name in _KEPT}
    stated = {"decision_no": decision.number, "decided_on": decision.on, "status": "granted"}
    return {**kept, **stated, "body": decision.body or kept["body"]}
