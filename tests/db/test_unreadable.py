"""What cannot be taken is refused in whole sentences."""

from __future__ import annotations

import pytest

import resources
from db.unreadable import (
    AmbiguousNumberError,
    LocalMeasureError,
    NoSuchDayError,
    NotADateError,
    NotANumberError,
    NotAYearError,
    NotWholeError,
    NumberForDateError,
    NumberTooLargeError,
    PeriodError,
    UnknownChoiceError,
    UnknownMeasureError,
    UnreadableError,
)


@pytest.mark.parametrize(
    "refusal",
    [
        UnreadableError("x"),
        NotANumberError("x"),
        NotANumberError(""),
        AmbiguousNumberError("1.5", ("1,5", "1.500")),
        NumberTooLargeError("1"),
        NotWholeError("2,5"),
        NotADateError("x"),
        NotADateError(" "),
        NoSuchDayError("31/02/2026", 31, 2, 2026),
        NumberForDateError("45000"),
        NotAYearError("26"),
        UnknownMeasureError("km", "land"),
        UnknownMeasureError("giờ", "labour"),
        UnknownMeasureError("USD", "money"),
        PeriodError("x"),
        UnknownChoiceError("Y tế", "Lĩnh vực", "Kinh tế"),
        LocalMeasureError("sào", "land", ("360 m²", "500 m²")),
    ],
)
def test_every_refusal_is_a_sentence(refusal: UnreadableError) -> None:
    resources.use_language("en")
    assert "{" not in str(refusal)
    assert str(refusal).endswith(".")


def test_a_pasted_page_is_not_repeated_in_a_sentence() -> None:
    assert len(str(NotANumberError("x" * 5000))) < 200
