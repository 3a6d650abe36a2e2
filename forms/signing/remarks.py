"""What somebody who signs should be told, although nothing is wrong with the key or the file."""

from __future__ import annotations

from collections.abc import Iterator

from db.vietnamese import fold
from forms.signing.fields import person_named
from forms.signing.keys import SigningKey
from resources import _


def remarks(pdf: bytes, key: SigningKey, field: str) -> Iterator[str]:
    """Sentences about signing ``pdf`` in ``field`` with ``key``: the paper may name somebody else there.

    The file must be one that ``sign`` takes. Certificates often name their owner in capitals or without
    marks, or with the position beside the name: these are the same person.
    """
    named, owner = person_named(pdf, field), key.summary.signer
    if named and not _same(named, owner):
        words = _("The paper is signed by {named}, but the key belongs to {owner}. Please check the key.")
        yield words.format(named=named, owner=owner)


def _same(named: str, owner: str) -> bool:
    return f" {fold(named)} " in f" {fold(owner)} "
