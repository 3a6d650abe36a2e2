"""Words for what the journal tells: why something was kept, where something was found."""

from __future__ import annotations

from db import RECORD_TYPES, Kind, Record
from db.reading import Reading
from db.undo import Kept
from resources import N_, _

_KEPT = {
    "changed": N_("changed since, left as it is"),
    "referred": N_("other records refer to it, left as it is"),
    "erased": N_("the value was erased and cannot come back"),
    "conflict": N_("in conflict, to be decided first"),
}


def kept_reason(kept: Kept) -> str:
    """Why an undo left something as it is."""
    field = RECORD_TYPES[kept.type].by_name.get(kept.field or "")
    reason = _(_KEPT[kept.reason])
    return f"{_(field.label)}: {reason}" if field else reason


def where_found(book: Reading, record: Record) -> str:
    """To what a found record belongs, in a few words; of a person what tells namesakes apart."""
    if record.type == "person":
        return _person(book, record)
    declared, values = RECORD_TYPES[record.type], record.values
    owners = [f for f in declared.fields if f.refers_to in ("model", "org_unit") and values.get(f.name)]
    if not owners:
        return str(values.get("code") or "")
    # A registration is called by its model already: its unit says more
    owner = owners[-1] if declared.by_name[declared.title].kind is Kind.YEAR else owners[0]
    return book.get(str(owner.refers_to), str(values[owner.name])).title


def _person(book: Reading, record: Record) -> str:
    """Year of birth, and the model the person was last made a member of."""
    member = book.find("model_member", {"person": record.id}, "-valid_from", limit=1)
    model = book.get("model", str(member[0]["model"])).title if member else None
    return ", ".join(str(each) for each in (record["birth_year"], model) if each)
