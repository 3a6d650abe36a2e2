"""Sums that the book keeps beside its records, so that the figures of many years cost what a few rows cost.

Like the index of words they are made from the records, never travel and can always be made anew
(docs/decisions/0011). ``stale`` notes which units a write touches (all that writing needs to know),
``making`` adds up the records of units, ``keeping`` keeps what came out, ``asking`` answers from it.
"""
