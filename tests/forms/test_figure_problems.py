"""What the figures warn of: every word of it, but not the same dozens of times."""

from __future__ import annotations

from typing import Any

from forms.figure_problems import problems_of
from tests.support.paper_cases import figures, total


def _wider(indicator: str, start: str, end: str) -> dict[str, str]:
    days = f"{'/'.join(reversed(start.split('-')))}–{'/'.join(reversed(end.split('-')))}"
    message = f"“{indicator}, Phường A, {days}: 7” reaches beyond what was asked for and is not counted."
    return {"code": "wider_than_asked", "message": message}


def _asked(*spans: tuple[str, str, str], others: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """Figures of a quarter with totals that reach beyond it."""
    rows = [total(indicator, 7, start, end, counted=False) for indicator, start, end in spans]
    problems = [*others, *(_wider(*span) for span in spans)]
    return figures("quý I/2024", "2024-01-01", "2024-03-31", reported=rows, problems=problems)


def _said(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in problems_of(found)]


MODELS = [("Mô hình đăng ký", f"{year}-01-01", f"{year}-12-31") for year in (2024, 2025, 2026)]


def test_many_totals_of_one_indicator_that_reach_too_far_are_one_sentence() -> None:
    ((code, message),) = _said(_asked(*MODELS))
    assert code == "wider_than_asked"
    assert all(word in message for word in ("Mô hình đăng ký", "3", "01/01/2024", "31/12/2026"))


def test_each_indicator_has_its_own_sentence() -> None:
    labour = [("Ngày công", start, end) for _indicator, start, end in MODELS]
    messages = [message for _code, message in _said(_asked(*MODELS, *labour))]
    assert [("Mô hình đăng ký" in each, "Ngày công" in each) for each in messages] == [
        (True, False),
        (False, True),
    ]


def test_a_single_total_that_reaches_too_far_is_told_in_its_own_words() -> None:
    found = _asked(MODELS[0])
    assert _said(found) == [("wider_than_asked", found["problems"][0]["message"])]


def test_a_total_that_is_not_among_the_rows_is_still_told() -> None:
    found = _asked(*MODELS)
    found["reported"] = []
    assert len(_said(found)) == 3


def test_other_problems_stay_as_they_are_and_come_first_where_they_did() -> None:
    other = ({"code": "restated", "message": "một"}, {"code": "restated", "message": "hai"})
    assert _said(_asked(*MODELS, others=other))[:2] == [("restated", "một"), ("restated", "hai")]


def test_the_figures_themselves_keep_every_problem() -> None:
    found = _asked(*MODELS)
    list(problems_of(found))
    assert len(found["problems"]) == 3
