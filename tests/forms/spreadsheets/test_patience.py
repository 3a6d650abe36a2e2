"""Garbage is looked for seldom while a workbook is read, and as usual afterwards, whatever happened."""

from __future__ import annotations

import gc
from contextlib import suppress

from forms.spreadsheets.patience import seldom_collected


def test_garbage_is_looked_for_seldom() -> None:
    usual = gc.get_threshold()[0]
    with seldom_collected():
        assert gc.get_threshold()[0] > usual


def test_afterwards_it_is_as_usual_whatever_happened() -> None:
    usual = gc.get_threshold()
    with suppress(ZeroDivisionError), seldom_collected():
        raise ZeroDivisionError
    assert gc.get_threshold() == usual


def test_of_two_at_once_the_last_to_end_brings_back_what_was_usual() -> None:
    usual = gc.get_threshold()
    first, second = seldom_collected(), seldom_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] > usual[0]
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual
