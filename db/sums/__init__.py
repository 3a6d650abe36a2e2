"""Sums that the book keeps beside its records, so that the figures of many years cost what a few rows cost.

Like the index of words they are made from the records, never travel and can always be made anew
(docs/decisions/0011). ``stale`` notes which units a write touches, ``making`` adds up the records of units,
``tables`` keeps what came out, ``asking`` answers from it.
"""

from __future__ import annotations

import lazy_loader

# What writes records knows ``stale`` only, and the figures not at all
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "asking": ["facts_for"],
        "tables": ["forget_all"],
        "keeping": ["is_due", "make", "wrong_units"],
    },
)
