"""`make run` says where everything is and what the figures are, in a form that can be read at a glance."""

from __future__ import annotations

import pytest

from installer.first_run import parts, shown, summary


@pytest.mark.parametrize(("value", "text"), [
    (None, "–"), (0, "0"), (8333, "8.333"), (382850000, "382.850.000"), (512.5, "512,5"),
])
def test_a_number_is_shown_in_vietnamese_style(value: float | str | None, text: str) -> None:
    assert shown(value) == text


def test_what_is_not_stated_is_left_out() -> None:
    assert parts({"economy": 4, "culture_society": None, "none": 0}) == "economy 4, none 0"


def test_where_nothing_is_stated_stands_a_dash() -> None:
    assert parts({"economy": None}) == "–"


def test_the_report_and_its_verdict_close_the_summary() -> None:
    facts = dict.fromkeys(("book", "password", "p12", "p12_password", "root", "crl"), "x")
    figures = {
        "period": {"label": "năm 2025"},
        "models": {"registered": 4, "distinct_models": 3, "by_field": {}, "by_subject": {}},
        "contributions": {"cash_vnd": 1, "transfer_vnd": None, "labour_days": 2},
        "activities": {"by_kind": {"meeting": 2}},
    }
    verdict = {"verdict": "valid", "signatures": [{"signer": "Trần Thị Mai"}]}
    lines = summary(facts, figures, {"file": "report.pdf"}, verdict)
    assert [line.split()[-1] for line in lines[-2:]] == ["report.pdf", "valid"]
